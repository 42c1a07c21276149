"""A position and its content go out to a spreadsheet and come back, each mistake at its cell."""

import re
from io import BytesIO

import openpyxl
import pytest
from flask.testing import FlaskClient

from tests.desk.at_desk import Desk
from tests.desk.test_positions import BRIEF, DECK, PROMPTS, blank, deck, prompt, row_of

pytestmark = pytest.mark.filterwarnings("ignore:Passing SelectField choices:DeprecationWarning")


def cell(book: openpyxl.Workbook, sheet: str, heading: str, line: int) -> str:
    column = next(c.column_letter for c in book[sheet][1] if c.value == heading)
    return f"{column}{line}"


def give(client: FlaskClient, path: str, book: openpyxl.Workbook | bytes) -> tuple[int, str]:
    made = BytesIO()
    if isinstance(book, bytes):
        made.write(book)
    else:
        book.save(made)
    made.seek(0)
    answer = client.post(f"{path}/content", data={"file": (made, "poste.xlsx")})
    return answer.status_code, answer.text


def test_a_position_goes_out_and_comes_back(desk: Desk) -> None:
    client, _user = desk.person("recruiter")
    path = blank(client)
    assert f"{path}/content.xlsx" in client.get(path).text

    def sheet() -> openpyxl.Workbook:
        return openpyxl.load_workbook(BytesIO(client.get(f"{path}/content.xlsx").data))

    assert give(client, path, sheet())[0] == 422, "a blank one lacks what a position must have"
    assert not row_of(desk, path).is_whole
    client.post(path, data={**BRIEF, **deck(), **prompt()})
    before = row_of(desk, path)
    assert give(client, path, sheet())[0] == 302
    after = row_of(desk, path)
    assert (after.own, after.title, after.must_haves) == (
        before.own, before.title, before.must_haves
    )  # fmt: skip

    book = sheet()
    book["briefs"][cell(book, "briefs", "Où", 2)] = "Lorient"
    book[PROMPTS][cell(book, PROMPTS, "Texte", 2)] = "Qui nage ?"
    book["cards"][cell(book, "cards", "Fait 1", 3)] = "Nage bien"
    assert give(client, path, book)[0] == 302
    kept = row_of(desk, path)
    assert kept.where == "Lorient"
    assert "Qui nage ?" in str(kept.own[PROMPTS])
    assert "Nage bien" in str(kept.own[DECK])

    wrong = {
        cell(book, "briefs", "Pourquoi c'est bien", 2): ("briefs", None, "il manque"),
        cell(book, PROMPTS, "Tiroir", 2): (PROMPTS, "grenier", "ce n'est pas juste"),
        cell(book, "cards", "Critère décisif", 4): ("cards", "lune", "ce n'est pas juste"),
        cell(book, "cards", "Explication", 2): ("cards", "x" * 801, "c'est trop long"),
    }
    for where, (name, value, _why) in wrong.items():
        book[name][where] = value
    status, text = give(client, path, book)
    assert status == 422
    for where, (name, _value, why) in wrong.items():
        assert f"<li>{name} {where}: {why}" in text.replace("&#39;", "'").replace("’", "'")
    assert row_of(desk, path).own == kept.own
    assert give(client, path, b"%PDF-1.7")[0] == 422
    assert give(client, path, b"")[0] == 422


@pytest.mark.parametrize(
    ("lang", "more"), [("fr", r"Et \d\d autres erreurs\."), ("en", r"And \d\d more mistakes\.")]
)
def test_of_more_mistakes_than_anybody_reads_the_first_are_shown(
    desk: Desk, lang: str, more: str
) -> None:
    client, _user = desk.person("recruiter", lang=lang)
    path = blank(client)
    book = openpyxl.load_workbook(BytesIO(client.get(f"{path}/content.xlsx").data))
    headings = ";".join(str(c.value) for c in book["briefs"][1])
    lines = "\n".join([headings, *["Soudeur"] * 99])
    status, text = give(client, path, lines.encode())
    assert status == 422
    assert text.count("<li>briefs") == 50
    assert re.search(more, text)
