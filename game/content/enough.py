"""Is there enough for a workshop, and the same in each language?"""

from collections.abc import Iterator

from game.content.files import FOLDERS, Problem, Shelf, Source
from game.rules.registry import parts

ENOUGH = {"agendas": 3, "briefs": 8}
MINUTES = (30, 60, 90)
# what means the same in every language, and not only reads so
SHARED = (
    *("channel", "known", "internal", "linkedin", "brief", "kind"),
    *(name for part in parts() for name in part.shared),
)


def scarce(shelf: Shelf) -> list[Problem]:
    """Parts with fewer items than a workshop wants; a folder that is missing is told already."""
    return list(_scarce(shelf)) if shelf.sources else []


def _scarce(shelf: Shelf) -> Iterator[Problem]:
    for part, least in ENOUGH.items():
        there = len(shelf.of(part)) + sum(where == part for where, _ in shelf.closed)
        if there < least and (part, part) not in shelf.closed:
            yield _few(shelf, part, f"{least} at least are wanted, {there} are there")
    trades = len(_values(shelf, "briefs", "trade"))
    if len(shelf.of("briefs")) >= ENOUGH["briefs"] > trades:
        yield _few(shelf, "briefs", f"{ENOUGH['briefs']} trades are wanted, {trades} are there")
    lengths = _values(shelf, "agendas", "minutes")
    for minutes in set(MINUTES) - lengths:
        yield _few(shelf, "agendas", f"no agenda of {minutes} minutes is there")
    for read in parts():
        if not _is_closed(shelf, read.name) and (shelf.of(read.name) or read.needed):
            for reason in read.wants([source.raw for source in shelf.of(read.name)]):
                yield _few(shelf, read.name, reason)


def _is_closed(shelf: Shelf, part: str) -> bool:
    """A file that cannot be read is not blamed a second time."""
    return (part, part) in shelf.closed


def _few(shelf: Shelf, part: str, reason: str) -> Problem:
    is_folder = part in FOLDERS
    return Problem(f"{shelf.lang}/{part}" + ("" if is_folder else ".yaml"), "", reason)


def _values(shelf: Shelf, part: str, name: str) -> set[str | int]:
    raws = (source.raw for source in shelf.of(part))
    found = (raw.get(name) for raw in raws if isinstance(raw, dict))
    return {value for value in found if isinstance(value, str | int)}


def different(one: Shelf, other: Shelf) -> list[Problem]:
    """Keys that only one of two languages has, and answers that differ between them.

    A room may be of two languages: what one player answers must mean the same to all.
    """
    if not one.sources or not other.sources:
        return []
    return [*_only(one, other), *_only(other, one), *_unlike(one, other)]


def _only(one: Shelf, other: Shelf) -> Iterator[Problem]:
    closed = {part for part, _ in other.closed}
    there = _outline(other)
    for where, (source, _) in _outline(one).items():
        parent = where.rpartition(".")[0]
        if where not in there and source.part not in closed and parent in {"", *there}:
            key = where.partition("/")[2]
            yield Problem(source.file, key, f"the {other.lang} pack has no such key")


def _unlike(one: Shelf, other: Shelf) -> Iterator[Problem]:
    theirs = _outline(one)
    for where, (source, facts) in _outline(other).items():
        wanted = theirs[where][1] if where in theirs else facts
        for name in sorted(
            k for k in facts.keys() | wanted.keys() if facts.get(k) != wanted.get(k)
        ):
            key = f"{where.partition('/')[2]}.{name}"
            yield Problem(source.file, key, f"is not the same in the {one.lang} pack")


def _outline(shelf: Shelf) -> dict[str, tuple[Source, dict[str, object]]]:
    """Every key in the pack, like `decks/bloc.urgences`, with what all languages share there."""
    found: dict[str, tuple[Source, dict[str, object]]] = {}
    for source in shelf.sources:
        for where, facts in _keyed(source.raw):
            found[f"{source.part}/{where}"] = (source, facts)
    return found


def _keyed(raw: object, above: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    if isinstance(raw, list):
        for item in raw:
            yield from _keyed(item, above)
    if not isinstance(raw, dict):
        return
    key = raw.get("key")
    here = ".".join(part for part in (above, key) if isinstance(part, str) and part)
    if isinstance(key, str):
        yield here, _facts(raw)
    for value in raw.values():
        yield from _keyed(value, here)


def _facts(raw: dict[str, object]) -> dict[str, object]:
    """What all languages share of an item: of an agenda, which kind of round comes where."""
    facts = {name: raw[name] for name in SHARED if name in raw}
    rounds = raw.get("rounds")
    if isinstance(rounds, list):
        facts["rounds"] = [one.get("kind") for one in rounds if isinstance(one, dict)]
    return facts
