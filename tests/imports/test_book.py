"""Workbooks and documents that would end a process, or that were damaged on their way."""

import random
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from docx import Document
from reportlab.pdfgen.canvas import Canvas

from game.base.refusal import Refusal
from game.imports import bounded
from game.imports.document import text_of
from game.imports.mapping import look
from game.imports.sheet import in_book, sheets


def book(*filled: dict[str, str]) -> bytes:
    """A workbook with a sheet for each of these: what stands in which cell."""
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as written:
        for cells in filled:
            sheet = written.add_worksheet()
            for place, text in cells.items():
                sheet.write(place, text)
    return made.getvalue()


PEOPLE = {"C4": "Nom", "D4": "Poste", "C5": "Nora Blanc", "D7": "Soudeuse"}


def test_a_cell_far_out_is_said_and_ends_no_process(tmp_path: Path) -> None:
    """Between it and the others is room for seventeen milliards of cells."""
    raw = book(PEOPLE | {"XFD1048576": "x"})
    (tmp_path / "far.xlsx").write_bytes(raw)
    for read in (lambda: list(sheets(raw)), lambda: look(tmp_path / "far.xlsx")):
        with pytest.raises(Refusal) as refused:
            read()
        assert refused.value.code == "file_too_large"


def test_a_stray_cell_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(book(PEOPLE | {"AZ20000": "x"}))
    (found,) = look(tmp_path / "x.xlsx")
    assert found.fields[2:4] == ["name", "role"]


def test_rows_have_the_numbers_and_columns_that_people_see(tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(book(PEOPLE, {}, {"B2": "x"}))
    with (tmp_path / "x.xlsx").open("rb") as opened:
        one, _empty, other = in_book(opened)
    (last,) = other  # whichever is read first
    assert (last.number, last.cells) == (2, ["", "x"])
    assert [(line.number, list(line.cells)) for line in one] == [
        (4, ["", "", "Nom", "Poste"]),
        (5, ["", "", "Nora Blanc"]),
        (7, ["", "", "", "Soudeuse"]),
    ]


def docx() -> bytes:
    made, document = BytesIO(), Document()
    document.add_paragraph("Nora Blanc, soudeuse")
    document.add_table(2, 2).cell(0, 0).text = "TIG"
    document.save(made)
    return made.getvalue()


DOCX = docx()


def pdf() -> bytes:
    made = BytesIO()
    canvas = Canvas(made)
    canvas.drawString(100, 700, "Nora Blanc, soudeuse")
    canvas.save()
    return made.getvalue()


def damaged(raw: bytes, dice: random.Random) -> bytes:
    spoilt = bytearray(raw)
    for _ in range(dice.choice((1, 1, 3, 20))):
        at = dice.randrange(len(spoilt))
        spoilt[at : at + dice.randrange(9)] = dice.randbytes(dice.randrange(9))
    return bytes(spoilt)


def within(raw: bytes, dice: random.Random) -> bytes:
    """A DOCX of which one part is damaged, while its container is whole."""
    made, packed = BytesIO(), zipfile.ZipFile(BytesIO(raw))
    parts = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")
    hit = dice.choice(parts)
    with zipfile.ZipFile(made, "w") as written:
        for name in packed.namelist():
            content = packed.read(name)
            written.writestr(name, damaged(content, dice) if name == hit else content)
    return made.getvalue()


def refusal(raw: bytes) -> Refusal | None:
    """How a document is refused; None where it is read."""
    try:
        text_of(raw)
    except Refusal as told:
        return told
    return None


@pytest.mark.parametrize(
    ("make", "spoil"),
    [(docx, within), (docx, damaged), (pdf, damaged)],
    ids=["parts", "zip", "pdf"],
)
def test_no_damaged_document_is_a_traceback(
    make: Callable[[], bytes], spoil: Callable[[bytes, random.Random], bytes]
) -> None:
    raw, dice = make(), random.Random(8)
    assert "Nora Blanc" in text_of(raw)
    told = [one for one in (refusal(spoil(raw, dice)) for _ in range(8)) if one]
    assert told
    assert all(set(one.fields) == {"file"} for one in told)


def test_a_document_is_not_read_by_the_process_that_rooms_play_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for library in ("pypdf.PdfReader", "docx.Document"):
        monkeypatch.setattr(library, None)
    assert "Nora Blanc" in text_of(DOCX)
    assert "Nora Blanc" in text_of(pdf())
    (tmp_path / "greedy.py").write_text("held = bytearray(3 << 30)")
    with (tmp_path / "x").open("wb+") as file:
        assert bounded.read(tmp_path / "greedy.py", file, file) < 0
