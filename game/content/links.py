"""What items say of each other: every key that is named must be there, and only once."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import TypeGuard

from pydantic import ValidationError

from game.content.files import LISTS, MANY, Problem, Shelf, Source
from game.content.shape import faults, position
from game.rules.options import asking
from game.rules.pack import Item
from game.rules.part import Part, items, keys, unknown
from game.rules.registry import kinds, parts
from game.rules.round import Kind

Look = Callable[[Source, "Names"], Iterator[Problem]]
Names = Mapping[str, frozenset[str] | None]  # the keys of a part; None: nobody can tell
BASE_KEYED = (
    *("agendas", "briefs", "families", "relationships", "reasons"),
    *("papers", "lexicon", "letters", "questions", "phrases", "themes"),
)
KEYED = (*BASE_KEYED, *(part.name for part in MANY))


def names(sources: list[Source], closed: set[tuple[str, str]]) -> Names:
    """Which keys may be named. A file that cannot be read is not blamed a second time."""
    found: dict[str, frozenset[str] | None] = {}
    for part in KEYED:
        there = {source.key for source in sources if source.part == part}
        found[part] = frozenset(there | {stem for where, stem in closed if where == part})
    families = [source.raw for source in sources if source.part == "families"]
    found["channels"] = frozenset(key for raw in families for key in keys(raw, "channels"))
    for file, part in LISTS.items():
        if (part, file) in closed:
            found[file] = None
    return found


def lost(source: Source, known: Names) -> list[Problem]:
    """What this item names and is not there, and round options that their kind refuses."""
    look = LOOKS.get(source.part)
    return list(look(source, known)) if look and isinstance(source.raw, dict) else []


def twice(shelf: Shelf) -> list[Problem]:
    """Keys that two items of a part share; the first one counts."""
    found = []
    for part in KEYED:
        seen: set[str] = set()
        for source in shelf.of(part):
            if source.key and source.key in seen:
                found.append(Problem(source.file, source.key, "another item has this key"))
            seen.add(source.key)
    channels = Counter(k for s in shelf.of("families") for k in keys(s.raw, "channels"))
    file = f"{shelf.lang}/channels.yaml"
    again = [Problem(file, k, "two channels have this key") for k, n in channels.items() if n > 1]
    return found + again


def _relationship(source: Source, known: Names) -> Iterator[Problem]:
    channel = source.written.get("channel")
    if unknown(channel, known["channels"]):
        yield Problem(source.file, position(source, ["channel"]), f"no channel is called {channel}")


def _part(part: Part[Item]) -> Look:
    """The cross-check that the rules declare, with the place of each fault."""

    def look(source: Source, known: Names) -> Iterator[Problem]:
        for loc, reason in part.look(source.written, known):
            yield Problem(source.file, position(source, loc), reason)

    return look


def _agenda(source: Source, known: Names) -> Iterator[Problem]:
    lines = items(source.raw, "rounds")
    for n, line in enumerate(lines):
        if isinstance(line, dict):
            yield from _round(source, n, line, known)
    seconds = sum(s for s in (x.get("seconds") for x in lines if isinstance(x, dict)) if _is_int(s))
    minutes = source.written.get("minutes")
    if _is_int(minutes) and seconds > minutes * 60:
        reason = f"its rounds last {round(seconds / 60)} minutes, longer than itself"
        yield Problem(source.file, "minutes", reason)


def _is_int(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _round(source: Source, n: int, line: dict[str, object], known: Names) -> Iterator[Problem]:
    if unknown(line.get("brief"), known["briefs"]):
        where = position(source, ["rounds", n, "brief"])
        yield Problem(source.file, where, f"no brief is called {line['brief']}")
    kind = kinds().get(str(line.get("kind")))
    if kind is None and isinstance(line.get("kind"), str):
        where = position(source, ["rounds", n, "kind"])
        yield Problem(source.file, where, f"no kind of round is called {line['kind']}")
    options = line.get("options", {})
    if kind is None or not isinstance(options, dict):
        return
    try:
        kind.options.model_validate(options)
    except ValidationError as error:
        yield from faults(source, error, "rounds", n, "options")
    yield from _chosen(source, n, kind, options, known)


def _chosen(
    source: Source, n: int, kind: Kind, options: dict[str, object], known: Names
) -> Iterator[Problem]:
    """An option that chooses from a part of the pack names what is there."""
    for name, value in options.items():
        part = asking(kind.options, name).part if name in kind.options.model_fields else None
        for wanted in value if isinstance(value, list) else [value]:
            if part is not None and unknown(wanted, known[part.name]):
                where = position(source, ["rounds", n, "options", name])
                yield Problem(source.file, where, f"nothing there is called {wanted}")


LOOKS: Mapping[str, Look] = {
    "relationships": _relationship,
    "agendas": _agenda,
    **{part.name: _part(part) for part in parts()},
}
