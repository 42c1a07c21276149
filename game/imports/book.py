"""A workbook as sheets of rows, read by a process of its own.

One cell far out – a slip of the mouse is enough – makes the library ask for more memory than there
is, and then its process ends. That is not to be the one that a room plays on.
"""

import mmap
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import orjson

from game.base.refusal import Refusal
from game.imports.book_reader import DAY, MOMENT, SHEET
from game.imports.bounded import read

READER = Path(__file__).with_name("book_reader.py")
Cell = str | date | datetime
Row = tuple[int, list[Cell]]  # its number, from 1, and what it holds


def sheets_of(book: IO[bytes]) -> Iterator[Iterator[Row]]:
    """The sheets of a workbook, each of which may be read whenever its reader likes.

    Empty rows are left out; the others keep their numbers. Raises Refusal('no_table') for what is
    no workbook, and Refusal('file_too_large') where it would not fit into memory.
    """
    with TemporaryFile() as made:
        _read(book, made)
        if not made.seek(0, 2):
            return
        lines = mmap.mmap(made.fileno(), 0, access=mmap.ACCESS_READ)
    at = 0
    while at < len(lines):
        begin = at + len(SHEET)
        yield _rows(lines, begin)
        end = lines.find(b"\n" + SHEET, begin - 1)
        at = end + 1 if end >= 0 else len(lines)


def _read(book: IO[bytes], into: IO[bytes]) -> None:
    if ended := read(READER, book, into):
        raise Refusal("file_too_large" if ended < 0 else "no_table")


def _rows(lines: mmap.mmap, at: int) -> Iterator[Row]:
    while at < len(lines):
        end = lines.find(b"\n", at) + 1
        row = lines[at:end]
        if row == SHEET:
            return
        number, cells = orjson.loads(row)
        yield number, [_cell(cell) for cell in cells]
        at = end


def _cell(told: str | dict[str, str]) -> Cell:
    if isinstance(told, str):
        return told
    if DAY in told:
        return date.fromisoformat(told[DAY])
    return datetime.fromisoformat(told[MOMENT])
