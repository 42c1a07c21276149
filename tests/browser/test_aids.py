"""The aids in a real browser, from a post to an interview: axe finds nothing on the way."""

from pathlib import Path

from playwright.sync_api import Browser, expect
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.store.tables import Lead, Position
from tests.accounts.people import person
from tests.browser.test_imports import seen
from tests.serving import Server

POST = "Soudeur·se TIG"
MUSTS = ["Souder au TIG sur inox", "Respecter les règles de sécurité", "Travailler en équipe"]
TEXTS = Path(__file__).parents[1] / "helpers" / "posts"
CV = "Zéphyrine Inconnue\n34 ans\nSoudeuse TIG. Inox et acier.\nDeux apprentis formés\nNacelle"


def test_from_a_post_to_an_interview(browser: Browser, tmp_path: Path) -> None:
    server = Server(tmp_path, CV_BESIDE_BRIEF="on").start()
    try:
        walk(browser, server)
    finally:
        server.kill()


def walk(browser: Browser, server: Server) -> None:
    store, now = server.store(), now_ms()
    with Session(store.writing) as s:
        s.add(Position(lang="fr", title=POST, must_haves=MUSTS, changed_at=now))
        told = {"inform_by": "2090-01-01", "informed_at": now, "created_at": now, "skills": []}
        day = Lead.__table__.c.inform_by.type.python_type.fromisoformat(told.pop("inform_by"))
        s.add(Lead(id="ada", name="Zéphyrine Inconnue", inform_by=day, **told))
        s.commit()
    store.close()
    who = person(server, "recruiter")
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="fr-FR")
    context.add_cookies(
        [{"name": c.name, "value": c.value or "", "url": server.url} for c in who.http.cookies]
    )
    page = context.new_page()
    page.goto(f"{server.url}/desk/aids")
    seen(page, "1-aids")
    page.goto(f"{server.url}/desk/aids/ways")
    seen(page, "2-ways")
    page.goto(f"{server.url}/desk/posts?topic={POST}")
    page.locator("#p-file").set_input_files(TEXTS / "soudure-fiche.txt")
    page.get_by_role("button", name="Apporter ce document").click()
    expect(page.get_by_text("soudure-fiche.txt")).to_be_visible()
    page.locator("#p-question").fill("Quelle licence faut-il ?")
    page.get_by_role("button", name="Chercher la réponse").click()
    expect(page.locator("blockquote").first).to_contain_text("EN ISO 9606-1")
    seen(page, "3-dossier")
    page.goto(f"{server.url}/desk/leads/ada/cv")
    seen(page, "4-cv-form")
    page.locator("#c-text").fill(CV)
    page.get_by_role("button", name="Lire à côté du poste").click()
    expect(page.locator("q").first).to_have_text("Soudeuse TIG.")
    expect(page.locator("main")).not_to_contain_text("34 ans")
    seen(page, "5-cv")
    page.goto(f"{server.url}/desk/grids?topic={POST}")
    seen(page, "6-grid")
    page.get_by_role("button", name="Enregistrer la grille").click()
    page.goto(f"{server.url}/desk/grids/print?topic={POST}")
    seen(page, "7-paper")
    page.goto(f"{server.url}/desk/leads/ada/interviews")
    page.get_by_role("button", name="Commencer l’entretien").click()
    page.locator(".tap").nth(1).click()
    expect(page.locator(".tap").nth(1)).to_have_attribute("aria-current", "true")
    page.locator("#n-note").fill("A posé la meuleuse.")
    page.get_by_role("button", name="Noter", exact=True).click()
    expect(page.locator("blockquote")).to_have_text("A posé la meuleuse.")
    seen(page, "8-interview")
