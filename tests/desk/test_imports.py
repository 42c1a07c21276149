"""Importing at the desk: a file, its columns, a preview, the import, its report, the way back."""

import io
from typing import Any

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from game.base.days import day_of
from game.base.sizes import MEGABYTE
from game.jobs.worker import Worker
from game.store.database_clock import clock
from game.store.tables import (
    AuditEntry,
    ImportFile,
    ImportProfile,
    Job,
    Lead,
    LeadKey,
    PoolImport,
    Recommendation,
)
from game.web.desk.transfer.imports import MOST
from tests.desk.at_desk import Desk
from tests.desk.monday import plain

FILE = (
    "Nom;Mail;Date de naissance\nNora Blanc;nora@exemple.fr;1980\n;x@exemple.fr;\nLuc Morin;faux;\n"
)
ODD = "Qui;Où\nNora Blanc;Acier\nPaul Durand;Bois\n"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    for table in (ImportFile, ImportProfile, PoolImport, Job, AuditEntry):
        desk.write(lambda s, table=table: s.execute(delete(table)))
    return desk


def work(desk: Desk) -> None:
    worker = Worker(desk.game.store, desk.game.packs, desk.game.settings)
    worker.asked = day_of(desk.read(clock))
    while worker.once():
        pass


def upload(who: FlaskClient, text: str | bytes, name: str = "salon.csv") -> Any:
    raw = text.encode() if isinstance(text, str) else text
    head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = head.encode() + raw + b"\r\n--b--\r\n"
    return who.post("/desk/import", data=body, content_type="multipart/form-data; boundary=b")


def folder(desk: Desk) -> list[str]:
    place = desk.game.settings.instance_dir / "imports"
    return sorted(file.name for file in place.iterdir()) if place.exists() else []


def leads(desk: Desk) -> list[str]:
    return desk.read(lambda s: sorted(s.scalars(select(Lead.name))))


PLATFORM = (
    "Nom;Métier;Compétences;Mail;Prix par jour;Avis;Ville\n"
    "Nora Blanc;Soudeuse;TIG;nora@exemple.fr;450;parfaite;Brest\n"
)


def test_a_platforms_list_gives_no_more_than_the_law_lets_it(desk: Desk) -> None:
    who, _by = desk.person()
    columns = upload(who, PLATFORM, "malt.csv").headers["Location"]
    named = ("name", "role", "skills", "mail", "reason", "verdict_reason", "channel")
    chosen = {f"c-0-{n}": field for n, field in enumerate(named)}
    who.post(columns, data={**chosen, "freelance": "1"})
    work(desk)
    at = columns.removesuffix("/columns")
    page = plain(who.get(at).text)
    assert all(word in page for word in ("Prix par jour", "Avis", "Ville"))  # are left out
    who.post(f"{at}/start")
    work(desk)
    (lead,) = desk.read(lambda s: s.scalars(select(Lead)).all())
    assert (lead.name, lead.role, lead.channel) == ("Nora Blanc", "Soudeuse", "freelance-platform")
    assert lead.informed_at is None
    assert "450" not in lead.folded
    assert "brest" not in lead.folded
    assert desk.read(lambda s: s.scalars(select(Recommendation.id)).all()) == []


def test_from_a_file_to_the_pool_and_back(desk: Desk) -> None:
    who, by = desk.person()
    known = desk.lead("N. Blanc", mail="nora@exemple.fr")
    desk.write(lambda s: s.add(LeadKey(key="m:nora@exemple.fr", lead_id=known)))
    columns = upload(who, FILE).headers["Location"]
    page = plain(who.get(columns).text)
    assert "Date de naissance" in page
    assert "nora@exemple.fr" in page
    assert '<option value="mail" selected>' in page
    at = columns.removesuffix("/columns")
    assert who.post(f"{at}/start").status_code in (409, 422)  # not looked through yet
    chosen = {"c-0-0": "name", "c-0-1": "mail", "c-0-2": ""}
    assert who.post(columns, data=chosen).headers["Location"] == at
    waiting = who.get(at).text
    assert 'data-watch="2"' in waiting  # its script looks again,
    assert (
        '<noscript><meta http-equiv="refresh" content="2"></noscript>' in waiting
    )  # or else it does
    work(desk)
    page = plain(who.get(at).text)
    for word in ("N. Blanc", "même mail", "Luc Morin", "il manque un nom", "Date de naissance"):
        assert word in page, word
    assert leads(desk) == ["N. Blanc"]
    assert who.post(f"{at}/start").status_code == 302
    assert who.post(f"{at}/start").status_code in (302, 409, 422)
    work(desk)
    page = plain(who.get(at).text)
    assert "Annuler cet import" in page
    assert "Luc Morin" not in page
    assert "nora@" not in page
    assert leads(desk) == ["Luc Morin", "N. Blanc"]
    assert folder(desk) == []
    assert who.post(f"{at}/undo").status_code == 302
    work(desk)
    assert "Retirées : 1" in plain(who.get(at).text)
    assert leads(desk) == ["N. Blanc"]
    audited = desk.read(lambda s: [(e.action, e.user_id) for e in s.scalars(select(AuditEntry))])
    assert {
        *((name, by) for name in ("import_uploaded", "import_mapped", "import_previewed")),
        *((name, by) for name in ("import_started", "pool_imported", "import_taken_back")),
    } <= set(audited)
    assert "salon.csv" in who.get("/desk/import").text


