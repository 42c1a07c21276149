"""From the rows of a round to the Setting in which its rules are played."""

from collections.abc import Iterable, Mapping
from typing import Protocol, TypedDict, Unpack

from pydantic import ValidationError

from game.rules.eye import kept_back
from game.rules.own import with_own, with_workshop_s
from game.rules.pack import Brief, Pack, Points
from game.rules.registry import kinds, points_model
from game.rules.round import Earlier, Kind, NotPlayable, Setting
from game.rules.stored import Unreadable
from game.rules.timing import Timing, timing_of
from game.rules.translation import brief_in, own_in
from game.store.tables import BriefRow, RoundRow, Workshop


class Played(TypedDict, total=False):
    """What a round's row says of its setting: fields of Setting."""

    seconds: int
    timing: Timing
    earlier: tuple[Earlier, ...]
    hidden: frozenset[str]
    capture: str
    warm_up: bool
    recalled: tuple[str, ...]


class StoredBrief(Protocol):
    """A row of a brief, read without its table."""

    key: str | None
    title: str
    trade: str
    must_haves: list[str]
    where: str
    why: str
    pay: str
    requisition_ref: str
    own: Mapping[str, object]
    translations: Mapping[str, object]


def make(
    kind: str,
    options: Mapping[str, object],
    pack: Pack,
    points: Mapping[str, int] | None = None,
    brief: Brief | None = None,
    country: str = "FR",
    **more: Unpack[Played],
) -> tuple[Kind, Setting]:
    """The kind and setting of a round; `points` holds what the workshop values differently.

    `more` are further fields of Setting. Raises NotPlayable for a kind that is not installed, an
    option that has gone, or content that is missing.
    """
    found = kinds().get(kind)
    if found is None:
        raise NotPlayable(f"no kind of round is called {kind}")
    lacking = [part.name for part in found.parts if not pack.parts.get(part.name)]
    if lacking:
        raise NotPlayable(f"the {pack.lang} pack lacks {', '.join(lacking)}")
    try:
        chosen = found.options.model_validate(dict(options))
    except ValidationError as error:
        raise NotPlayable(f"{kind} has other options: {error.error_count()} faults") from None
    worth = nothing() if more.get("warm_up") else _worth(pack, points or {})
    return found, Setting(chosen, pack, worth, brief, country, **more)


def of_round(
    row: RoundRow,
    workshop: Workshop,
    brief: BriefRow | None,
    pack: Pack,
    earlier: Iterable[RoundRow] = (),
) -> tuple[Kind, Setting]:
    """The kind and setting of a stored round, in the words of `pack`. Raises NotPlayable."""
    before = list(earlier)
    more = of_row(row, before)
    more["capture"] = workshop.capture
    more["recalled"] = _recalled(row, workshop, brief, pack, before)
    words = pack_of(with_workshop_s(pack, workshop.own, workshop.lang), brief)
    return make(row.kind, row.options, words, workshop.points, brief_of(brief, pack.lang), **more)


def _recalled(
    row: RoundRow,
    workshop: Workshop,
    brief: BriefRow | None,
    pack: Pack,
    earlier: Iterable[RoundRow],
) -> tuple[str, ...]:
    """The lines by which rounds of the same brief recall people; the newest round's first."""
    lines: list[str] = []
    for one in reversed([b for b in earlier if b.brief_id == row.brief_id and b.result]):
        kind = kinds().get(one.kind)
        if kind is None or kind.recalls is None:
            continue  # every screen asks: no setting is made that nobody reads
        try:
            _kind, where = of_round(one, workshop, brief, pack)
            lines += kind.recalls(where, one.result or {})
        except (NotPlayable, Unreadable):
            continue
    return tuple(dict.fromkeys(lines))


def pack_of(pack: Pack, brief: BriefRow | StoredBrief | None) -> Pack:
    """A pack with what a stored brief brings of its own."""
    if brief is None:
        return pack
    own = own_in(brief.own, brief.translations, pack.lang)
    return with_own(pack, own, brief_of(brief, pack.lang))


def nothing() -> Points:
    """What things are worth in a warm-up."""
    model = points_model()
    return model.model_validate(dict.fromkeys(model.model_fields, 0))


def _worth(pack: Pack, own: Mapping[str, int]) -> Points:
    """The pack's points with the workshop's own; those of a kind that has gone are left out."""
    model = points_model()
    known = {name: n for name, n in own.items() if name in model.model_fields}
    return model.model_validate({**pack.points.model_dump(), **known})


def of_row(row: RoundRow, earlier: Iterable[RoundRow] = ()) -> Played:
    """What a round's own row, and those of the rounds before it, say of its setting."""
    results = [
        Earlier(before.kind, before.brief_id or "", before.result)
        for before in earlier
        if before.result is not None
    ]
    return {
        "seconds": row.seconds,
        "timing": timing_of(row.timing),
        "hidden": kept_back(row.hidden, row.passed),
        "earlier": tuple(results),
        "warm_up": row.warm_up,
    }


def brief_of(row: BriefRow | StoredBrief | None, lang: str) -> Brief | None:
    """A stored brief as the rules know it, in a language where it is said in it."""
    if row is None or row.key is None:
        return None
    words = brief_in(row, row.translations, lang)
    lines = [*words.must_haves, "–", "–", "–"][:3]
    return Brief.model_construct(
        key=row.key,
        title=words.title,
        trade=words.trade,
        must_haves=(lines[0], lines[1], lines[2]),
        where=words.where,
        why=words.why,
        pay=words.pay,
        requisition_ref=row.requisition_ref,
    )
