"""Reads the workbook on its standard input; a program of its own, which `bounded.py` starts.

What comes out are lines of JSON: 0 where a sheet begins, else the number of a row and its cells.
A library that ends its process for want of memory ends this one. No part of the game is imported.
"""

import io
import sys
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import IO

import orjson
from python_calamine import CalamineError, CalamineWorkbook

NO_BOOK = 3  # how it ends where nothing could be read
DAY, MOMENT = "day", "moment"
SHEET = b"0\n"


def main(given: IO[bytes], into: IO[bytes]) -> None:
    """Writes the rows that hold something, each without the empty cells at its end."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(given.read()))
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        left = [""] * (sheet.start or (0, 0))[1]  # empty columns, which are not among the rows
        into.write(SHEET)
        for n, row in enumerate(sheet.iter_rows(), 1):
            if cells := _cells(row):
                into.write(orjson.dumps([n, left + cells]) + b"\n")


def _cells(row: Sequence[object]) -> list[object]:
    last = len(row)
    while last and row[last - 1] == "":
        last -= 1
    return [said(cell) for cell in row[:last]]


def said(value: object) -> object:
    """What a cell says, as text unless it is a day or a moment."""
    match value:
        case bool():
            return "1" if value else "0"
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return {MOMENT: value.isoformat()}
        case date():
            return {DAY: value.isoformat()}
        case time() | timedelta():
            return str(value)
        case _:
            return str(value)


if __name__ == "__main__":
    try:
        main(sys.stdin.buffer, sys.stdout.buffer)
    except CalamineError:
        sys.exit(NO_BOOK)
