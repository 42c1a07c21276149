"""CSV and XLSX: no formula runs, no phone number is damaged, dates are dates, memory is bounded."""

import csv
import io
import re
import tracemalloc
from collections.abc import Iterator
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.exports import csv_file, xlsx_file
from game.exports.columns import COLUMNS, Column, titles

NASTY = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", ' "=1']
HIDDEN = [
    "tél ; +33 6 12 34 56 87",
    "x;=1+1",
    "x,=1+1",
    'x;"=1+1',
    "x\n=1+1",
    "x\t@SUM(A1)",
    "x; =1+1",
    "a|-2+3|b",
]
PLAIN = [
    *("+33612345687", "+33 6 12 34 56 87", "-", "Zoë; l'amie", 'dit "oui"', "a\nb", ""),
    *("l'apostrophe ; 'entre quotes'", "C++, C#", "a\n\nb"),
]
TEXTS = st.text(alphabet=list("ab=+-@'\";,|\t\r\n 1＝é"), max_size=14)


def written(rows: list[list[str]], separator: str) -> str:
    """What stands in a file of these rows, without its mark and its header."""
    text = b"".join(csv_file.write(["a"], rows, separator)).decode()
    return text.removeprefix(csv_file.BOM).removeprefix("a\r\n")


@pytest.mark.parametrize("cell", [*NASTY, *HIDDEN])
def test_a_formula_is_neutralised(cell: str) -> None:
    assert csv_file.safe(cell) != cell
    assert csv_file.unsafe(csv_file.safe(cell)) == cell


@pytest.mark.parametrize("cell", PLAIN)
def test_a_plain_cell_stays(cell: str) -> None:
    assert csv_file.safe(cell) == cell


def begins_a_formula(cell: str) -> bool:
    bare = cell.strip(' "')
    harmless = bare == "-" or re.fullmatch(r"\+[0-9 ().-]{4,}", bare)  # and nothing after it
    return bare.startswith(tuple("=+-@＝")) and not harmless


@settings(max_examples=1000)
@given(row=st.lists(TEXTS, min_size=1, max_size=3), separator=st.sampled_from(",;"))
def test_no_spreadsheet_finds_a_formula_whichever_separator_it_expects(
    row: list[str], separator: str
) -> None:
    text = written([row], separator)
    for expected in (",", ";", "\t", "|"):
        for found in csv.reader(io.StringIO(text, newline=""), delimiter=expected):
            assert not any(map(begins_a_formula, found)), (text, expected)
    (back,) = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    assert [csv_file.unsafe(cell) for cell in back] == row


@pytest.mark.parametrize("separator", [",", ";"])
def test_csv_reads_back(separator: str) -> None:
    row = ["a1b2", *PLAIN]
    text = b"".join(csv_file.write(["a"] * len(row), [row], separator)).decode()
    assert text.encode().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(text[1:], newline=""), delimiter=separator))
    assert rows[1] == row


def book(*rows: list[object], columns: tuple[Column, ...] = ()) -> openpyxl.Workbook:
    columns = columns or tuple(Column(f"c{n}", f"c{n}") for n in range(len(rows[0])))
    into = io.BytesIO()
    xlsx_file.write(columns, [c.title for c in columns], rows, into)  # type: ignore[arg-type]
    return openpyxl.load_workbook(into)


def test_xlsx_cells_are_text() -> None:
    sheet = book(NASTY).worksheets[0]
    cells = next(sheet.iter_rows(min_row=2))
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[0].value == "=1+1"


def test_a_sign_that_xml_forbids_leaves_the_file_readable() -> None:
    made = book(["produc\ufffetion\x07 \uffff", "x" * 40_000])
    assert made.worksheets[0]["A2"].value == "production "
    assert len(made.worksheets[0]["B2"].value) == 32_767


def test_a_sheet_has_widths_a_frozen_header_a_filter_and_real_dates() -> None:
    row = [None] * len(COLUMNS)
    keys = [column.key for column in COLUMNS]
    row[keys.index("inform_by")] = date(2026, 12, 31)
    row[keys.index("created")] = datetime(2026, 11, 25, 13, 4, 5)
    sheet = book(row, columns=COLUMNS).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:{sheet.cell(2, len(COLUMNS)).coordinate}"
    assert sheet.column_dimensions["B"].width > 20
    by_title = dict(zip(titles("fr"), next(sheet.iter_rows(min_row=2)), strict=True))
    assert by_title["À informer avant"].value == datetime(2026, 12, 31)
    assert by_title["À informer avant"].is_date
    assert by_title["Entrée au vivier"].value == datetime(2026, 11, 25, 13, 4, 5)


def test_more_rows_than_a_sheet_holds_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 2)
    made = book(["a"], ["b"], ["c"])
    assert [sheet.max_row for sheet in made.worksheets] == [3, 2]
    assert made.worksheets[1]["A2"].value == "c"


def many(count: int) -> Iterator[list[str]]:
    return ([f"cellule {n} {place}" for place in range(10)] for n in range(count))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_memory_does_not_grow_with_the_rows(kind: str) -> None:
    def peak(count: int) -> int:
        tracemalloc.start()
        columns = [Column(str(n), str(n)) for n in range(10)]
        names = [column.title for column in columns]
        stream = (
            csv_file.write(names, many(count))
            if kind == "csv"
            else xlsx_file.stream(columns, names, many(count))
        )
        assert sum(map(len, stream)) > count * 10
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(100)  # what is loaded once
    assert peak(6_000) < peak(1_000) + 500_000
