"""`bingo` – Bingo des canaux: a grid of places outside LinkedIn, a concrete one in each square."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import Field

from game.base.json_object import Json
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.rules import places, typed
from game.rules.options import Options
from game.rules.pack import Key, Keyed, Line
from game.rules.part import Fault, Known, Many, unknown
from game.rules.person import fold
from game.rules.places import Place
from game.rules.round import Accepted, Entry, Kind, Setting, Settled, Standing, Tally
from game.rules.scoring import NEW_FAMILY, NewFamilies, by_player
from game.rules.stored import Count, Stored
from game.rules.typed import TextCount, Typed
from game.rules.view import Table, TypedText, View
from game.rules.worth import Worth

SLOT = "place:"
SIDE = 4
PAID = 4  # lines of a card
SQUARE = Worth("bingo_square", 2, _("une case remplie"))
LINE = Worth("bingo_line", 3, _("une ligne complète"))


class Square(Keyed):
    """A sort of place where people are found; `example` is an invented one."""

    key: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{3,31}$")]
    label: str = Field(min_length=1, max_length=26)
    hint: Line
    example: Line
    channel: Key


def _look(raw: Mapping[str, object], known: Known) -> Iterator[Fault]:
    channel = raw.get("channel")
    if unknown(channel, known["channels"]):
        yield ("channel",), f"no channel is called {channel}"


def _wants(raws: Sequence[object]) -> Iterator[str]:
    if len(raws) != SIDE * SIDE:
        yield f"{SIDE * SIDE} squares are wanted, {len(raws)} are there"


SQUARES = Many("bingo", Square, _look, _wants)


class BingoOptions(Options):
    """Nothing to set: the grid is that of the content."""


class BingoResult(Stored):
    """How many filled each square and a whole line, and the places that they named.

    Each text is under the key of its square.
    """

    players: Count = 0
    lines: Count = 0
    squares: Mapping[str, Count] = {}
    places: tuple[TextCount, ...] = ()


@dataclass(frozen=True)
class SquareTold:
    """A square and how many filled it; `heat` is from 0 for nobody to 4 for most."""

    label: str
    people: int
    heat: int


@dataclass(frozen=True)
class PlaceTold(TypedText):
    """A place, its square, and how often it was named: a share of the most named one."""

    square: str
    share: int


@dataclass(frozen=True)
class BingoTold:
    """What the room filled."""

    players: int
    lines: int
    squares: tuple[SquareTold, ...]
    places: tuple[PlaceTold, ...]


@dataclass(frozen=True, kw_only=True)
class BingoView(View):
    """The grid, row by row, and how many squares a side has; at the reveal what the room filled."""

    squares: tuple[Square, ...]
    side: int
    result: BingoTold | None


def squares_of(setting: Setting) -> tuple[Square, ...]:
    """The grid, row by row."""
    return SQUARES.of(setting.pack)[: SIDE * SIDE]


def lines_of(squares: Sequence[Square]) -> tuple[tuple[str, ...], ...]:
    """The rows, columns and diagonals of a whole grid, by the keys of their squares."""
    keys = [square.key for square in squares]
    if len(keys) < SIDE * SIDE:
        return ()
    rows = [tuple(keys[n : n + SIDE]) for n in range(0, len(keys), SIDE)]
    columns = list(zip(*rows, strict=True))
    falling = tuple(row[n] for n, row in enumerate(rows))
    rising = tuple(row[-1 - n] for n, row in enumerate(rows))
    return (*rows, *columns, falling, rising)


def accept(setting: Setting, own: Mapping[str, Standing], raw: Json) -> Accepted:
    """A place in a square, corrected or taken back. Raises Refusal."""
    slot = raw.get("slot")
    for square in squares_of(setting):
        if slot == SLOT + square.key:
            return places.accept(setting, own, {**raw, "channel": square.channel})
    raise Refusal("bad_input", {"slot": "invalid"})


def filled(setting: Setting, own: Sequence[Standing]) -> dict[str, Place]:
    """The squares that a player filled, by key: the same place counts in one square only."""
    keys = {SLOT + square.key: square.key for square in squares_of(setting)}
    once: dict[str, tuple[str, Place]] = {}
    for given, place in places.named(own):
        if given.slot in keys:
            once.setdefault(fold(place.name), (keys[given.slot], place))
    return dict(once.values())


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """Points for each square and for the first lines, and for channels that are new."""
    families = NewFamilies(setting.pack.families, setting.points)
    done = filled(setting, own)
    entries: list[Entry] = []
    for key, place in done.items():
        slot = SLOT + key
        entries.append(Entry(slot, SQUARE.name, setting.points.bingo_square))
        entries.extend(families.entry(slot, place.family))
    whole = [line for line in lines_of(squares_of(setting)) if done.keys() >= set(line)]
    paid = range(min(PAID, len(whole)))
    return (*entries, *(Entry(f"line:{n}", LINE.name, setting.points.bingo_line) for n in paid))


def settle(setting: Setting, everyone: Sequence[Standing]) -> Settled:
    """How many filled what, and the places that they named."""
    squares = squares_of(setting)
    cards = {player: filled(setting, own) for player, own in by_player(everyone).items()}
    cards = {player: card for player, card in cards.items() if card}
    lines = [set(line) for line in lines_of(squares)]
    result = BingoResult(
        players=len(cards),
        lines=sum(any(card.keys() >= line for line in lines) for card in cards.values()),
        squares={s.key: sum(s.key in card for card in cards.values()) for s in squares},
        places=typed.counted(
            Typed(player, key, place.name)
            for player, card in cards.items()
            for key, place in card.items()
        ),
    )
    return Settled(result.json_object())


def view(setting: Setting, audience: str, result: Json | None, _tally: Tally | None) -> BingoView:
    """The grid; at the reveal how many filled each square, and the places that several named."""
    squares = squares_of(setting)
    if result is None:
        return BingoView(squares=squares, side=SIDE, result=None)
    kept = BingoResult.of(result)
    told = BingoTold(
        kept.players,
        kept.lines,
        tuple(_square_told(square, kept) for square in squares),
        _places(setting, audience, kept.places),
    )
    texts = tuple({place.key: place for place in told.places}.values())
    table = _table(squares, kept) if audience == "desk" else None
    shown = BingoView(squares=squares, side=SIDE, result=told, table=table)
    return replace(shown, texts=texts) if audience == "remote" else shown


def _square_told(square: Square, kept: BingoResult) -> SquareTold:
    people, most = kept.squares.get(square.key, 0), max(kept.squares.values(), default=0)
    return SquareTold(square.label, people, -(-4 * people // most) if most else 0)


def _places(setting: Setting, audience: str, found: Sequence[TextCount]) -> tuple[PlaceTold, ...]:
    """The places that several people named, those of squares that are gone left out."""
    labels = {square.key: square.label for square in squares_of(setting)}
    told = [
        (text, labels[about])
        for about, own in typed.by_about(found).items()
        if about in labels
        for text in typed.told(setting, audience, own)
    ]
    most = typed.most(text for text, _label in told)
    ranked = sorted(told, key=lambda pair: (-pair[0].count, pair[0].name))
    return tuple(
        PlaceTold(text.key, text.name, text.count, text.hidden, label, 100 * text.count // most)
        for text, label in ranked
    )


def _table(squares: Sequence[Square], kept: BingoResult) -> Table:
    """Every place, square by square; the channel directory has them with their notes."""
    named = typed.by_about(kept.places)
    rows = ((s.label, one.text, one.people) for s in squares for one in named.get(s.key, ()))
    return Table((_("Case"), _("Lieu"), _("Personnes")), tuple(rows))


def pages(_setting: Setting, result: Json) -> int:
    """The grid, then the places where several people named the same."""
    found = BingoResult.of(result).places
    return 2 if any(one.people >= typed.SEVERAL for one in found) else 1


def example(setting: Setting, nth: int) -> Sequence[Json]:
    """Two squares in three, with the place that the content invents there."""
    squares = [s for n, s in enumerate(squares_of(setting)) if (nth + n * n) % 3]
    return [{"slot": SLOT + square.key, "name": square.example} for square in squares]


KIND = Kind(
    "bingo",
    _("Bingo des canaux"),
    BingoOptions,
    accept,
    score,
    view,
    settle,
    pages,
    example,
    worth=(SQUARE, LINE, NEW_FAMILY),
    parts=(SQUARES,),
    facts=places.FACTS,
    secret=frozenset({"players", "lines", "people", "heat", "places"}),
)
