"""The contract of a kind of round: what it is given, what it answers, and what it declares."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from game.base.json_object import Json
from game.base.refusal import Refusal
from game.base.text import all_printable
from game.rules.facts import Fact
from game.rules.options import Options
from game.rules.pack import Brief, Item, Pack, Points
from game.rules.part import Part
from game.rules.timing import NEVER, Timing
from game.rules.view import View
from game.rules.worth import Worth

Model = TypeVar("Model", bound=BaseModel)
Chosen = TypeVar("Chosen", bound=Options)

PHASES = ("waiting", "briefing", "open", "closed", "revealed")


@dataclass(frozen=True)
class Earlier:
    """A round of the same workshop that came to something before: its kind, brief and result."""

    kind: str
    brief_id: str
    result: Json


@dataclass(frozen=True)
class Before:
    """A lead that the player who answers named in another round of the workshop, and that stands.

    `stored` is what the rules kept of it: nothing that says who it is.
    """

    round_id: str
    slot: str
    stored: Json


@dataclass(frozen=True)
class Setting:
    """Where a round is played: its options, its brief, its content and what things are worth.

    `country` is where a phone number without a country code is from, as two letters. `seconds` is
    how long it was planned to last. `earlier` is empty while an answer is taken. `hidden` are the
    keys of what the facilitator keeps from the room. `capture` is direct, invite where nobody may
    write of somebody else, or invited where the person themselves writes, by a player's link.
    `before` are the leads that who answers named in other rounds, for a kind that looks back.
    `recalled` are lines by which earlier rounds of the same brief recall people.
    A `warm_up` earns nobody anything: see `earned` and `settled_by`.
    """

    options: Options
    pack: Pack
    points: Points
    brief: Brief | None = None
    country: str = "FR"
    seconds: int = 0
    timing: Timing = NEVER
    earlier: tuple[Earlier, ...] = ()
    hidden: frozenset[str] = frozenset()
    capture: str = "direct"
    before: tuple[Before, ...] = ()
    recalled: tuple[str, ...] = ()
    warm_up: bool = False

    def chosen(self, model: type[Chosen]) -> Chosen:
        """The options, as those of one kind. Raises TypeError for another kind's."""
        if not isinstance(self.options, model):
            raise TypeError(f"{type(self.options).__name__} is no {model.__name__}")
        return self.options


@dataclass(frozen=True)
class Tally:
    """How much a round has brought so far: what a room may see while it is open."""

    answers: int = 0
    people: int = 0
    leads: int = 0


@dataclass(frozen=True, order=True)
class Entry:
    """A line of the ledger: so many points, for this reason, for what stands in this slot."""

    slot: str
    reason: str
    amount: int


@dataclass(frozen=True)
class Novelty:
    """What is known of the lead in a slot, told to the rules after the round only.

    `nth` counts the recommenders of the same person in the workshop, from 1, in order of arrival,
    by what they said there: it tells nothing of the pool. `new_to_pool` is of the pool.
    `company` is where the person works: it is compared, and kept nowhere.
    """

    nth: int
    new_to_pool: bool
    company: str = ""


@dataclass(frozen=True)
class Standing:
    """A player's answer that counts now in one slot: the last one given there.

    `at` is milliseconds since the epoch of the first answer in the slot, `given_at` of the one
    that counts; `stored` holds no contact's data.
    """

    player: str
    slot: str
    at: int
    id: str
    stored: Json
    novelty: Novelty | None = None
    given_at: int = 0


@dataclass(frozen=True)
class Accepted:
    """An answer taken: where it stands, what is stored of it, and what it means beyond the game."""

    slot: str
    stored: Json
    fact: Fact | None = None


@dataclass(frozen=True)
class Settled:
    """What a whole round came to: what the reveal shows, and each player's further entries."""

    result: Json
    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)


def nothing_more(_setting: Setting, _standing: Sequence[Standing]) -> Settled:
    """A round whose reveal adds nothing."""
    return Settled({})


class NotPlayable(Exception):
    """A round whose kind is not installed, whose options have gone, or whose content is missing."""


Turns = tuple[Sequence[str], int]  # lines, and for how many seconds each is on the screens
NO_TURNS: Turns = ((), 0)


def no_example(_setting: Setting, _nth: int) -> Sequence[Json]:
    """Nobody answers in a preview."""
    return ()


