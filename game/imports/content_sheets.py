"""A spreadsheet of content as items, each value with the cell it stands in."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xlsxwriter.utility import xl_col_to_name

from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.content.heading_words import names
from game.content.tabular import INSIDE, Column, Table, tables
from game.imports.book import Cell
from game.imports.sheet import Line, Sheet, sheets
from game.rules.part import Loc

NUMBER = re.compile(r"[0-9]{1,9}")  # one of thousands of figures is none to Python either
NUMBERED = re.compile(r"(.+?)\s*(\d{1,2})")
SPOKEN = re.compile(r"(.+?)\s*\(([a-z]{2})\)")
CHOICE = re.compile(r"([a-z0-9][a-z0-9_-]{0,39})\s*:\s*(.+)", re.DOTALL)
TRUTHS = {"oui": True, "yes": True, "1": True, "vrai": True, "true": True} | {
    "non": False, "no": False, "0": False, "faux": False, "false": False
}  # fmt: skip
UNKNOWN_COLUMN = _("aucune colonne ne s'appelle %(name)s")
NO_COLUMN = _("il manque la colonne « %(name)s »")
AGAIN = _("cette clé est déjà à la ligne %(line)s")
NOT_KNOWN = _("rien ne s'appelle %(name)s dans « %(part)s »")
TORN = _("des guillemets ne se referment pas")


class Fault(NamedTuple):
    """What is wrong, and where: a cell such as B7, or nothing for the whole sheet.

    `said` is a text in French with the places that `values` fill, or a reason of the pack's check.
    """

    sheet: str
    cell: str
    said: str
    values: Mapping[str, object] | None = None  # None: a reason


@dataclass
class Row:
    """An item as the pack's files would have it; `cells` leads from a value to its cell."""

    line: int
    raw: dict[str, object] = field(default_factory=dict)
    cells: dict[Loc, str] = field(default_factory=dict)
    inside: str = ""

    @property
    def key(self) -> str:
        """Its own key."""
        return str(self.raw.get("key", ""))


@dataclass
class Given:
    """What a sheet held, under the table that it is; `there` are the columns that it has."""

    table: Table
    there: frozenset[str] = frozenset()
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


Headed = Sequence[tuple[Column | None, int]]  # of each cell: its column, and which of its list


def given(raw: bytes, known: Sequence[Table] = ()) -> list[Given]:
    """The sheets of a file that hold content, known by their headings; tables that are `known`.

    Without them, those of a pack.

    Raises Refusal('no_table') for what is no spreadsheet, and Refusal('no_content') where no sheet
    has headings that we know.
    """
    found = [one for readings in sheets(raw) if (one := _best(readings, known or tables()))]
    if not found:
        raise Refusal("no_content")
    return found


def _best(readings: Sequence[Sheet], among: Sequence[Table]) -> Given | None:
    """Of the ways to read a sheet and the tables it may be, those with most columns in common.

    Where two have as many, the one of which less is lacking.
    """
    ranked: list[tuple[tuple[int, int, int], Sheet, Line, Table]] = []
    for sheet in readings:
        top = next((line for line in sheet if any(map(str, line.cells))), None)
        for table in among if top else ():
            assert top
            headed = _headed(table, top.cells)
            known = {column.field for column, _nth in headed if column}
            least = {"key", INSIDE} & {column.name for column in table.columns}
            strange = sum(column is None for column, _nth in headed)
            lacks = sum(column.needed and column.field not in known for column in table.columns)
            rank = (len(known) * (least <= known), -strange, -lacks)
            ranked.append((rank, sheet, top, table))
    best = max(ranked, key=lambda each: each[0], default=None)
    return _read(*best[1:]) if best and best[0][0] > 1 else None


def _headed(table: Table, cells: Sequence[Cell]) -> Headed:
    return [_column(table, str(cell).strip().replace("’", "'")) for cell in cells]


