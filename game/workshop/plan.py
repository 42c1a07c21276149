"""How long an agenda takes: what is play, and what is the talk around it."""

from collections.abc import Sequence
from dataclasses import dataclass

from game.rules import pace
from game.store.tables import RoundRow
from game.workshop.pace import legs_of

TIGHT = 60  # seconds of talk around a round, below which nobody is heard


def _clock(seconds: int) -> str:
    """Minutes and seconds: 5 min, or 5 min 30."""
    minutes, rest = divmod(seconds, 60)
    return f"{minutes} min {rest:02}" if rest else f"{minutes} min"


@dataclass(frozen=True)
class Plan:
    """The minutes of an agenda, and its parts as they are read; tight where nobody is heard."""

    whole: int
    play: str
    talk: str
    total: str
    each: str
    is_tight: bool


def of(agenda: Sequence[RoundRow], minutes: int | None) -> Plan:
    """The plan of an agenda that is to take so many minutes, or what it usually takes."""
    legs = legs_of(agenda)
    whole = minutes or pace.minutes(legs)
    each = pace.talk(legs, whole)
    play = sum(leg.seconds for leg in legs)
    talk = max(0, 60 * whole - play)
    tight = bool(legs) and each < TIGHT
    return Plan(whole, _clock(play), _clock(talk), _clock(play + talk), _clock(each), tight)
