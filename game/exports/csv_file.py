"""CSV that spreadsheets open rightly: UTF-8 with a mark, and no cell that is a formula.

A spreadsheet splits a file at the separator of its own country, whichever it was written with: a
French Excel finds the end of a cell at each `;` of a file that has commas. So what stands after a
separator, a quote or a line's end inside a cell is as dangerous as what stands at its beginning.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from babel.numbers import get_decimal_symbol

Cell = str | date | datetime | None

BOM = "\ufeff"
SEPARATORS = {"comma": ",", "semicolon": ";"}
LINES_AT_ONCE = 500
# OWASP, "CSV Injection": = + - @ and their wide forms; tab and line's end at the beginning
START = r"(?P<start>^|[;,|\t\r\n])(?P<before>(?:[^\S\t\r\n]|\")*)"
SIGN = r"[=+\-@＝＋－＠]"
RISKY = re.compile(rf"{START}(?P<quotes>'*)(?={SIGN})")
MADE_SAFE = re.compile(rf"{START}'(?P<quotes>'*)(?={SIGN})")
ENDS_OPEN = re.compile(r"[;,|\t\r\n][\s\"]*$")
BLANK_FIRST = re.compile(r"'*[\t\r\n]")
HARMLESS = re.compile(r"\+[0-9 ().-]{4,}|-")  # a phone number, a lone dash


def separator_of(lang: str) -> str:
    """What a spreadsheet of this language expects: where the comma is in numbers, a semicolon."""
    return ";" if get_decimal_symbol(lang) == "," else ","


def safe(cell: str) -> str:
    """The cell, with a quote before each place where a spreadsheet would begin a formula.

    A cell that is a phone number like +33612345678 stays as it is, and so does a lone dash.
    """
    return cell if HARMLESS.fullmatch(cell) else guarded(cell)


def guarded(cell: str) -> str:
    """The same, phone numbers included: for where a cell may be read together with the next."""
    made = RISKY.sub(r"\g<start>\g<before>'\g<quotes>", cell)
    return f"'{made}" if BLANK_FIRST.match(made) else made


def unsafe(cell: str) -> str:
    """What `safe` was given."""
    if cell.startswith("'") and BLANK_FIRST.match(cell):
        cell = cell[1:]
    return MADE_SAFE.sub(r"\g<start>\g<before>\g<quotes>", cell)


def write(
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    separator: str = ",",
    *,
    mark: bool = True,
) -> Iterator[bytes]:
    """The file, a few hundred lines at a time; `mark` puts the sign of UTF-8 first."""
    text = io.StringIO()
    text.write(BOM if mark else "")
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(_safe_row(header))
    for count, row in enumerate(rows, 1):
        writer.writerow(_safe_row([_text(cell) for cell in row]))
        if count % LINES_AT_ONCE == 0:
            yield _taken(text)
    yield _taken(text)


def _safe_row(cells: Sequence[str]) -> list[str]:
    """The first cell, and one after a separator inside a cell, may begin what another reads."""
    before = ("\n", *cells)
    return [
        guarded(cell) if ENDS_OPEN.search(last) else safe(cell)
        for last, cell in zip(before, cells, strict=False)
    ]


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.isoformat(" ", "seconds")
        case date():
            return cell.isoformat()
        case _:
            return cell


def _taken(text: io.StringIO) -> bytes:
    made = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return made