def test_columns_nobody_knows_are_told_once_and_remembered(desk: Desk) -> None:
    who, _ = desk.person()
    columns = upload(who, ODD).headers["Location"]
    assert "la première ligne est lue" in plain(who.get(columns).text)
    refused = who.post(columns, data={"c-0-0": "", "c-0-1": "company"})
    assert refused.status_code == 422
    assert '<option value="company" selected>' in refused.text  # what was chosen is still there
    who.post(columns, data={"c-0-0": "name", "c-0-1": "company"})
    again = upload(desk.person()[0], ODD.replace("Paul", "Zoé")).headers["Location"]
    page = plain(who.get(again).text)
    assert "sont repris" in page
    assert page.count(" selected>") == 2
    assert " selected>" not in who.get(f"{again}?guess=1").text
    at = again.removesuffix("/columns")
    who.post(again, data={"c-0-0": "name", "c-0-1": "company"})
    work(desk)
    who.post(f"{at}/start")
    work(desk)
    assert leads(desk) == ["Nora Blanc", "Zoé Durand"]


def test_a_field_of_ours_and_no_other(desk: Desk) -> None:
    who, _ = desk.person()
    columns = upload(who, FILE).headers["Location"]
    assert who.post(columns, data={"c-0-0": "name", "c-0-2": "born"}).status_code == 422


def test_cards_need_no_columns(desk: Desk) -> None:
    who, _ = desk.person(lang="en")
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Nora Blanc\r\nEMAIL:n@exemple.fr\r\nEND:VCARD\r\n"
    at = upload(who, card, "book.vcf").headers["Location"]
    assert not at.endswith("/columns")
    work(desk)
    assert "Nora Blanc" in who.get(at).text
    who.post(f"{at}/start")
    work(desk)
    assert leads(desk) == ["Nora Blanc"]


def test_a_book_is_read_like_a_table(desk: Desk) -> None:
    from openpyxl import Workbook

    book, raw = Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    sheet.append(("Prénom", "Nom", "Société"))
    sheet.append(("Nora", "Blanc", "Acier"))
    book.save(raw)
    who, _ = desk.person()
    columns = upload(who, raw.getvalue(), "x.xlsx").headers["Location"]
    who.post(columns, data={"c-0-0": "first_name", "c-0-1": "last_name", "c-0-2": "company"})
    at = columns.removesuffix("/columns")
    work(desk)
    who.post(f"{at}/start")
    work(desk)
    assert leads(desk) == ["Nora Blanc"]


def test_what_cannot_be_read_is_said_at_the_field_and_not_kept(desk: Desk) -> None:
    who, _ = desk.person()
    before = folder(desk)
    for raw in (b"%PDF-1.7", b"", b"PK\x03\x04 broken"):
        answer = upload(who, raw, "x.csv")
        assert answer.status_code == 422
        assert 'id="i-error"' in answer.text
    assert who.post("/desk/import").status_code == 422
    assert folder(desk) == before
    too_much = upload(who, b"Nom\n" + b"x" * MOST * MEGABYTE)
    assert too_much.status_code == 413
    assert f"{MOST} Mo au plus" in plain(too_much.text)
    assert upload(who, "Nom\n" + "Nora Blanc\n" * 300_000).status_code == 302  # 3 MB are welcome


def test_a_table_that_no_browser_could_show_is_refused(desk: Desk) -> None:
    who, _ = desk.person()
    before = folder(desk)
    names, cells = [f"c{n}" for n in range(2_000)], ["x"] * 2_000
    book, made = openpyxl.Workbook(), io.BytesIO()
    for row in (["Nom", *names], ["Nora Blanc", *cells]):
        book.active.append(row)
    book.save(made)
    sheets, many = openpyxl.Workbook(), io.BytesIO()
    for n in range(6):
        sheet = sheets.create_sheet(f"Feuille {n}")
        sheet.append(["Nom", *names[:99]])
        sheet.append(["Nora Blanc"])
    sheets.save(many)
    rows = (";".join(["Nom", *names]), ";".join(["Nora Blanc", *cells]))
    quoted = "\n".join(f'"{row.replace(";", chr(34) + ";" + chr(34))}"' for row in rows)
    bare = "\n".join(rows)
    for raw in (bare, quoted, bare.replace("Nom", "Qui"), made.getvalue(), many.getvalue()):
        answer = upload(who, raw)
        assert answer.status_code == 422
        assert "500 au plus" in plain(answer.text)
    assert folder(desk) == before
    wide = ";".join(["Nom", *names[:499]])
    assert upload(who, f"{wide}\nNora Blanc\n").status_code == 302


def test_a_file_given_up_is_gone(desk: Desk) -> None:
    who, _ = desk.person()
    before = folder(desk)
    columns = upload(who, FILE).headers["Location"]
    at = columns.removesuffix("/columns")
    who.post(columns, data={"c-0-0": "name"})
    assert who.post(f"{at}/stop").status_code == 302
    assert folder(desk) == before
    assert who.get(columns).status_code == 404
    work(desk)
    assert folder(desk) == before
    assert leads(desk) == []