@dataclass(frozen=True)
class Kind:
    """One kind of round, as plain functions and what it declares.

    accept(setting, own, raw): `own` maps slot -> the player's Standing; `raw` is what came over
        the wire. Returns Accepted, or raises Refusal.
    score(setting, own): one player's standings in order of arrival -> the entries they earn now.
    settle(setting, everyone): all standings of the round -> Settled; order must not matter. The
        result holds keys and numbers: words are looked up by `view`, in the reader's language.
    view(setting, audience, result, tally): what an `audience` ('phone', 'projector', 'remote' or
        'desk') may show, as the kind's own View: what its templates read. `result` is None before
        the reveal, and then no field named in `secret` is in it; `tally` is None where counts are
        not shown. Raises Unreadable for a result of another shape.
    pages(setting, result): how many pages the reveal has on the projector, 1 or more.
    turns(setting): the lines that the screens show in turn while the round is open, if any.
    deals(setting): does each team have its own of these lines at the same time?
    recalls(setting, result): for a kind whose result recalls people in later rounds, the lines by
        which it does; raises Unreadable for a result of another shape.
    votes_on(texts): for a kind in which the room votes on its own texts, the options for these.
    example(setting, nth): what the nth made-up player answers, for previews and measures.

    `title` is its name in French. `parts` is the content it reads, `worth` what its answers earn,
    `facts` what they mean beyond the game, `refusals` the texts of its own codes. `one_sum` tells
    what the settlement brought as a whole. A kind that `looks_back` takes answers about leads that
    their player named in other rounds.
    """

    name: str
    title: str
    options: type[Options]
    accept: Callable[[Setting, Mapping[str, Standing], Json], Accepted]
    score: Callable[[Setting, Sequence[Standing]], tuple[Entry, ...]]
    view: Callable[[Setting, str, Json | None, Tally | None], View]
    settle: Callable[[Setting, Sequence[Standing]], Settled] = nothing_more
    pages: Callable[[Setting, Json], int] = lambda _setting, _result: 1
    example: Callable[[Setting, int], Sequence[Json]] = no_example
    worth: tuple[Worth, ...] = ()
    parts: tuple[Part[Item], ...] = ()
    facts: tuple[type, ...] = ()
    refusals: Mapping[str, str] = field(default_factory=dict)
    secret: frozenset[str] = frozenset()
    one_sum: bool = False
    looks_back: bool = False
    turns: Callable[[Setting], Turns] = lambda _setting: NO_TURNS
    deals: Callable[[Setting], bool] = lambda _setting: False
    votes_on: Callable[[Sequence[str]], Json] | None = None
    recalls: Callable[[Setting, Json], Sequence[str]] | None = None


def earned(kind: Kind, setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """The entries that one player's standings earn now: none in a warm-up."""
    return () if setting.warm_up else kind.score(setting, own)


def settled_by(kind: Kind, setting: Setting, everyone: Sequence[Standing]) -> Settled:
    """What a whole round came to; a warm-up brings nobody entries."""
    settled = kind.settle(setting, everyone)
    return replace(settled, entries={}) if setting.warm_up else settled


def parse(model: type[Model], raw: Json) -> Model:
    """Reads what came over the wire; raises Refusal('bad_input') naming each field at fault.

    A validator names its own code by raising ValueError('code'); other faults are 'missing',
    'too_long' or 'invalid'.
    """
    try:
        return model.model_validate(all_printable(dict(raw)))
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False)
        fields = {str((fault["loc"] or ("answer",))[0]): _code(fault) for fault in faults}
        raise Refusal("bad_input", fields) from None


def withdrawn(
    own: Mapping[str, Standing], raw: Json, fact: Callable[[str], Fact] | None = None
) -> Accepted:
    """What stands in the slot that `raw` names is taken back. Raises Refusal where nothing does."""
    slot = raw.get("slot")
    if not isinstance(slot, str) or slot not in own:
        raise Refusal("bad_input", {"slot": "invalid"})
    return Accepted(slot, {"withdrawn": True}, fact(slot) if fact else None)


def _code(fault: ErrorDetails) -> str:
    if fault["type"] == "value_error":
        return str(fault["ctx"]["error"])
    return {"missing": "missing", "string_too_short": "missing", "string_too_long": "too_long"}.get(
        fault["type"], "invalid"
    )
