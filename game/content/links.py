"""What items say of each other: every key that is named must be there, and only once."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeGuard

from pydantic import ValidationError

from game.content.files import Problem, Shelf, Source
from game.content.shape import faults, place
from game.rules.round import kinds

Names = Mapping[str, frozenset[str] | None]  # the keys of a part; None: nobody can tell
KEYED = ("agendas", "briefs", "decks", "prompts", "families", "relationships", "reasons")


def names(sources: list[Source], closed: set[tuple[str, str]]) -> Names:
    """Which keys may be named. A file that cannot be read is not blamed a second time."""
    found: dict[str, frozenset[str] | None] = {}
    for part in KEYED:
        there = {source.key for source in sources if source.part == part}
        found[part] = frozenset(there | {stem for where, stem in closed if where == part})
    families = [source.raw for source in sources if source.part == "families"]
    found["channels"] = frozenset(key for raw in families for key in _keys(raw, "channels"))
    for part, file in (("prompts", "prompts"), ("families", "channels")):
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
    channels = Counter(k for s in shelf.of("families") for k in _keys(s.raw, "channels"))
    file = f"{shelf.lang}/channels.yaml"
    again = [Problem(file, k, "two channels have this key") for k, n in channels.items() if n > 1]
    return found + again


def _items(raw: Any, name: str) -> list[Any]:
    items = raw.get(name) if isinstance(raw, dict) else None
    return items if isinstance(items, list) else []


def _keys(raw: Any, name: str) -> list[str]:
    found = (item.get("key") for item in _items(raw, name) if isinstance(item, dict))
    return [key for key in found if isinstance(key, str)]


def _unknown(value: Any, known: frozenset[str] | None) -> bool:
    """A key that nobody has; what is no text is told by the model."""
    return isinstance(value, str) and value != "" and known is not None and value not in known


def _relationship(source: Source, known: Names) -> Iterator[Problem]:
    channel = source.raw.get("channel")
    if _unknown(channel, known["channels"]):
        yield Problem(source.file, place(source, ["channel"]), f"no channel is called {channel}")


def _deck(source: Source, known: Names) -> Iterator[Problem]:
    brief = source.raw.get("brief")
    if _unknown(brief, known["briefs"]):
        yield Problem(source.file, place(source, ["brief"]), f"no brief is called {brief}")
    criteria = frozenset(_keys(source.raw, "criteria"))
    for n, card in enumerate(_items(source.raw, "cards")):
        if isinstance(card, dict) and _unknown(card.get("criterion"), criteria):
            where = place(source, ["cards", n, "criterion"])
            yield Problem(source.file, where, f"the deck has no criterion {card['criterion']}")
    yield from _again(source, "criteria", "cards")


def _expert(source: Source, _known: Names) -> Iterator[Problem]:
    for question in ("definition", "scope", "claim"):
        raw = source.raw.get(question)
        yield from _again(Source(source.part, source.file, question, raw), "options")


def _again(source: Source, *lists: str) -> Iterator[Problem]:
    for name in lists:
        for key, n in Counter(_keys(source.raw, name)).items():
            if n > 1:
                where = ".".join(part for part in (source.at, name, key) if part)
                yield Problem(source.file, where, "this key is there twice")


def _agenda(source: Source, known: Names) -> Iterator[Problem]:
    lines = _items(source.raw, "rounds")
    for n, line in enumerate(lines):
        if isinstance(line, dict):
            yield from _round(source, n, line, known)
    seconds = sum(s for s in (x.get("seconds") for x in lines if isinstance(x, dict)) if _is_int(s))
    minutes = source.raw.get("minutes")
    if _is_int(minutes) and seconds > minutes * 60:
        reason = f"its rounds last {round(seconds / 60)} minutes, longer than itself"
        yield Problem(source.file, "minutes", reason)


def _is_int(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _round(source: Source, n: int, line: dict[str, Any], known: Names) -> Iterator[Problem]:
    if _unknown(line.get("brief"), known["briefs"]):
        where = place(source, ["rounds", n, "brief"])
        yield Problem(source.file, where, f"no brief is called {line['brief']}")
    kind = kinds().get(str(line.get("kind")))
    if kind is None and isinstance(line.get("kind"), str):
        where = place(source, ["rounds", n, "kind"])
        yield Problem(source.file, where, f"no kind of round is called {line['kind']}")
    options = line.get("options", {})
    if kind is None or not isinstance(options, dict):
        return
    try:
        kind.options.model_validate(options)
    except ValidationError as error:
        yield from faults(source, error, "rounds", n, "options")
    yield from _chosen(source, n, options, known)


def _chosen(source: Source, n: int, options: dict[str, Any], known: Names) -> Iterator[Problem]:
    """An option named like a part of the pack chooses from it, as the facilitator's form has it."""
    for name, value in options.items():
        keys = known.get(str(name), known.get(f"{name}s"))
        for wanted in value if isinstance(value, list) else [value]:
            if _unknown(wanted, keys):
                where = place(source, ["rounds", n, "options", name])
                yield Problem(source.file, where, f"nothing there is called {wanted}")


LOOKS: Mapping[str, Callable[[Source, Names], Iterator[Problem]]] = {
    "relationships": _relationship,
    "decks": _deck,
    "expert": _expert,
    "agendas": _agenda,
}
