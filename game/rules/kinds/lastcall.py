"""`lastcall` – Dernière chance: say more of one's own leads, and of nobody else's."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from game.base.json_object import Json
from game.base.speech import marked as _
from game.rules import more
from game.rules.more import More
from game.rules.options import Options
from game.rules.pack import Choice
from game.rules.part import Fault, Known, Many
from game.rules.round import Accepted, Entry, Kind, Setting, Settled, Standing, Tally
from game.rules.stored import Count, Stored
from game.rules.view import Table, View

OFFERED = 6  # leads to choose from by their number, where no list is shown


class Detail(Choice):
    """Something that may be said of a lead; its key is that of what it is worth."""


def _look(raw: Mapping[str, object], _known: Known) -> Iterator[Fault]:
    if isinstance(raw.get("key"), str) and raw["key"] not in more.ADDED:
        yield ("key",), f"must be one of {', '.join(more.ADDED)}"


DETAILS = Many("lastcall", Detail, _look)


class LastcallOptions(Options):
    """Nothing to set: everybody has leads of their own."""


class LastcallResult(Stored):
    """How many people said more of how many leads, and how often each detail came."""

    people: Count = 0
    leads: Count = 0
    details: Mapping[str, Count] = {}


@dataclass(frozen=True)
class DetailTold:
    """A detail and how often it came: a share of the one that came most."""

    label: str
    count: int
    share: int


@dataclass(frozen=True)
class LastcallTold:
    """How much better the room's leads are."""

    people: int
    leads: int
    details: tuple[DetailTold, ...]


@dataclass(frozen=True, kw_only=True)
class LastcallView(View):
    """What may be missing, what it is worth, and how many leads one may choose from by number.

    `invite` says that nobody may write of somebody else here.
    """

    details: tuple[tuple[str, str, int], ...]
    reasons: tuple[Choice, ...]
    offered: int
    invite: bool
    result: LastcallTold | None


def accept(setting: Setting, _own: Mapping[str, Standing], raw: Json) -> Accepted:
    """More said of a lead that the player named before. Raises Refusal."""
    return more.accept(setting, raw)


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """What each detail brings that was missing."""
    return more.score(setting, own)


def settle(_setting: Setting, everyone: Sequence[Standing]) -> Settled:
    """How much came."""
    added = [More.of(given.stored).added for given in everyone]
    result = LastcallResult(
        people=len({given.player for given in everyone}),
        leads=len(added),
        details=dict(sorted(Counter(name for names in added for name in names).items())),
    )
    return Settled(result.json_object())


def view(
    setting: Setting, audience: str, result: Json | None, _tally: Tally | None
) -> LastcallView:
    """What may be missing; at the reveal how much came."""
    details = DETAILS.of(setting.pack)
    told = None if result is None else _told(details, LastcallResult.of(result))
    return LastcallView(
        details=tuple((d.key, d.label, getattr(setting.points, d.key)) for d in details),
        reasons=setting.pack.reasons,
        offered=OFFERED,
        invite=setting.capture == "invite",
        result=told,
        table=_table(told) if told and audience == "desk" else None,
    )


def _told(details: Sequence[Detail], kept: LastcallResult) -> LastcallTold:
    most = max(kept.details.values(), default=1)
    counts = [(detail.label, kept.details.get(detail.key, 0)) for detail in details]
    ranked = sorted(counts, key=lambda pair: -pair[1])
    shown = tuple(DetailTold(label, n, 100 * n // most) for label, n in ranked if n)
    return LastcallTold(kept.people, kept.leads, shown)


def _table(told: LastcallTold) -> Table:
    rows = tuple((detail.label, detail.count) for detail in told.details)
    return Table((_("Précision apportée"), _("Pistes")), rows)


def example(setting: Setting, nth: int) -> Sequence[Json]:
    """One of the leads is known better."""
    slots = list(more.enrichable(setting.before))
    more_said = ({"role": "soudeuse"}, {"role": "soudeur", "skills": ["inox"]})[nth % 2]
    if not slots:  # who plays it over the wire has a lead all the same
        return [{"slot": f"more:example{nth}", "of": 1, **more_said}]
    return [{"slot": slots[nth % len(slots)], **more_said}]


KIND = Kind(
    "lastcall",
    _("Dernière chance"),
    LastcallOptions,
    accept,
    score,
    view,
    settle,
    example=example,
    worth=more.WORTH,
    parts=(DETAILS,),
    facts=more.FACTS,
    refusals=more.REFUSALS,
    secret=frozenset({"people", "leads", "count", "share"}),
    looks_back=True,
)
