"""Content goes into a spreadsheet and comes back as it was; what is wrong is told by its cell."""

import csv
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from game import content
from game.base import paths
from game.base.refusal import Refusal
from game.content.files import read
from game.content.tabular import tables
from game.exports.content_book import write_book, write_sheet
from game.imports.content_pack import Taken, take
from game.imports.content_report import lines


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(paths.content(), tmp_path / "content"))


def book(root: Path, change: Callable[[openpyxl.Workbook], object], lang: str = "fr") -> bytes:
    made, edited = io.BytesIO(), io.BytesIO()
    write_book(read(root, lang), lang, made)
    opened = openpyxl.load_workbook(made)
    change(opened)
    opened.save(edited)
    return edited.getvalue()


def column(sheet: Worksheet, heading: str) -> str:
    found = {cell.value: cell.column_letter for cell in sheet[1]}
    return str(found[heading])


def texts(root: Path) -> dict[str, str]:
    return {str(f.relative_to(root)): f.read_text() for f in root.rglob("*.yaml")}


def told(taken: Taken, lang: str = "fr") -> set[str]:
    return set(lines(taken, lang))


@pytest.mark.parametrize("lang", content.LANGS)
def test_what_is_exported_and_imported_changes_no_file(root: Path, lang: str) -> None:
    before, made = texts(root), io.BytesIO()
    cards = next(table for table in tables() if table.inside)
    assert write_sheet(read(root, lang), cards, lang, made)
    for raw in (made.getvalue(), book(root, lambda _book: None, lang)):
        taken = take(root, lang, raw)
        assert (taken.faults, taken.notes, taken.changed) == ([], [], [])
    assert texts(root) == before


def test_a_number_of_thousands_of_figures_is_a_fault_at_its_cell(root: Path) -> None:
    def change(opened: openpyxl.Workbook) -> None:
        delays = opened["delays"]
        delays[f"{column(delays, 'days')}3"] = "9" * 5_000

    assert "delays" in str(told(take(root, "fr", book(root, change))))


def test_a_change_is_written_where_it_belongs(root: Path) -> None:
    def change(opened: openpyxl.Workbook) -> None:
        prompts = opened["prompts"]
        prompts[f"{column(prompts, 'Texte')}2"] = "- Qui sait tout : qui ?"
        cards = opened["cards"]
        cards[f"{column(cards, 'Fait 1')}2"] = "Un fait nouveau"

    before = texts(root)
    taken = take(root, "fr", book(root, change), dry=True)
    assert texts(root) == before
    taken = take(root, "fr", book(root, change))
    assert told(taken) == set()
    assert len(taken.changed) == 2
    assert content.check(root) == []
    pack = content.load(root)["fr"]
    assert pack.parts["prompts"][0].text == "- Qui sait tout : qui ?"
    assert any("Un fait nouveau" in c.facts for d in pack.parts["decks"] for c in d.cards)
    head = (root / "fr/prompts.yaml").read_text().splitlines()[0]
    assert head == before["fr/prompts.yaml"].splitlines()[0], "remarks stay"


def test_every_mistake_is_told_by_its_cell_and_nothing_is_written(root: Path) -> None:
    places: dict[str, str] = {}

    def spoil(opened: openpyxl.Workbook, name: str, heading: str, line: int, value: object) -> None:
        sheet = opened[name]
        where = f"{column(sheet, heading)}{line}"
        sheet[where] = value
        places[f"{name}.{heading}"] = f"{name} {where}"

    def change(opened: openpyxl.Workbook) -> None:
        spoil(opened, "prompts", "Tiroir", 7, "grenier")
        spoil(opened, "prompts", "Texte", 8, None)
        spoil(opened, "prompts", "Clé", 9, opened["prompts"]["A3"].value)
        spoil(opened, "quiz", "Bonne réponse", 3, "z")
        spoil(opened, "quiz", "Réponse 1", 4, "sans clé")
        spoil(opened, "briefs", "Indispensable 3", 2, None)
        spoil(opened, "briefs", "Clé", 4, "../../ailleurs")
        spoil(opened, "cards", "Critère décisif", 5, "moon")
        spoil(opened, "cards", "Appartient à", 6, "nowhere")
        spoil(opened, "cards", "Explication", 7, "x" * 801)

    before = texts(root)
    given = book(root, change)
    said = told(take(root, "fr", given))
    for place, why in {
        places["prompts.Tiroir"]: "il faut 'best'",
        places["prompts.Texte"]: "il manque",
        places["prompts.Clé"]: "cette clé est déjà à la ligne 3",
        places["quiz.Bonne réponse"]: "aucune réponse ne s'appelle z",
        places["quiz.Réponse 1"]: "écrivez une clé",
        places["briefs.Indispensable 3"]: "il manque",
        places["briefs.Clé"]: "seulement des minuscules",
        places["cards.Critère décisif"]: "ces profils n'ont pas de critère moon",
        places["cards.Appartient à"]: "rien ne s'appelle nowhere",
        places["cards.Explication"]: "c'est trop long : 800 signes au plus",
    }.items():
        assert any(line.startswith(f"{place}: {why}") for line in said), (place, why, said)
    english = told(take(root, "fr", given), "en")
    assert any(line.startswith(f"{places['prompts.Texte']}: is missing") for line in english)
    assert texts(root) == before


def test_a_new_row_is_taken_and_the_other_language_is_told_to_lack_it(root: Path) -> None:
    made = io.BytesIO()
    table = next(each for each in tables() if each.name == "prompts")
    write_sheet(read(root, "fr"), table, "fr", made)
    raw = made.getvalue() + "tout-neuf;Qui t'étonne encore ?;best\r\n".encode()
    taken = take(root, "fr", raw)
    assert told(taken) == {"(fr/prompts.yaml: tout-neuf: l'autre langue (en) n'a pas cette clé)"}
    assert content.load(root)["fr"].parts["prompts"][-1].text == "Qui t'étonne encore ?"


def test_a_column_that_lacks_or_is_strange_is_told(root: Path) -> None:
    rows = [["key", "cue", "Humeur"], ["a", "best", "gai"]]
    made = io.StringIO()
    csv.writer(made).writerows(rows)
    assert told(take(root, "fr", made.getvalue().encode())) == {
        "prompts C1: aucune colonne ne s'appelle Humeur",
        "prompts: il manque la colonne « Texte »",
    }


@pytest.mark.parametrize("raw", [b"", b"a;b\r\n1;2\r\n", b"%PDF-1.7", b"PK\x03\x04broken"])
def test_what_is_no_content_is_refused(root: Path, raw: bytes) -> None:
    with pytest.raises(Refusal):
        take(root, "fr", raw)
