"""`revival` – Vivier vivant: somebody of the pool, invented, and a date: what to send, and when."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pydantic import BaseModel, ConfigDict, Field

from game.base.json_object import Json
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.rules import typed, vote
from game.rules.options import Options, option
from game.rules.pack import Choice, Keyed, Line, Pack, Text
from game.rules.part import Fault, Known, Many, items, twice
from game.rules.round import Accepted, Entry, Kind, Setting, Settled, Standing, Tally, parse
from game.rules.scoring import of_player
from game.rules.stored import Count, Stored
from game.rules.touch import Medium, Sent
from game.rules.typed import TextCount, Typed
from game.rules.view import Draft, Table, View
from game.rules.worth import Worth

SLOT = "plan"
WORDS = 280  # signs of a message
SHOWN = 4  # messages that the desk is offered
PLANNED = Worth("revival_plan", 2, _("une relance imaginée"))
WORDED = Worth("revival_words", 3, _("ses mots"))
FITTING = Worth("revival_fits", 4, _("la bonne relance au bon moment"))


class Move(Choice):
    """A way to keep in touch: `key` is that of the touchpoint, by a medium."""

    key: Sent
    medium: Medium
    fits: bool = False


class Delay(Choice):
    """When, in days from today."""

    days: int = Field(ge=0, le=730)
    fits: bool = False


class Persona(Keyed):
    """Somebody invented, as the pool has them; why some ways and moments fit, and what to write.

    `words` begin a message that a recruiter may send: with the fields of message templates.
    """

    title: Line
    facts: tuple[Line, ...] = Field(min_length=2, max_length=4)
    moves: tuple[Move, ...] = Field(min_length=3, max_length=5)
    delays: tuple[Delay, ...] = Field(min_length=3, max_length=5)
    advice: Text
    subject: Line
    words: Text


def _look(raw: Mapping[str, object], _known: Known) -> Iterator[Fault]:
    yield from twice(raw, "moves", "delays")
    for name in ("moves", "delays"):
        if not any(isinstance(one, dict) and one.get("fits") is True for one in items(raw, name)):
            yield (name,), "one of them at least must fit"


def _named(persona: Persona, _pack: Pack) -> str:
    return persona.title


PERSONAS = Many("revival", Persona, _look, shared=("medium", "days", "fits"))


class RevivalOptions(Options):
    """Whom to revive."""

    persona: str = option(
        *("", _("Personne du vivier")), part=PERSONAS, named=_named, empty=_("La première"),
        at_once=True,
    )  # fmt: skip


class PlanTyped(BaseModel):
    """What to send, when, and in which words."""

    model_config = ConfigDict(str_strip_whitespace=True)

    move: str
    delay: str
    words: typed.OwnWords = Field(default="", max_length=WORDS)


class Plan(Stored):
    """What the rules keep of it: keys, and the player's own words."""

    move: str = ""
    delay: str = ""
    words: str = ""


class PlanCount(Stored):
    """How many people would do the same."""

    move: str
    delay: str
    people: Count


class RevivalResult(Stored):
    """How many answered, what they would do when, and their words, each under its move."""

    people: Count = 0
    plans: tuple[PlanCount, ...] = ()
    words: tuple[TextCount, ...] = ()


@dataclass(frozen=True)
class RevivalTold:
    """What the room would do and when, what fits, and why."""

    people: int
    fitting: int
    moves: tuple[vote.Bar, ...]
    delays: tuple[vote.Bar, ...]
    advice: str


@dataclass(frozen=True, kw_only=True)
class RevivalView(View):
    """Somebody of the pool, and the ways and moments to choose from; then the room's choice."""

    title: str
    facts: tuple[str, ...]
    moves: tuple[Choice, ...]
    delays: tuple[Choice, ...]
    result: RevivalTold | None


def persona_of(setting: Setting) -> Persona:
    """Whom the round is about: the one named, else the first."""
    return PERSONAS.chosen(setting.pack, setting.chosen(RevivalOptions).persona)


def accept(setting: Setting, _own: Mapping[str, Standing], raw: Json) -> Accepted:
    """What to send and when; the last plan counts. Raises Refusal."""
    if raw.get("slot") != SLOT:
        raise Refusal("bad_input", {"slot": "invalid"})
    persona, plan = persona_of(setting), parse(PlanTyped, raw)
    there = ((plan.move, "move", persona.moves), (plan.delay, "delay", persona.delays))
    faults = {
        name: "invalid" for key, name, among in there if key not in {one.key for one in among}
    }
    if faults:
        raise Refusal("bad_input", faults)
    return Accepted(SLOT, Plan(**plan.model_dump()).json_object())


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """Points for a plan and for its words; whether it fits is told at the reveal."""
    entries: list[Entry] = []
    for given in own:
        entries.append(Entry(given.slot, PLANNED.name, setting.points.revival_plan))
        if Plan.of(given.stored).words:
            entries.append(Entry(given.slot, WORDED.name, setting.points.revival_words))
    return tuple(entries)


