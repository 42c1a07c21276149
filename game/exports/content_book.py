"""A language's content as a spreadsheet: a sheet for each part that is a table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO

import xlsxwriter

from game.base.text import printable
from game.content.files import Shelf
from game.content.heading_words import heading
from game.content.tabular import INSIDE, Column, Table, listed, tables
from game.exports.csv_file import separator_of, write

SPARE = 2  # cells more than are filled, for a list that has no bound
WIDE, NARROW = 44, 18  # of columns, in characters
LINES = 500  # below the headings, where a cell offers its few values


def write_book(
    shelf: Shelf, lang: str, into: IO[bytes], only: Iterable[Table] | None = None
) -> int:
    """Writes XLSX, headed in the reader's language, of these tables alone; how many rows."""
    book = xlsxwriter.Workbook(into, {"in_memory": True})
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    total = 0
    for table in tables() if only is None else only:
        rows = list(rows_of(shelf, table))
        sheet = book.add_worksheet(table.name[:31])
        for nth, (column, title) in enumerate(_headings(table, rows, lang)):
            sheet.set_column(nth, nth, NARROW if column.name == "key" else WIDE, wrapped)
            sheet.write_string(0, nth, title, bold)
            if column.only:
                offered = {"validate": "list", "source": list(column.only)}
                sheet.data_validation(1, nth, LINES, nth, offered)
        for line, row in enumerate(_cells(table, rows), 1):
            for nth, cell in enumerate(row):
                sheet.write_string(line, nth, printable(cell), wrapped)
        sheet.freeze_panes(1, 1)
        total += len(rows)
    book.close()
    return total


def write_sheet(shelf: Shelf, table: Table, lang: str, into: IO[bytes]) -> int:
    """Writes one table as CSV."""
    rows = list(rows_of(shelf, table))
    titles = [title for _column, title in _headings(table, rows, lang)]
    into.writelines(write(titles, _cells(table, rows), separator_of(lang)))
    return len(rows)


def rows_of(shelf: Shelf, table: Table) -> Iterator[Mapping[str, object]]:
    """The items of a table, as written; one of an inner list says whose it is."""
    for source in shelf.of(table.part):
        if not table.inside:
            yield source.written
        else:
            inner = listed(source.raw, table.inside)
            yield from ({INSIDE: source.key, **item} for item in inner)


def _width(column: Column, rows: Sequence[Mapping[str, object]]) -> int:
    if not column.is_list:
        return 1
    return column.most or SPARE + max((len(_list(row, column)) for row in rows), default=0)


def _list(row: Mapping[str, object], column: Column) -> list[object]:
    found = row.get(column.field)
    return found if isinstance(found, list) else []


def _headings(
    table: Table, rows: Sequence[Mapping[str, object]], lang: str
) -> Iterator[tuple[Column, str]]:
    for column in table.columns:
        title = heading(column.name, lang) + (f" ({column.lang})" if column.lang else "")
        for nth in range(_width(column, rows)):
            yield column, f"{title} {nth + 1}" if column.is_list else title


def _cells(table: Table, rows: Sequence[Mapping[str, object]]) -> Iterator[list[str]]:
    widths = [_width(column, rows) for column in table.columns]
    for row in rows:
        yield [
            cell
            for column, width in zip(table.columns, widths, strict=True)
            for cell in _of_column(row, column, width)
        ]


def _of_column(row: Mapping[str, object], column: Column, width: int) -> list[str]:
    if not column.is_list:
        return [_text(row.get(column.field))]
    cells = [_listed_text(each) for each in _list(row, column)]
    return (cells + [""] * width)[:width]


def _listed_text(value: object) -> str:
    if isinstance(value, dict):
        return f"{value.get('key', '')}: {value.get('label', '')}"
    return _text(value)


def _text(value: object) -> str:
    return "" if value is None else "1" if value is True else "0" if value is False else str(value)
