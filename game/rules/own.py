"""What a position brings of its own: content written in the browser, checked as a pack's files are.

It is kept as written, by the name of the part: one item of a part of items for a brief, the list
of all items of any other. Each part's own model and cross-check look at it, as they do at a file.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from game.rules.pack import Brief, Item, Keyed, Pack
from game.rules.part import Known, Loc, Many, ManyOfBriefs, Part
from game.rules.registry import parts

KEY = "own"  # of a position's own item of a part; those of its lists begin so
OURS = "workshop"  # begins the keys of what is a workshop's own
CODES = {
    "missing": "missing",
    "string_too_short": "missing",
    "string_too_long": "too_long",
    "too_short": "too_few",
    "too_long": "too_many",
}
Raw = Mapping[str, object]
OwnPart = Many[Keyed]


class OwnFault(NamedTuple):
    """A mistake: the way to the value, a code, and how many there must be at least or at most.

    Codes: missing, too_long, too_few, too_many, invalid.
    """

    loc: Loc
    code: str
    wanted: int = 0


def own_parts() -> tuple[OwnPart, ...]:
    """The parts of which a position may have its own."""
    return tuple(part for part in parts() if isinstance(part, Many) and part.title)


def is_one(part: Part[Item]) -> bool:
    """Is there one item of it for a brief?"""
    return isinstance(part, ManyOfBriefs)


def faults(part: Part[Item], raw: object) -> Iterator[OwnFault]:
    """What is wrong with what was written of a part."""
    known: Known = {"briefs": frozenset({KEY})}  # which others there are is of no matter to it
    for way, item in _items(part, raw, KEY):
        try:
            part.model.model_validate(item)
        except ValidationError as error:
            for fault in error.errors(include_url=False, include_input=False):
                yield told(way, fault)
        yield from (OwnFault((*way, *loc), "invalid") for loc, _why in part.look(item, known))


def told(way: Loc, fault: ErrorDetails) -> OwnFault:
    """What a model found at the end of this way."""
    given = fault.get("ctx", {})
    wanted = given.get("min_length") or given.get("max_length") or 0
    return OwnFault((*way, *fault["loc"]), CODES.get(fault["type"], "invalid"), int(wanted))


def _items(part: Part[Item], raw: object, brief: str) -> list[tuple[Loc, dict[str, object]]]:
    """The items of a part, each with the way to it, under keys that no pack has."""
    if is_one(part):
        return [((), {**raw, "key": KEY, "brief": brief})] if isinstance(raw, Mapping) else []
    rows = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else ()
    return [((n,), dict(row)) for n, row in enumerate(rows) if isinstance(row, Mapping)]


def list_parts() -> tuple[OwnPart, ...]:
    """The parts of which a workshop may have its own, for all its rounds: those that are lists."""
    return tuple(part for part in own_parts() if not is_one(part))


def with_workshop_s(pack: Pack, own: Raw, spoken: str) -> Pack:
    """A pack in which what a workshop brings of its own comes first.

    `own` has it by language: in the pack's, else in the one `spoken` at the workshop.
    """
    written = own.get(pack.lang) or own.get(spoken)
    if not isinstance(written, Mapping):
        return pack
    more = {part.name: _read(part, _renamed(written.get(part.name)), "") for part in list_parts()}
    return _grown(pack, more)


def _renamed(rows: object) -> list[dict[str, object]]:
    """Rows under keys that no position has: the same row has one key in every language."""
    found = rows if isinstance(rows, Sequence) and not isinstance(rows, str) else ()
    kept = [dict(row) for row in found if isinstance(row, Mapping)]
    return [{**row, "key": f"{OURS}-{row.get('key', '')}"} for row in kept]


def with_own(pack: Pack, own: Raw, brief: Brief | None) -> Pack:
    """A pack in which what a position brings of its own comes first.

    What an older release wrote and this one cannot read is left out.
    """
    if not own or brief is None:
        return pack
    more = {part.name: _read(part, own.get(part.name), brief.key) for part in own_parts()}
    return _grown(pack, more, brief)


def _grown(pack: Pack, more: Mapping[str, tuple[Item, ...]], *briefs: Brief) -> Pack:
    """A pack in which these items, where there are any, come first, and these briefs."""
    grown = {name: (*items, *_there(pack, name)) for name, items in more.items() if items}
    if not grown:
        return pack
    parts, every = {**pack.parts, **grown}, (*briefs, *pack.briefs)
    return pack.model_copy(update={"parts": parts, "briefs": every})


def _there(pack: Pack, name: str) -> tuple[object, ...]:
    found = pack.parts.get(name, ())
    return found if isinstance(found, tuple) else ()


def _read(part: Part[Item], raw: object, brief: str) -> tuple[Item, ...]:
    try:
        return tuple(part.model.model_validate(item) for _way, item in _items(part, raw, brief))
    except ValidationError:
        return ()
