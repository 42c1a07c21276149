"""XLSX in which every cell is text: nothing is ever a formula."""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

BOLD = Font(bold=True)
# what XML 1.0 (2.2, Char) forbids: one such sign makes the whole file unreadable
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The whole file."""
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet("Sourcerie")
    sheet.freeze_panes = "C2"
    sheet.append([_cell(sheet, name, bold=True) for name in header])
    for row in rows:
        sheet.append([_cell(sheet, text) for text in row])
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _cell(sheet: Any, text: str, *, bold: bool = False) -> Any:
    cell = WriteOnlyCell(sheet, value=FORBIDDEN.sub("", text))
    cell.data_type = "s"
    if bold:
        cell.font = BOLD
    return cell
