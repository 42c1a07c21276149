"""The reverse interview: its words, and what may be asked in it."""

from collections.abc import Iterable, Mapping, Sequence

from game.base.refusal import Refusal

WHYS = ("offer", "hesitates")
WAYS = ("remote", "site", "phone", "walk")
OPEN, ASKED, COUNTERED, AGREED = "open", "asked", "countered", "agreed"
HELPED = ("clearer", "unsure", "no")
QUESTIONS = 600  # characters of one's own
MAIL_JOB = "talk_mail"  # the kind of job that mails what happens
MINUTES = 30  # what a calendar keeps free


def ways(given: Iterable[str]) -> list[str]:
    """Those of the ways that are ours, each once. Raises Refusal where there is none."""
    found = [way for way in WAYS if way in set(given)]
    if not found:
        raise Refusal("bad_input", {"ways": "missing"})
    return found


def questions(picked: Sequence[str], own: str, offered: Mapping[str, str]) -> list[str]:
    """The questions of the list that were picked, and one's own, a line each.

    Raises Refusal where one's own are too long.
    """
    if len(own) > QUESTIONS:
        raise Refusal("bad_input", {"own": "too_long"})
    lines = [line.strip() for line in own.splitlines()]
    return [*(offered[key] for key in offered if key in set(picked)), *filter(None, lines)]
