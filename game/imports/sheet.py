"""A file as sheets of lines of cells: CSV in any dress, Excel's and LibreOffice's own formats."""

import csv
import io
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

from game.base.refusal import Refusal
from game.exports.csv_file import unsafe
from game.imports.book import Cell, sheets_of
from game.imports.decoding import decoded

BOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx, xlsb and ods; xls
SEPARATORS = (";", ",", "\t", "|")
WIDEST = 500  # columns of a file: more are looked at by nobody, and a page of them by no browser
SPAN = 200  # physical lines that one record may run over before its quote counts as never closed
csv.field_size_limit(2**31 - 1)  # a huge cell is cut where its column ends, and said


@dataclass(frozen=True)
class Line:
    """One line of a sheet; `number` is where it begins, from 1.

    `torn` where its quotes do not match, so that its cells may have been cut in the wrong places.
    """

    number: int
    cells: Sequence[Cell]
    torn: bool = False


Sheet = list[Line]


def sheets(raw: bytes) -> Iterator[list[Sheet]]:
    """For each sheet of a file, the ways in which it can be read: one for a book's, else one a
    separator. Raises Refusal('no_table') where it holds neither text nor cells."""
    if raw.startswith(BOOKS):
        with TemporaryFile() as book:
            book.write(raw)
            book.seek(0)
            yield from ([list(sheet)] for sheet in in_book(book))
        return
    text = decoded(raw)
    if text.count("\0") > len(text) / 100 or text.startswith("%PDF"):
        raise Refusal("no_table")
    lines = io.StringIO(text.replace("\0", ""), newline="").readlines()
    yield [list(records(lines, separator)) for separator in SEPARATORS]


def in_book(book: IO[bytes]) -> Iterator[Iterator[Line]]:
    """The sheets of a workbook, line by line. Raises Refusal."""
    for rows in sheets_of(book):
        yield (Line(number, cells) for number, cells in rows)


def records(lines: Iterable[str], separator: str) -> Iterator[Line]:
    """The records of a CSV, each with the number of the physical line it begins on.

    One that is too wide has its first WIDEST cells and one more, so that it can be told.
    """
    coming, ahead, at = iter(lines), deque[str](), 0
    while True:
        ahead.extend(islice(coming, SPAN - len(ahead) if len(ahead) < SPAN // 2 else 0))
        if not ahead:
            return
        cells, used, torn = _record(ahead, separator)
        yield Line(at + 1, [unsafe(cell) for cell in cells], torn)
        at += used
        for _ in range(used):
            ahead.popleft()


def _record(window: Sequence[str], separator: str) -> tuple[list[str], int, bool]:
    """(cells, how many physical lines they took, are its quotes torn?)"""
    if '"' not in window[0]:  # most lines
        text = window[0].rstrip("\r\n")
        return text.split(separator, WIDEST) if text else [], 1, False
    reader = csv.reader(iter(window), delimiter=separator, strict=True)
    try:
        return next(reader)[: WIDEST + 1], reader.line_num, False
    except csv.Error:  # a quote that is never closed, or that goes on after its end
        bare = window[0].rstrip("\r\n").split(separator, WIDEST)
        return [cell.strip().strip('"').replace('""', '"') for cell in bare], 1, True
