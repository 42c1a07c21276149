"""The officer's pages: facts, notice, papers and the log, in both languages."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from game.privacy import company, notice
from game.privacy.audit import audit
from game.store.tables import AuditEntry
from tests.privacy.pages import Signed, application, game_of
from tests.privacy.test_papers import FACTS, KEYS


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with application(Path(tmp_path_factory.mktemp("law"))) as made:
        yield made


@pytest.fixture
def officer(app: Flask) -> Signed:
    return Signed(app, "dpo")


def test_from_empty_facts_to_a_published_notice(app: Flask, officer: Signed) -> None:
    assert "Publier ce qui est enregistré" not in officer.get("/law/notice")
    bad = officer.post("/law/company", 422, **{**FACTS, "lead_months": "99"})
    assert 'value="99"' in bad.text  # what was typed is still there
    assert "de 1 à 24" in bad.text
    officer.post("/law/company", **FACTS)
    assert "Il manque" not in officer.get("/law")
    officer.post("/law/notice/publish")
    told = officer.get("/law/notice/1")
    assert "Chantiers Łoś &amp; &lt;Fils&gt;" in told
    with game_of(app).store.session() as s:
        changed = s.query(AuditEntry).filter_by(action="company_changed").first()
        assert changed is not None
        assert "Chantiers" not in str(changed.detail)
        assert company.missing(company.facts(s)) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_paper_is_a_page_and_a_file(app: Flask, lang: str) -> None:
    officer = Signed(app, "dpo", lang)
    listed = officer.get("/law")
    for key in KEYS:
        assert f"/law/papers/{lang}/{key}.pdf" in listed
        assert f'lang="{lang}"' in officer.get(f"/law/papers/{lang}/{key}")
        answer = officer.client.get(f"/law/papers/{lang}/{key}.pdf")
        assert answer.mimetype == "application/pdf"
        assert answer.data.startswith(b"%PDF-")
    officer.get("/law/papers/xx/aids-sheet", 404)
    officer.get(f"/law/papers/{lang}/no-such", 404)


def test_the_log_is_read_narrowed_and_kept(app: Flask, officer: Signed) -> None:
    game = game_of(app)
    for n in range(3):
        game.writer.write(lambda s, n=n: audit(s, officer.id, "lead_shown", {"lead": f"lead{n}"}))
    shown = officer.get("/law/audit?about=lead1")
    assert "lead1" in shown
    assert "lead2" not in shown.split("<tbody>")[1]
    assert "chaîne est entière" in shown
    sent = officer.post("/law/audit/export", 200, action="lead_shown", user=officer.id)
    rows = list(csv.DictReader(io.StringIO(sent.data.decode("utf-8-sig")), delimiter=";"))
    assert [row["detail"] for row in rows] == [f'{{"lead":"lead{n}"}}' for n in range(3)]
    assert all(len(row["seal"]) == 64 for row in rows)
    table = officer.get("/law/audit").split("<tbody>")[1]
    assert "journal exporté" in table
    assert "fiche lue" in table
    assert "lead_shown" not in table  # the code is the file's
    assert {row["action"] for row in rows} == {"lead_shown"}
    officer.client.post("/lang/en")
    assert "lead read" in officer.get("/law/audit").split("<tbody>")[1]
    officer.client.post("/lang/fr")
    assert "lead0" not in officer.get("/law/audit?since=2001-01-01&until=2001-01-02")


def test_a_broken_chain_is_told(app: Flask, officer: Signed) -> None:
    game = game_of(app)
    with Session(game.store.writing) as s:
        s.execute(update(AuditEntry).where(AuditEntry.seq == 2).values(action="lead_erased"))
        s.commit()
    assert "rompue à l’entrée n° 2" in officer.get("/law/audit")


@pytest.mark.parametrize("role", ["facilitator", "recruiter"])
def test_others_see_none_of_it(app: Flask, role: str) -> None:
    who = Signed(app, role)
    for path in ("/law", "/law/company", "/law/audit", "/law/papers/fr/aids-sheet"):
        who.get(path, 403)


@pytest.mark.parametrize("role", ["facilitator", "recruiter"])
def test_others_write_the_notice_and_who_keeps_papers_publishes_it(app: Flask, role: str) -> None:
    who, game = Signed(app, role), game_of(app)
    shown = who.get("/law/notice")
    assert "/law/notice/publish" not in shown
    written = {
        f"{lang}.{section.key}": f"{section.text} {role}"
        for lang, pack in game.packs.items()
        for section in notice.paper(pack).sections
    }
    for name in written:  # no point of article 14 can be left out, in either language
        refused = who.post("/law/notice", 422, **{**written, name: " "})
        assert f'aria-describedby="n-{name.replace(".", "-")}-e"' in refused.text
    who.post("/law/notice", **written)
    assert role in who.get("/law/notice")
    who.post("/law/notice/publish", 403, at="/law/notice")
