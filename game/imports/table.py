"""A file as tables that are read a line at a time: what a line holds is never more than a line."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from game.base.refusal import Refusal
from game.imports.book import Cell
from game.imports.cards import BEGINS, HEADINGS, cards, is_cards, narrow
from game.imports.decoding import HEAD, encoding_of
from game.imports.headings import as_it_stands, best_reading, fields_of
from game.imports.sheet import BOOKS, SEPARATORS, WIDEST, Line, Sheet, in_book, records

LOOKED_AT = 5_000  # lines by which the separator is known, and the place of the headings


@dataclass(frozen=True, eq=False)
class Table:
    """The lines below the headings, which can be read once; `fields` has the field of each column.

    `total` is how many lines there are about, for whoever waits. `is_headed` says that its headings
    are known ones: others may be anything, a person's data too.
    """

    headings: Sequence[Cell]
    fields: Sequence[str]
    lines: Iterator[Line]
    total: int
    is_headed: bool = True


Choice = Callable[[Sequence[Sheet]], tuple[Sheet, int] | None]  # a reading and its headings' row


def tables(file: Path, *, anyhow: bool = False) -> list[Table]:
    """The tables of a file that hold people: CSV in any dress, a workbook's sheets, vCards.

    With `anyhow`, a file of whose columns none is known to hold names is one table, below its
    first line: somebody says what its columns are. Raises Refusal('no_table') for what is no
    table, Refusal('no_names') where no column holds names, and Refusal('too_wide') where there are
    more columns, of all of them, than anybody can look at.
    """
    found = _found(file, best_reading)
    if not found and anyhow:
        found = [replace(one, is_headed=False) for one in _found(file, as_it_stands)[:1]]
    if not found:
        raise Refusal("no_names")
    if sum(len(one.headings) for one in found) > WIDEST:
        raise Refusal("too_wide")
    return found


def _found(file: Path, choice: Choice) -> list[Table]:
    with file.open("rb") as opened:
        head = opened.read(HEAD)
    if head.startswith(BOOKS):
        with file.open("rb") as book:
            return [table for sheet in in_book(book) if (table := _of_sheet(sheet, choice))]
    return [_of_cards(file)] if is_cards(head) else _of_text(file, choice)


def _of_sheet(lines: Iterator[Line], choice: Choice) -> Table | None:
    looked_at = [_cut(line) for line in islice(lines, LOOKED_AT)]
    best = choice([looked_at])
    if best is None:
        return None
    return _below(best[0], best[1], lines, len(looked_at))


def _cut(line: Line) -> Line:
    """A line of a book as wide as one of a text may be."""
    return replace(line, cells=line.cells[: WIDEST + 1])


def _below(sheet: Sheet, row: int, rest: Iterator[Line], total: int) -> Table:
    def lines() -> Iterator[Line]:
        yield from sheet[row + 1 :]
        yield from rest

    return Table(sheet[row].cells, fields_of(sheet[row].cells), lines(), total)


def _of_cards(file: Path) -> Table:
    return Table(HEADINGS, HEADINGS, cards(file), _count_of(BEGINS, file))


def _count_of(mark: bytes, file: Path) -> int:
    """How often a mark stands in a file, in whatever case; read a piece at a time."""
    count, rest = 0, b""
    with file.open("rb") as pieces:
        while piece := pieces.read(HEAD):
            held = rest + narrow(piece).upper()
            count += held.count(mark)
            rest = held[1 - len(mark) :]  # a mark may lie across two pieces
    return count


def _of_text(file: Path, choice: Choice) -> list[Table]:
    encoding = encoding_of(file)
    looked_at = list(islice(_text(file, encoding), LOOKED_AT))
    text = "".join(looked_at)
    if text.count("\0") > len(text) / 100 or text.startswith("%PDF"):
        raise Refusal("no_table")
    clean = [line.replace("\0", "") for line in looked_at]
    readings = [list(records(clean, separator)) for separator in SEPARATORS]
    best = choice(readings)
    if best is None:
        return []
    separator = SEPARATORS[next(n for n, each in enumerate(readings) if each is best[0])]
    heading = best[0][best[1]]
    below = (
        line
        for line in records((t.replace("\0", "") for t in _text(file, encoding)), separator)
        if line.number > heading.number
    )
    size = max(1, len(text.encode(encoding, "ignore")))
    total = round(file.stat().st_size / size * len(looked_at))
    return [Table(heading.cells, fields_of(heading.cells), below, total)]


def _text(file: Path, encoding: str) -> Iterator[str]:
    with file.open(encoding=encoding, errors="replace", newline="") as lines:
        yield from lines
