"""Files as people have them: encodings, separators, quotes, headings, dates, fields that are wrong.

Each is written here; none is anybody's.
"""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game import content
from game.base import paths
from game.base.refusal import Refusal
from game.exports.columns import COLUMNS, titles
from game.imports.dates import moment_of
from game.imports.decoding import decoded
from game.imports.headings import best_reading, field_of, fields_of
from game.imports.labels import Labels
from game.imports.line import Reader
from game.imports.pool_file import Outcome, lines_of
from game.imports.sheet import sheets
from game.imports.table import tables
from game.pool.incoming import Incoming

PACKS = content.load(paths.content())
FRENCH = (
    "nom;société;poste\r\nZoé Lefèvre;Société Générique;Cheffe de projet\r\n"
    "Élodie Blé;Œuvres & Cie;Développeuse « qualité »\r\n"
)


def lines(raw: bytes) -> list[list[str]]:
    """The cells of the best reading, its headings first."""
    (readings,) = sheets(raw)
    best = best_reading(readings)
    assert best
    sheet, place = best
    found = [[str(cell) for cell in line.cells] for line in sheet[place:]]
    assert in_file(raw) == found
    return found


def in_file(raw: bytes) -> list[list[str]]:
    """The same of a file that is read a piece at a time, as those of people are."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "x"
        file.write_bytes(raw)
        (table,) = tables(file)
        cells = [table.headings, *(line.cells for line in table.lines)]
    return [[str(cell) for cell in row] for row in cells]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
def test_an_encoding_is_found(encoding: str) -> None:
    raw = FRENCH.encode(encoding)
    assert decoded(raw).removeprefix("\ufeff") == FRENCH
    assert in_file(raw) == lines(FRENCH.encode())


def test_a_damaged_byte_does_not_spoil_the_others() -> None:
    raw = (FRENCH * 20).encode() + b"\xff;\r\n"
    assert decoded(raw).startswith("nom;société")
    assert lines(raw)[:3] == lines(FRENCH.encode())


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_separator_and_a_line_s_end_are_found(separator: str, end: str) -> None:
    text = end.join(("Nom;Mail", '"Blanc, Nora; dite |Nana|";n@exemple.fr', ""))
    quoted = text.replace('"Blanc, Nora; dite |Nana|"', "@").replace(";", separator)
    raw = quoted.replace("@", '"Blanc, Nora; dite |Nana|"', 1).encode()
    assert lines(raw)[1] == ["Blanc, Nora; dite |Nana|", "n@exemple.fr"]


def test_quotes_and_line_ends_in_a_cell() -> None:
    raw = b'name;role\r\n"Ana ""Nana"" Petit";"Cheffe\r\nde projet; Sud"\r\nPaul;\r\n'
    assert lines(raw)[1:] == [['Ana "Nana" Petit', "Cheffe\r\nde projet; Sud"], ["Paul", ""]]


def test_a_quote_that_is_never_closed_swallows_no_other_line() -> None:
    raw = b'name;role\n"Ana Petit;Cheffe\nPaul Durand;Acheteur\nNora "dite" Blanc;Soudeuse\n'
    assert lines(raw)[1:] == [
        ["Ana Petit", "Cheffe"],
        ["Paul Durand", "Acheteur"],
        ['Nora "dite" Blanc', "Soudeuse"],
    ]


def test_a_note_before_the_headings_is_stepped_over() -> None:
    raw = (
        b'Notes:\n"When exporting, you may notice, that some are missing."\n\n'
        b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
        b"Nora,Blanc,https://www.linkedin.com/in/nora-b,,Exemple SA,Acheteuse,12 Jan 2024\n"
    )
    assert fields_of(lines(raw)[0]) == [
        *("first_name", "last_name", "link", "mail", "company", "role", ""),
    ]


def test_one_column_and_empty_rows_are_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Nom\n\nNora Blanc\n \n\nPaul Durand\n\n")
    outcome = Outcome()
    read = lines_of(tables(tmp_path / "x.csv"), Reader(Labels(PACKS), "FR"), outcome)
    assert [(one.at, one.person.name) for one in read if one.person] == [
        *(("3", "Nora Blanc"), ("6", "Paul Durand")),
    ]
    assert outcome.refused == {}


def test_a_huge_cell_is_no_obstacle() -> None:
    assert len(lines(b"name;role\nNora;" + b"x" * 300_000)[1][1]) == 300_000


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Prénom", "first_name"),
        (" PRENOM ", "first_name"),
        ("Nom de famille", "last_name"),
        ("E-mail", "mail"),
        ("Adresse e-mail professionnelle", "mail"),
        ("Email 2", "mail"),
        ("Téléphone", "phone"),
        ("Tel.", "phone"),
        ("N° de téléphone", "phone"),
        ("Poste", "role"),
        ("Intitulé du poste", "role"),
        ("Société", "company"),
        ("ENTREPRISE ACTUELLE", "company"),
        ("Profil LinkedIn", "link"),
        ("job_title", "role"),
        ("Civilité", ""),
        ("", ""),
    ],
)
def test_a_heading_is_known_however_it_is_spelled(heading: str, field: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_each_heading_of_ours_is_its_own_field(lang: str) -> None:
    assert [field_of(title) for title in titles(lang)] == [c.key for c in COLUMNS]


@pytest.mark.parametrize("group", ["channels", "relationships", "reasons", "verdicts", "types"])
def test_each_label_of_ours_is_its_own_key(group: str) -> None:
    from game.exports.words import words

    labels = Labels(PACKS)
    for lang, pack in PACKS.items():
        for key, label in getattr(words(pack, lang), group).items():
            assert labels.key(group, label) == key, (lang, label)


@pytest.mark.parametrize(
    "typed",
    [
        *("05/11/2026", "5/11/26", "05.11.2026", "05-11-2026", "2026-11-05", "2026/11/05"),
        *("5 novembre 2026", "jeudi 5 nov. 2026", "5 November 2026", "Nov 5, 2026", "20261105"),
        *("46331", "46331.0", "2026-11-05T00:00:00Z"),
    ],
)
def test_a_date_is_read_as_people_write_it(typed: str) -> None:
    assert moment_of(typed) == datetime(2026, 11, 5)


@pytest.mark.parametrize("typed", ["31/02/2026", "demain", "2026", "mars 2026", "12", "x", "1e9"])
def test_what_is_no_day_is_none(typed: str) -> None:
    assert moment_of(typed) is None


def read(**values: Any) -> tuple[Incoming, dict[str, str]]:
    cells = {name: value if isinstance(value, list) else [value] for name, value in values.items()}
    return Reader(Labels(PACKS), "FR").read(cells)


WRONG = {
    "mail": ("nope", "mail_invalid"),
    "phone": ("12", "phone_invalid"),
    "link": ("pas de lien", "link_invalid"),
    "inform_by": ("bientôt", "date_invalid"),
    "informed": ("oui", "date_invalid"),
    "created": ("31/02/2026", "date_invalid"),
    "internal": ("peut-être", "yes_or_no"),
    "verdict": ("bof", "verdict_unknown"),
    "role": ("x" * 121, "cut"),
    "skills": (",".join("abcdefghijklmnopqrstuvwxyz"), "cut"),
}


@pytest.mark.parametrize("field", WRONG)
def test_a_wrong_field_is_said_and_never_loses_the_person(field: str) -> None:
    bad, code = WRONG[field]
    person, faults = read(name="Nora Blanc", company="Exemple SA", **{field: bad})
    assert (person.name, person.company) == ("Nora Blanc", "Exemple SA")
    assert faults == {field: code}


def test_several_ways_to_somebody_are_all_theirs() -> None:
    person, faults = read(
        name="Nora Blanc",
        mail=["nora@exemple.fr / nora@ailleurs.fr"],
        phone=["06 12 34 56 78 (perso)", "0145678901"],
    )
    assert (person.mail, person.phone) == ("nora@exemple.fr", "+33612345678")
    assert set(person.keys()) == {
        *("m:nora@exemple.fr", "m:nora@ailleurs.fr", "p:+33612345678", "p:+33145678901"),
    }
    assert faults == {"mail": "only_first", "phone": "only_first"}


def test_first_and_last_name_make_a_name() -> None:
    assert read(first_name="Nora", last_name="BLANC")[0].name == "Nora BLANC"
    assert read(name="李")[0].name == "李"


@pytest.mark.parametrize("name", ["", " \u200b", "–", "x" * 81])
def test_without_a_name_there_is_nobody(name: str) -> None:
    with pytest.raises(Refusal):
        read(name=name, mail="nora@exemple.fr")


def test_a_book_is_read_with_its_dates_numbers_and_gaps(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ["Annuaire"],
        [],
        ["Nom", "Téléphone", "À informer avant"],
        ["Nora Blanc", 612345678, datetime(2026, 12, 31)],
    ):
        sheet.append(row)
    book.save(tmp_path / "x.xlsx")
    assert lines((tmp_path / "x.xlsx").read_bytes())[1][:2] == ["Nora Blanc", "612345678"]
    (readings,) = sheets((tmp_path / "x.xlsx").read_bytes())
    last = readings[0][-1]
    assert last.number == 4
    person, faults = read(name="Nora", phone="612345678", inform_by=last.cells[2])
    assert (person.phone, str(person.inform_by), faults) == ("+33612345678", "2026-12-31", {})


@pytest.mark.parametrize(
    "raw", [b"PK\x03\x04nothing", b"%PDF-1.7 \x00\x01", bytes(range(256)) * 4, b"\xd0\xcf\x11\xe0x"]
)
def test_what_is_no_table_is_refused(raw: bytes) -> None:
    with pytest.raises(Refusal):
        read_whole(raw)


def read_whole(raw: bytes) -> None:
    if not any(best_reading(readings) for readings in sheets(raw)):
        raise Refusal("no_names")


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=300).map(str.encode)))
def test_no_file_is_a_traceback(raw: bytes) -> None:
    reader = Reader(Labels(PACKS), "FR")
    with suppress(Refusal):
        found = [best_reading(readings) for readings in sheets(b"name;mail;role\n" + raw)]
        for sheet, place in filter(None, found):
            for line in sheet[place + 1 :]:
                reader.read({"name": line.cells[:1], "mail": line.cells[1:2]})
    with TemporaryDirectory() as folder:
        file = Path(folder) / "x"
        card = b"BEGIN:VCARD\n" + raw + b"\nEND:VCARD\n"
        for whole in (raw, b"name;mail;role\n" + raw, card):
            file.write_bytes(whole)
            with suppress(Refusal):
                list(lines_of(tables(file, anyhow=True), reader, Outcome()))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=30))
def test_no_date_is_a_traceback(text: str) -> None:
    moment_of(text)
