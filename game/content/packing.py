"""From what was read to a pack: sound items go in, the others and what leans on them stay out."""

from typing import Any

from game.content.files import ONES, SINGLES, Problem, Shelf, Source
from game.content.links import BASE_KEYED, lost, names
from game.content.shape import shaped
from game.rules.pack import Pack
from game.rules.part import Many
from game.rules.registry import parts, points_model

NEEDED = ("agendas", "briefs", "families", "relationships", "papers")


class Packing:
    """One language's items, looked at one by one; `problems` is all that is wrong with them."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.problems: list[Problem] = []
        self.sound: dict[Source, object] = {}
        known = names(shelf.sources, shelf.closed)
        for source in shelf.sources:
            item, found = shaped(source)
            found += lost(source, known)
            self.problems += found
            if not found:
                self.sound[source] = item

    def pack(self) -> tuple[Pack | None, list[Problem]]:
        """The pack, or None where it lacks what no game can do without; and what else fell out."""
        sound, left_out = self._consistent()
        found: dict[str, Any] = {"lang": self.shelf.lang, "points": points_model()()}
        for name in (*BASE_KEYED, "rude"):
            found[name] = _first(name, sound)
        found |= {s.part: item for s, item in sound.items() if s.part in SINGLES}
        found["parts"] = _of_kinds(sound)
        missing = [name for name in NEEDED if not found[name]]
        missing += [name for name in SINGLES if name not in found]
        missing += [p.name for p in parts() if p.needed and not found["parts"].get(p.name)]
        if missing:
            reason = f"no pack can be made without {', '.join(missing)}"
            return None, [*left_out, Problem(self.shelf.lang, "", reason)]
        return Pack.model_construct(**found), left_out

    def _consistent(self) -> tuple[dict[Source, object], list[Problem]]:
        """What stands by itself: what names an item left out is left out too, and so on."""
        sound, left_out = dict(self.sound), list[Problem]()
        while True:
            known = names(list(sound), set())
            fallen = {source: found for source in sound if (found := lost(source, known))}
            if not fallen:
                return sound, left_out
            left_out += [problem for found in fallen.values() for problem in found]
            sound = {s: item for s, item in sound.items() if s not in fallen}


def _first(part: str, sound: dict[Source, object]) -> tuple[object, ...]:
    """The items of a part; where two share a key, the first."""
    kept: dict[object, object] = {}
    for source, item in sound.items():
        if source.part == part:
            kept.setdefault(getattr(item, "key", item), item)
    return tuple(kept.values())


def _of_kinds(sound: dict[Source, object]) -> dict[str, object]:
    """The parts that kinds of round read, by name."""
    ones = {s.part: item for s, item in sound.items() if s.part in ONES}
    return {**{p.name: _first(p.name, sound) for p in parts() if isinstance(p, Many)}, **ones}
