"""A transcript, in passages: what was said under which question, proposed and never decided.

Time marks file what was tapped. For the rest there are three proposals by rules: words that a
passage shares with each question, compared with what it shares with the others, and the order in
which people talk – a passage goes on with the question before it, or goes to the next one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from game.helpers.quoted import quotes
from game.helpers.ranked import ranked
from game.rules.stems import stems

PROPOSED = 3
MARK = re.compile(r"^\s*\[?(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,]\d+)?\]?\s*(?:-->.*)?[-–—:]?\s*")
NUMBER = re.compile(r"^\d+$")
LONGEST = 1_200  # characters of a passage
STAY, NEXT, SKIP, BACK = 0.4, 0.6, -0.2, -0.8  # where a talk goes on, beside what words say
PLACE = 0.5  # of each question that a passage is away from where the grid's order would have it


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
    said: Sequence[str], questions: Sequence[str], lang: str, known: Sequence[str | int] = ()
) -> tuple[tuple[int, ...], ...]:
    """For each passage the places of up to three questions, the likeliest first.

    `known` has the place of the question for a passage that is filed already, '' for the others.
    """
    if not said or not questions:
        return tuple(() for _ in said)
    scores = _scores(said, questions, lang)
    for n, place in enumerate(known):
        if isinstance(place, int):
            scores[n] = [100.0 if q == place else -100.0 for q in range(len(questions))]
    forward, backward = _along(scores), _along(scores[::-1], back=True)[::-1]
    whole = [
        [f + b - s for f, b, s in zip(*three, strict=True)]
        for three in zip(forward, backward, scores, strict=True)
    ]
    order = (sorted(range(len(questions)), key=lambda q: (-row[q], q)) for row in whole)
    return tuple(tuple(one[:PROPOSED]) for one in order)


def _scores(said: Sequence[str], questions: Sequence[str], lang: str) -> list[list[float]]:
    """What each passage shares with each question, beside what all passages do with it."""
    texts = [stems(f"{_question(one)}\n{one}", lang) for one in said]  # what was asked counts twice
    columns = [_beside(ranked(stems(one, lang), texts, lang)) for one in questions]
    last = max(1, len(said) - 1)
    return [
        [
            column[n] - PLACE * abs(n / last * (len(questions) - 1) - q)
            for q, column in enumerate(columns)
        ]
        for n in range(len(said))
    ]


def _question(said: str) -> str:
    """What was asked in a passage: its first line, where that is a question."""
    first = said.partition("\n")[0]
    return first if first.rstrip().endswith("?") else ""


def _beside(values: Sequence[float]) -> list[float]:
    middle = sum(values) / len(values)
    spread = (sum((one - middle) ** 2 for one in values) / len(values)) ** 0.5
    return [(one - middle) / spread if spread else 0.0 for one in values]


def _along(scores: Sequence[Sequence[float]], *, back: bool = False) -> list[list[float]]:
    """The best way through all passages up to each one, for each question."""
    found = [list(scores[0])]
    for row in scores[1:]:
        before = found[-1]
        found.append(
            [
                value
                + max(b + _step(q, p) if back else b + _step(p, q) for p, b in enumerate(before))
                for q, value in enumerate(row)
            ]
        )
    return found


def _step(one: int, other: int) -> float:
    """How likely the talk goes from one question to another, in the order of the grid."""
    if other < one:
        return BACK
    return STAY if one == other else NEXT if other == one + 1 else SKIP
