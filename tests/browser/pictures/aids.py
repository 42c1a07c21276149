"""The desk's aids on a position: dossier, grid on paper and tablet, CV, ways."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.store.tables import Position
from tests.browser.pictures.state import State, nothing
from tests.browser.pictures.whole import Whole

FILE = Path(__file__).parents[2] / "helpers" / "posts" / "soudure-fiche.txt"
POST = {"fr": "Soudeur·se TIG", "en": "TIG welder"}
MUSTS = {
    "fr": ["Souder au TIG sur inox", "Respecter les règles de sécurité", "Travailler en équipe"],
    "en": ["TIG welding on stainless steel", "Keeping to safety rules", "Working in a team"],
}
QUESTION = {"fr": "Quelle licence faut-il ?", "en": "Which licence is needed?"}
CV = {
    "fr": "Zéphyrine Inconnue\nSoudeuse TIG. Inox et acier.\nDeux apprentis formés\nNacelle",
    "en": "Zephyrine Unknown\nTIG welder. Stainless steel.\nTrained two apprentices\nAerial lift",
}
SAID = {"fr": "A posé la meuleuse.", "en": "Put the grinder down."}


def states(world: Whole) -> Iterator[State]:
    """From a position to an interview."""
    lang, staff, lead = world.lang, world.staff.http, f"/desk/leads/{world.lead_ids[-1]}"
    store = world.server.store()
    with Session(store.writing) as s:
        values = {"title": POST[lang], "must_haves": MUSTS[lang]}
        s.add(Position(lang=lang, changed_at=now_ms(), **values))
        s.commit()
    store.close()
    topic = f"?topic={POST[lang]}"

    def brought(page: Page) -> None:
        page.locator("#p-file").set_input_files(FILE)
        page.locator("form:has(#p-file) [type=submit]").click()
        page.locator("#p-question").fill(QUESTION[lang])
        page.locator("form:has(#p-question) [type=submit]").first.click()
        page.locator("blockquote").first.wait_for()

    def read(page: Page) -> None:
        page.locator("#c-text").fill(CV[lang])
        page.locator("form:has(#c-text) [type=submit]").first.click()
        page.locator("q").first.wait_for()

    def kept(page: Page) -> None:
        page.locator("main form .button-act, main form [type=submit]").last.click()
        page.wait_for_load_state()

    def begun(page: Page) -> None:
        page.locator("main form [type=submit]").last.click()
        page.locator(".tap").nth(1).click()
        page.locator("#n-note").fill(SAID[lang])

    for name, path, do in (
        ("aids", "/desk/aids", nothing),
        ("ways", "/desk/aids/ways", nothing),
        ("dossier", f"/desk/posts{topic}", nothing),
        ("dossier, asked", f"/desk/posts{topic}", brought),
        ("CV", f"{lead}/cv", nothing),
        ("CV, read", f"{lead}/cv", read),
        ("grid", f"/desk/grids{topic}", nothing),
        ("grid, kept", f"/desk/grids{topic}", kept),
        ("wordings", "/desk/wordings", nothing),
    ):
        yield State("pages", name, path, do, staff)
    yield State("paper", "grid", f"/desk/grids/print{topic}", http=staff)
    yield State("tablet", "interview", f"{lead}/interviews", begun, staff)
