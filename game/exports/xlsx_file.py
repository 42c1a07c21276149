"""XLSX in which every cell is text: nothing is ever a formula."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from game.base.text import printable

BOLD = Font(bold=True)


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
    cell = WriteOnlyCell(sheet, value=printable(text))
    cell.data_type = "s"
    if bold:
        cell.font = BOLD
    return cell