def settle(setting: Setting, everyone: Sequence[Standing]) -> Settled:
    """What the room would do when, its words, and points for what fits."""
    persona = persona_of(setting)
    plans = [(given, Plan.of(given.stored)) for given in everyone]
    times = Counter((plan.move, plan.delay) for _given, plan in plans)
    ranked = sorted(times.items(), key=lambda pair: (-pair[1], pair[0]))
    result = RevivalResult(
        people=len(plans),
        plans=tuple(PlanCount(move=m, delay=d, people=n) for (m, d), n in ranked),
        words=typed.counted(
            Typed(given.player, plan.move, plan.words) for given, plan in plans if plan.words
        ),
    )
    fits = (Entry(SLOT, FITTING.name, setting.points.revival_fits),)
    fitting = [given for given, plan in plans if _fits(persona, plan.move, plan.delay)]
    entries = of_player((each.player, fits) for each in fitting)
    return Settled(result.json_object(), entries)


def _fits(persona: Persona, move: str, delay: str) -> bool:
    return move in _fitting(persona.moves) and delay in _fitting(persona.delays)


def _fitting(choices: Sequence[Move | Delay]) -> list[str]:
    return [one.key for one in choices if one.fits]


def _choices(choices: Sequence[Move | Delay]) -> tuple[Choice, ...]:
    """The choices without whether they fit."""
    return tuple(Choice(key=one.key, label=one.label) for one in choices)


def view(setting: Setting, audience: str, result: Json | None, _tally: Tally | None) -> RevivalView:
    """Somebody of the pool and the choices; at the reveal what the room chose, and why it fits."""
    persona = persona_of(setting)
    shown = RevivalView(
        title=persona.title,
        facts=persona.facts,
        moves=_choices(persona.moves),
        delays=_choices(persona.delays),
        result=None,
    )
    if result is None:
        return shown
    kept = RevivalResult.of(result)
    told = _told(persona, kept)
    if audience != "desk":
        return replace(shown, result=told)
    return replace(shown, result=told, table=_table(persona, kept), drafts=_drafts(persona, kept))


def _told(persona: Persona, kept: RevivalResult) -> RevivalTold:
    return RevivalTold(
        kept.people,
        sum(plan.people for plan in kept.plans if _fits(persona, plan.move, plan.delay)),
        _bars(persona.moves, kept, "move"),
        _bars(persona.delays, kept, "delay"),
        persona.advice,
    )


def _bars(choices: Sequence[Move | Delay], kept: RevivalResult, name: str) -> tuple[vote.Bar, ...]:
    """The room's shares; those that fit are the ones at the top."""
    times: Counter[str] = Counter()
    for plan in kept.plans:
        times[getattr(plan, name)] += plan.people
    return vote.bars(choices, vote.shares(times, kept.people), _fitting(choices))


def _table(persona: Persona, kept: RevivalResult) -> Table:
    """What the room would do when, then its words."""
    moves = {move.key: move.label for move in persona.moves}
    delays = {delay.key: delay.label for delay in persona.delays}
    plans = [
        (moves[plan.move], delays[plan.delay], "–", plan.people)
        for plan in kept.plans
        if plan.move in moves and plan.delay in delays
    ]
    words = [
        (moves[one.about], "–", one.text, one.people) for one in kept.words if one.about in moves
    ]
    columns = (_("Quoi envoyer"), _("Quand"), _("Avec quels mots"), _("Personnes"))
    return Table(columns, (*plans, *words))


def _drafts(persona: Persona, kept: RevivalResult) -> tuple[Draft, ...]:
    """A message for each way that fits, with the words that the content begins and the room's."""
    soonest = min(delay.days for delay in persona.delays if delay.fits)
    said = typed.by_about(kept.words)
    return tuple(
        Draft(
            name=move.label,
            kind=move.key,
            medium=move.medium,
            subject=persona.subject,
            body=typed.with_room_s(persona.words, said.get(move.key, ())[:SHOWN]),
            days=soonest,
        )
        for move in persona.moves
        if move.fits
    )


def pages(_setting: Setting, _result: Json) -> int:
    """What the room would do, then what fits and why."""
    return 2


def example(setting: Setting, nth: int) -> Sequence[Json]:
    """What fits, two times in three."""
    persona = persona_of(setting)
    moves, delays = _fitting(persona.moves), _fitting(persona.delays)
    if nth % 3 == 2:
        moves, delays = ([one.key for one in every] for every in (persona.moves, persona.delays))
    return [{"slot": SLOT, "move": moves[nth % len(moves)], "delay": delays[nth % len(delays)]}]


KIND = Kind(
    "revival",
    _("Vivier vivant"),
    RevivalOptions,
    accept,
    score,
    view,
    settle,
    pages,
    example,
    worth=(PLANNED, WORDED, FITTING),
    parts=(PERSONAS,),
    secret=frozenset({"advice", "fitting", "people", "share", "top", "fits"}),
)
