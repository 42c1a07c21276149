"""A transcript, in passages: what was said under which question, proposed and never decided.

Time marks file what was tapped. For the rest there are three proposals: words that a passage shares
with each question – where vectors are installed, how near the two are in meaning as well –,
compared with what the others have of it, and the order in which people talk (`talk_order.py`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from game.helpers.meaning import beside, together
from game.helpers.quoted import quotes
from game.helpers.ranked import ranked
from game.helpers.talk_order import goes_on, likely, question_of
from game.rules.stems import stems

PROPOSED = 3
MARK = re.compile(r"^\s*\[?(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,]\d+)?\]?\s*(?:-->.*)?[-–—:]?\s*")
NUMBER = re.compile(r"^\d+$")
LONGEST = 1_200  # characters of a passage


@dataclass(frozen=True)
class Said:
    """A passage: its text, and the second of the talk in which it begins, None where unknown."""

    text: str
    second: int | None


def passages(text: str) -> tuple[Said, ...]:
    """A transcript in passages: a question with its answer, or what stands between blank lines.

    Marks of time ('[00:12:34]', '12:34', those of subtitles) are read and taken off. A line that is
    too long for a passage goes on in the next, from the end of a sentence.
    """
    found: list[Said] = []
    lines: list[str] = []
    second: int | None = None
    for raw in [*_lines(text.replace("\r\n", "\n")), ""]:
        mark = MARK.match(raw)
        line = raw[mark.end() :].strip() if mark else raw.strip()
        if (not line and not mark) or (mark and lines) or sum(map(len, lines)) > LONGEST:
            if lines:
                found.append(Said("\n".join(lines), second))
            lines, second = [], None
        if mark:
            second = int(mark[1] or 0) * 3600 + int(mark[2]) * 60 + int(mark[3])
        if line and not NUMBER.match(line) and line != "WEBVTT":
            lines.append(line)
    return _joined(found)


def _lines(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        start = end = 0
        for one in quotes(line) if len(line) > LONGEST else ():
            if one.end - start > LONGEST:
                yield line[start:end]
                start = one.start
            end = one.end
        yield line[start:]


def _joined(found: Sequence[Said]) -> tuple[Said, ...]:
    """An answer goes with its question, where each turn stands by itself."""
    kept: list[Said] = []
    for one in found:
        before = kept[-1] if kept else None
        if before and _asks(before.text) and len(before.text + one.text) < LONGEST:
            kept[-1] = Said(f"{before.text}\n{one.text}", before.second)
        else:
            kept.append(one)
    return tuple(kept)


def _asks(text: str) -> bool:
    """Is this a question alone, that waits for its answer?"""
    return text.rstrip().endswith("?") and "\n" not in text


def tapped(said: Sequence[Said], taps: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    """The question that was tapped when each passage began; '' where none was, or time is unknown.

    `taps` are (second of the talk, question), in their order.
    """
    spans = list(pairwise([*taps, (1 << 31, "")]))

    def of(second: int | None) -> str:
        return next(
            (q for (at, q), (end, _) in spans if second is not None and at <= second < end), ""
        )

    return tuple(of(one.second) for one in said)


def proposals(
    said: Sequence[str],
    questions: Sequence[str],
    lang: str,
    known: Sequence[str | int] = (),
    near: Sequence[Sequence[float]] = (),
) -> tuple[tuple[int, ...], ...]:
    """For each passage the places of up to three questions, the likeliest first.

    `known` has the place of the question for a passage that is filed already, '' for the others;
    `near` how near each passage is to each question in meaning, where vectors said so.
    """
    if not said or not questions:
        return tuple(() for _ in said)
    scores = _scores(said, questions, lang, near)
    for n, place in enumerate(known):
        if isinstance(place, int):
            scores[n] = [100.0 if q == place else -100.0 for q in range(len(questions))]
    whole = likely(scores, [goes_on(one, lang) for one in said])
    order = (sorted(range(len(questions)), key=lambda q: (-row[q], q)) for row in whole)
    return tuple(tuple(one[:PROPOSED]) for one in order)


def _scores(
    said: Sequence[str], questions: Sequence[str], lang: str, near: Sequence[Sequence[float]]
) -> list[list[float]]:
    """What each passage has of each question, beside what all passages have of it."""
    texts = [stems(f"{question_of(one)}\n{one}", lang) for one in said]  # what was asked: twice
    words = [ranked(stems(one, lang), texts, lang) for one in questions]
    if not near:
        columns = [beside(column) for column in words]
    else:
        meant = zip(*near, strict=True)
        columns = [together(*pair) for pair in zip(words, meant, strict=True)]
    return [list(row) for row in zip(*columns, strict=True)]


def blocks(heard: Sequence[Said], taps: Sequence[tuple[int, str]]) -> tuple[Said, ...]:
    """Sentences that were heard, each with its second, in passages: a question with its answer.

    A new one begins where a question was tapped, where the next is asked, and where it gets long.
    """
    found: list[list[Said]] = []
    under = tapped(heard, taps)
    for n, one in enumerate(heard):
        now = found[-1] if found else []
        long = sum(len(piece.text) for piece in now) > LONGEST // 2
        asks = one.text.rstrip().endswith("?") and not all(_is_asked(piece) for piece in now)
        if not now or under[n] != under[n - 1] or asks or long:
            found.append([])
        found[-1].append(one)
    return tuple(Said(_lines_of(several), several[0].second) for several in found)


def _is_asked(one: Said) -> bool:
    return one.text.rstrip().endswith("?")


def _lines_of(several: Sequence[Said]) -> str:
    """What was asked on a line of its own, where it is first; then the answer."""
    first = next((n for n, one in enumerate(several) if not _is_asked(one)), len(several))
    parts = (several[:first], several[first:])
    return "\n".join(" ".join(one.text for one in part) for part in parts if part)
