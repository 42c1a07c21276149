"""CSV and XLSX: no formula runs, no phone number is damaged."""

import csv
import io

import openpyxl
import pytest

from game.exports import csv_file, xlsx_file

NASTY = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]
PLAIN = ["+33612345687", "+33 6 12 34 56 87", "-", "Zoë; l'amie", 'dit "oui"', "a\nb", ""]


@pytest.mark.parametrize("cell", NASTY)
def test_a_formula_is_neutralised(cell: str) -> None:
    assert csv_file.safe(cell) == f"'{cell}"
    assert csv_file.unsafe(csv_file.safe(cell)) == cell


@pytest.mark.parametrize("cell", PLAIN)
def test_a_plain_cell_stays(cell: str) -> None:
    assert csv_file.safe(cell) == cell


def test_a_sign_that_xml_forbids_leaves_the_file_readable() -> None:
    made = xlsx_file.write(["a"], [["produc\ufffetion\x07 \uffff"]])
    sheet = openpyxl.load_workbook(io.BytesIO(made)).active
    assert sheet is not None
    assert sheet["A2"].value == "production "


@pytest.mark.parametrize("separator", [",", ";"])
def test_csv_reads_back(separator: str) -> None:
    text = csv_file.write(["a"] * len(PLAIN), [PLAIN], separator)
    assert text.encode().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=separator))
    assert rows[1] == PLAIN


def test_xlsx_cells_are_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_file.write(["x"] * 6, [NASTY])))
    sheet = book.active
    assert sheet is not None
    cells = list(sheet.iter_rows(min_row=2))[0]  # noqa: RUF015
    assert [cell.data_type for cell in cells] == ["s"] * 6
    assert cells[0].value == "=1+1"