def _column(table: Table, heading: str) -> tuple[Column | None, int]:
    for name, nth in ((heading, 1), *_apart(heading)):
        plain, lang = _spoken(name.casefold())
        column = table.column(names().get(plain, plain), lang) or table.column(plain, lang)
        if column and (column.is_list or nth == 1):
            return column, nth
    return None, 0


def _spoken(heading: str) -> tuple[str, str]:
    """A heading such as `text (en)`, as its word and language; without one, as it is."""
    fits = SPOKEN.fullmatch(heading)
    return (fits[1], fits[2]) if fits else (heading, "")


def _apart(heading: str) -> Iterator[tuple[str, int]]:
    """A heading such as `Answer 2`, as its word and number."""
    if fits := NUMBERED.fullmatch(heading):
        yield fits[1], int(fits[2])


def _read(sheet: Sheet, top: Line, table: Table) -> Given:
    found, headed = Given(table), _headed(table, top.cells)
    for nth, (column, _n) in enumerate(headed):
        name = str(top.cells[nth]).strip()
        if column is None and name:
            found.faults.append(_fault(table, nth, top.number, UNKNOWN_COLUMN, name=name))
    found.there = there = frozenset(column.field for column, _n in headed if column)
    for column in table.columns:
        if column.needed and column.field not in there:
            found.faults.append(Fault(table.name, "", NO_COLUMN, {"column": column.name}))
    for line in sheet:
        if line.number > top.number and any(str(cell).strip() for cell in line.cells):
            if line.torn:
                found.faults.append(Fault(table.name, f"A{line.number}", TORN, {}))
            found.rows.append(_row(line, headed))
    found.faults += _again(found)
    return found


def _fault(table: Table, nth: int, line: int, said: str, **values: object) -> Fault:
    return Fault(table.name, f"{xl_col_to_name(nth)}{line}", said, values)


def _row(line: Line, headed: Headed) -> Row:
    row = Row(line.number, cells={(): f"A{line.number}"})
    empty: dict[str, list[str]] = {}
    for nth, (column, _n) in sorted(enumerate(headed), key=lambda each: each[1][1]):
        cell = str(line.cells[nth]).strip() if nth < len(line.cells) else ""
        where = f"{xl_col_to_name(nth)}{line.number}"
        if column is None:
            continue
        if not column.is_list:
            _one(row, column, cell, where)
        elif cell:
            _another(row, column, cell, where)
        else:
            row.cells.setdefault((column.field,), where)
            empty.setdefault(column.field, []).append(where)
    for name, places in empty.items():  # what lacks in a list lacks in its next empty cell
        listed = row.raw.get(name)
        first = len(listed) if isinstance(listed, list) else 0
        row.cells |= {(name, first + n): where for n, where in enumerate(places)}
    return row


def _one(row: Row, column: Column, cell: str, where: str) -> None:
    row.cells[column.field,] = where
    if column.name == INSIDE:
        row.inside = cell
    elif cell or column.name == "key":
        row.raw[column.field] = TRUTHS.get(cell.casefold(), cell) if column.holds == "truth" else (
            int(cell) if column.holds == "number" and NUMBER.fullmatch(cell) else cell
        )  # fmt: skip


def _another(row: Row, column: Column, cell: str, where: str) -> None:
    listed = row.raw.setdefault(column.field, [])
    assert isinstance(listed, list)
    row.cells.setdefault((column.field,), where)
    row.cells[column.field, len(listed)] = where
    fits = CHOICE.fullmatch(cell) if column.holds == "choices" else None
    if fits:
        row.cells |= {(column.field, len(listed), name): where for name in ("key", "label")}
        listed.append({"key": fits[1], "label": fits[2].strip()})
    else:
        listed.append(cell)


def _again(found: Given) -> Iterator[Fault]:
    """Rows whose key another has already; they are left out of what is looked at further."""
    seen: dict[tuple[str, str], int] = {}
    for row in list(found.rows):
        first = seen.setdefault((row.inside, row.key), row.line)
        if row.key and first != row.line:
            found.rows.remove(row)
            yield Fault(found.table.name, row.cells["key",], AGAIN, {"line": first})
