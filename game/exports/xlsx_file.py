"""XLSX in which each cell is a text or a date: nothing is ever a formula."""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import IO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from game.base.text import printable
from game.exports.columns import Column
from game.exports.csv_file import Cell

MOST_ROWS = 1_000_000  # a sheet of Excel holds 1,048,576
MOST_SIGNS = 32_767  # in a cell; more make the file unreadable
BYTES_AT_ONCE = 64 * 1024
SETTINGS = {"constant_memory": True, "in_memory": False}

Finish = Callable[[Callable[[], object]], object]


def _here(job: Callable[[], object]) -> object:
    return job()


def write(
    columns: Sequence[Column],
    titles: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    into: IO[bytes],
    finish: Finish = _here,
) -> None:
    """Writes the whole file, with never more than a row of it in memory.

    At the end all of it is compressed, which is seconds of work for a large one: `finish` calls it.

    The header is frozen, each column has its width, and all can be filtered and sorted. More rows
    than a sheet holds go on in further sheets.
    """
    book = xlsxwriter.Workbook(into, SETTINGS)
    looks = {
        "title": book.add_format({"bold": True, "bottom": 1, "valign": "top"}),
        "day": book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "align": "left"}),
    }
    rest = iter(rows)
    for number in range(1, 1_000):
        _sheet(book, number, columns, titles, islice(rest, MOST_ROWS), looks)
        more = next(rest, None)
        if more is None:
            break
        rest = chain([more], rest)
    finish(book.close)


def stream(
    columns: Sequence[Column],
    titles: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    finish: Finish = _here,
) -> Iterator[bytes]:
    """The file, a piece at a time, from a temporary one that has no name and leaves no trace."""
    with tempfile.TemporaryFile() as made:
        write(columns, titles, rows, made, finish)
        made.seek(0)
        while piece := made.read(BYTES_AT_ONCE):
            yield piece


def _sheet(
    book: xlsxwriter.Workbook,
    number: int,
    columns: Sequence[Column],
    titles: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    looks: dict[str, object],
) -> None:
    sheet = book.add_worksheet("Sourcerie" if number == 1 else f"Sourcerie {number}")
    for nth, (column, title) in enumerate(zip(columns, titles, strict=True)):
        sheet.set_column(nth, nth, column.width)
        sheet.write_string(0, nth, title, looks["title"])
    sheet.freeze_panes(1, 0)
    last = 0
    for last, row in enumerate(rows, 1):
        for nth, cell in enumerate(row):
            _write(sheet, last, nth, cell, looks)
    sheet.autofilter(0, 0, last, len(columns) - 1)


def _write(sheet: Worksheet, line: int, nth: int, cell: Cell, looks: dict[str, object]) -> None:
    match cell:
        case None | "":
            return
        case datetime():
            sheet.write_datetime(line, nth, cell, looks["moment"])
        case date():
            sheet.write_datetime(line, nth, cell, looks["day"])
        case _:
            sheet.write_string(line, nth, printable(cell)[:MOST_SIGNS])
