"""CSV that spreadsheets open rightly: UTF-8 with a mark, and no cell that is a formula."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

BOM = "﻿"
SEPARATORS = {"comma": ",", "semicolon": ";"}
PHONE = re.compile(r"\+[0-9 ().-]{4,}")


def safe(cell: str) -> str:
    """The cell, with a quote before it where a spreadsheet would run it as a formula.

    A phone number like +33612345678 stays as it is, and so does a lone dash.
    (OWASP, "CSV Injection": = + - @ tab and carriage return.)
    """
    if not cell.startswith(("=", "+", "-", "@", "\t", "\r")):
        return cell
    return cell if PHONE.fullmatch(cell) or cell == "-" else f"'{cell}"


def unsafe(cell: str) -> str:
    """What `safe` was given."""
    return cell[1:] if cell.startswith("'") and safe(cell[1:]) != cell[1:] else cell


def write(header: Sequence[str], rows: Iterable[Sequence[str]], separator: str = ",") -> str:
    """The whole file as text, with its mark."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(header)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return BOM + text.getvalue()
