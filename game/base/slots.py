"""Times that somebody proposes, as forms have them, by the house's clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta, tzinfo

from game.base.refusal import Refusal

SLOTS = 3  # times at most
AHEAD = timedelta(days=92)
FORM = "%Y-%m-%dT%H:%M"


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


def moment(slot: str, zone: tzinfo) -> int:
    """When a time of the house's clock is, in milliseconds since the epoch."""
    return int(datetime.strptime(slot, FORM).replace(tzinfo=zone).timestamp() * 1000)
