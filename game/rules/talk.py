"""The reverse interview: its words, and the times that may be proposed for it.

Pure: the time that it is comes in, by the house's clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from game.base.refusal import Refusal

WHYS = ("offer", "hesitates")
WAYS = ("remote", "site", "phone", "walk")
OPEN, ASKED, COUNTERED, AGREED = "open", "asked", "countered", "agreed"
HELPED = ("clearer", "unsure", "no")
SLOTS = 3  # times at most
AHEAD = timedelta(days=92)
QUESTIONS = 600  # characters of one's own
MAIL_JOB = "talk_mail"  # the kind of job that mails what happens
MINUTES = 30  # what a calendar keeps free
FORM = "%Y-%m-%dT%H:%M"


def ways(given: Iterable[str]) -> list[str]:
    """Those of the ways that are ours, each once. Raises Refusal where there is none."""
    found = [way for way in WAYS if way in set(given)]
    if not found:
        raise Refusal("bad_input", {"ways": "missing"})
    return found


def slots(given: Sequence[str], now: datetime) -> list[str]:
    """The times among what was typed, the earliest first; `now` is by the house's clock.

    Raises Refusal for none, for what is no time, is over, or is more than three months away.
    """
    typed = [text.strip()[:16] for text in given[:SLOTS] if text.strip()]
    if not typed:
        raise Refusal("bad_input", {"slots": "missing"})
    try:
        times = sorted({datetime.strptime(text, FORM) for text in typed})
    except ValueError:
        raise Refusal("bad_input", {"slots": "invalid"}) from None
    here = now.replace(tzinfo=None)
    if times[0] <= here or times[-1] > here + AHEAD:
        raise Refusal("bad_input", {"slots": "slot_far"})
    return [time.strftime(FORM) for time in times]


def questions(picked: Sequence[str], own: str, offered: Mapping[str, str]) -> list[str]:
    """The questions of the list that were picked, and one's own, a line each.

    Raises Refusal where one's own are too long.
    """
    if len(own) > QUESTIONS:
        raise Refusal("bad_input", {"own": "too_long"})
    lines = [line.strip() for line in own.splitlines()]
    return [*(offered[key] for key in offered if key in set(picked)), *filter(None, lines)]


def moment(slot: str, zone: Any) -> int:
    """When a time of the house's clock is, in milliseconds since the epoch."""
    return int(datetime.strptime(slot, FORM).replace(tzinfo=zone).timestamp() * 1000)
