"""The parts of a content pack that a kind of round reads: their files, models and cross-checks."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar, cast

from game.rules.pack import Brief, Item, Key, Keyed, Pack

T = TypeVar("T", bound=Item, covariant=True)
K = TypeVar("K", bound=Keyed, covariant=True)
Loc = tuple[str | int, ...]  # the way from an item to the value at fault
Known = Mapping[str, frozenset[str] | None]  # the keys of each part; None: nobody can tell
Fault = tuple[Loc, str]


def nothing(_raw: Mapping[str, object], _known: Known) -> Iterator[Fault]:
    """No cross-check."""
    yield from ()


def enough(_raws: Sequence[object]) -> Iterator[str]:
    """Whatever is there is enough."""
    yield from ()


@dataclass(frozen=True, eq=False)
class Part(Generic[T]):
    """One part of a pack, under `name`.

    look(raw, known): what an item, as written, names and is not there.
    wants(raws): what a workshop lacks in the items that are there, in plain words.
    `shared` names what means the same in every language. Without a `needed` part there is no
    pack; without another, the kind that reads it cannot be played. A part with a `title` is one of
    which a position may have its own, written in the browser: that is what it is called there, and
    `one` what each of its items is.
    """

    name: str
    model: type[T]
    look: Callable[[Mapping[str, object], Known], Iterator[Fault]] = nothing
    wants: Callable[[Sequence[object]], Iterator[str]] = enough
    shared: tuple[str, ...] = ()
    needed: bool = False
    title: str = ""
    one: str = ""


@dataclass(frozen=True, eq=False)
class Many(Part[K]):
    """A part of many items with a key each: a folder `name/` of files, or one file `name.yaml`."""

    folder: bool = False

    def of(self, pack: Pack) -> tuple[K, ...]:
        """The items in a pack, in the order of its files."""
        return cast("tuple[K, ...]", pack.parts.get(self.name, ()))

    def chosen(self, pack: Pack, named: str) -> K:
        """The item of that name, else the first."""
        there = self.of(pack)
        return next((item for item in there if item.key == named), there[0])


class OfBrief(Keyed):
    """A piece of content for one brief."""

    brief: Key


def brief_title(item: OfBrief, pack: Pack) -> str:
    """What an item for a brief is called: as the brief is."""
    return next((brief.title for brief in pack.briefs if brief.key == item.brief), item.key)


B = TypeVar("B", bound=OfBrief, covariant=True)


@dataclass(frozen=True, eq=False)
class ManyOfBriefs(Many[B]):
    """A part of many items, each for one brief."""

    def fitting(self, pack: Pack, named: str, brief: Brief | None) -> B:
        """The item of that name, else the brief's, else the first."""
        there = self.of(pack)
        chosen = [item for item in there if item.key == named]
        theirs = [item for item in there if brief and item.brief == brief.key]
        return (*chosen, *theirs, *there)[0]

    def borrowed(self, pack: Pack, named: str, brief: Brief | None) -> B | None:
        """The item that is played, unless it is that of the brief (None: one without a key)."""
        found = self.fitting(pack, named, brief)
        return None if brief and found.brief == brief.key else found


@dataclass(frozen=True, eq=False)
class One(Part[T]):
    """A part that is one item: the file `name.yaml`."""

    def of(self, pack: Pack) -> T:
        """The item of a pack. Raises LookupError where the pack has none."""
        return cast("T", pack.parts[self.name])


def items(raw: object, name: str) -> list[object]:
    """The list under a name of something as written; empty where there is none."""
    found = raw.get(name) if isinstance(raw, dict) else None
    return found if isinstance(found, list) else []


def keys(raw: object, name: str) -> list[str]:
    """The keys of that list's items."""
    found = (item.get("key") for item in items(raw, name) if isinstance(item, dict))
    return [key for key in found if isinstance(key, str)]


def unknown(value: object, known: frozenset[str] | None) -> bool:
    """A key that nobody has; what is no text is told by the model."""
    return isinstance(value, str) and value != "" and known is not None and value not in known


def twice(raw: object, *lists: str, inside: Loc = ()) -> Iterator[Fault]:
    """Keys that stand twice in one of these lists."""
    for name in lists:
        for key, n in Counter(keys(raw, name)).items():
            if n > 1:
                yield (*inside, name, key), "this key is there twice"


def strange_brief(raw: Mapping[str, object], known: Known) -> Iterator[Fault]:
    """The brief that an item is for, where there is no such brief."""
    brief = raw.get("brief")
    if unknown(brief, known["briefs"]):
        yield ("brief",), f"no brief is called {brief}"
