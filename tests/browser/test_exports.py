"""A recruiter hands a list on, in a real browser; axe finds nothing on the way."""

import os
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.store.tables import Lead
from tests.accounts.people import person
from tests.ats import KEY, ats_server
from tests.browser.test_imports import seen, work
from tests.serving import Server

LANGS = ("fr", "en") if os.environ.get("SHOTS") else ("fr",)
WORDS = {
    "fr": ("Choisir vers où", "Voir qui est prêt", "Enregistrer", "Non", "Garder la clé"),
    "en": ("Choose where to", "See who is ready", "Save", "No", "Keep the key"),
}


def fill(server: Server) -> None:
    known = {"created_at": now_ms(), "inform_by": date(2090, 1, 1), "skills": ["TIG", "inox"]}
    told = {"informed_at": now_ms(), "company": "Ateliers de la Loire", "role": "Soudeuse"}
    store = server.store()
    with Session(store.writing) as s:
        names = ("Solenn Kerguelen", "Anne-Lise de La Tour", "Malo Le Goff", "Nora Blanc")
        for n, name in enumerate(names):
            s.add(Lead(name=name, mail=f"n{n}@exemple.fr", **known, **told))
        s.add(Lead(name="Cher", **known, **told))
        s.add(Lead(name="Luc Morin", **known, company="Chantiers du Nord"))
        s.commit()
    store.close()


def choose(page: Page, target: str, button: str) -> None:
    page.locator("#t-target").select_option(target)
    page.get_by_role("button", name=button).click()


@pytest.mark.parametrize("lang", LANGS)
def test_a_list_goes_out(
    browser: Browser, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lang: str
) -> None:
    fill(server)
    who = person(server, "admin")
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="fr-FR")
    context.add_cookies(
        [{"name": c.name, "value": c.value or "", "url": server.url} for c in who.http.cookies]
    )
    page = context.new_page()
    where, see, save, no, keep = WORDS[lang]
    page.goto(f"{server.url}/desk")
    if lang == "en":
        page.locator("form[action*='/lang/en'] button").click()
    page.get_by_role("button", name=where).click()
    expect(page.locator("h1")).to_contain_text("6")
    seen(page, f"{lang}-export")
    choose(page, "greenhouse", see)
    seen(page, f"{lang}-export-greenhouse")
    page.locator("#o-mails_people").select_option(label=no)
    page.get_by_role("button", name=save).click()
    with page.expect_download() as there:
        page.get_by_role("button", name="CSV").click()
    assert there.value.path().read_text().startswith("First Name,")
    choose(page, "lever", see)
    page.set_viewport_size({"width": 1366, "height": 768})
    choose(page, "taleez", see)
    page.locator("#o-key").fill(KEY)
    page.get_by_role("button", name=keep).click()
    seen(page, f"{lang}-export-taleez")
    with ats_server(monkeypatch) as ats:
        page.locator("form[action$='/push'] button").click()
        expect(page.locator("progress")).to_be_visible()
        work(server)
        assert len(ats.people["taleez"]) == 4
    page.reload()
    expect(page.get_by_text("4 / 4")).to_be_visible()
    seen(page, f"{lang}-push")
    page.get_by_role("link", name="Malo Le Goff").click()
    page.locator("summary", has_text="15").click()
    expect(page.get_by_text("taleez-")).to_be_visible()
    seen(page, f"{lang}-lead")
    page.goto(f"{server.url}/desk/mappings")
    page.locator("#m-name").fill("Softy")
    seen(page, f"{lang}-mapping")
    page.get_by_role("button", name=save).click()
    expect(page.locator("#t-target option[selected]")).to_have_text("Softy")
    context.close()
