"""The law's pages in a real browser: axe finds nothing, and one is warned while one types."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.store.tables import Lead, Workshop
from tests.browser.test_accessible import AXE, NORMS
from tests.privacy.test_papers import FACTS
from tests.serving import LONG, Phone, Remote, Server, lead


class World:
    """A server, its administrator, and a player whose lead is in the pool."""

    def __init__(self, folder: Path) -> None:
        self.server = Server(folder).start()
        self.staff = self.server.admin()
        self.workshop = self.staff.demo()
        self.phone = Phone(self.server, self.workshop).play()
        self.remote = Remote(self.staff, self.workshop)
        round_id = str(self.remote.until("round", "open")["round"])
        assert self.phone.submit(round_id, lead())["ok"]
        store = self.server.store()
        with store.session() as s:
            self.lead_id = str(s.scalar(select(Lead.id)))
        store.close()

    def speak(self, lang: str) -> None:
        """The workshop's language and the administrator's."""
        store = self.server.store()
        with Session(store.writing) as s:
            s.execute(update(Workshop).values(lang=lang))
            s.commit()
        store.close()
        self.staff.http.post(f"{self.server.url}/lang/{lang}")

    def end(self) -> None:
        self.phone.wire.close()
        self.remote.wire.close()
        self.server.kill()


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(Path(tmp_path_factory.mktemp("contact")))
    made.staff.post("/law/company", FACTS)
    made.staff.post("/law/notice/publish", {}, "/law/notice")
    yield made
    made.end()


def link(world: World) -> str:
    """A lead's private link, as the desk shows it."""
    page = f"/desk/leads/{world.lead_id}"
    shown = world.staff.post(f"{page}/link", {}, page).text
    found = re.search(r"http\S+/contact/[\w.-]+", shown)
    assert found
    return found[0]


def sound(page: Page) -> list[Any]:
    """What axe finds, and where."""
    page.evaluate(AXE)
    look = "norms => axe.run(document, {runOnly: norms})"
    found: Any = page.evaluate(look, NORMS)
    return [(one["id"], [node["html"] for node in one["nodes"]]) for one in found["violations"]]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_page_is_sound(world: World, browser: Browser, lang: str, scheme: Any) -> None:
    world.speak(lang)
    address, server = link(world), world.server.url
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, color_scheme=scheme, locale=lang, bypass_csp=True
    )
    page, code = context.new_page(), world.workshop["code"]
    for cookie in world.phone.http.cookies:
        context.add_cookies([{"name": cookie.name, "value": str(cookie.value), "url": server}])
    for path in (address, f"{server}/{code}/my-data"):
        page.goto(path, timeout=LONG * 1000)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.get_attribute("html", "lang") == lang
        assert sound(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    context.close()
    laptop: Any = {"viewport": {"width": 1366, "height": 768}, "color_scheme": scheme}
    desk = browser.new_context(**laptop, bypass_csp=True)
    page = desk.new_page()
    for cookie in world.staff.http.cookies:
        desk.add_cookies([{"name": cookie.name, "value": str(cookie.value), "url": server}])
    for path in ("", "/company", "/notice", "/audit", "/texts", f"/papers/{lang}/register-entry"):
        page.goto(f"{server}/law{path}", timeout=LONG * 1000)
        assert sound(page) == [], path
    desk.close()


def test_the_lexicon_warns_while_one_types_and_only_then(world: World, browser: Browser) -> None:
    world.speak("fr")
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr")
    for cookie in world.phone.http.cookies:
        context.add_cookies(
            [{"name": cookie.name, "value": str(cookie.value), "url": world.server.url}]
        )
    page = context.new_page()
    page.goto(f"{world.server.url}/{world.workshop['code']}", timeout=LONG * 1000)
    page.locator("details.more summary").click()
    spot = page.locator("[id^=reason-said-]")
    field = page.locator("textarea[name=reason]")
    field.fill("Senior, chef de chantier à Belle-Île")
    field.fill("Ancienne de la CFDT, cœur d'or")
    spot.wait_for(state="visible", timeout=LONG * 1000)
    assert "activités syndicales" in spot.inner_text().replace("’", "'")
    field.fill("Senior, chef de chantier à Belle-Île")
    spot.wait_for(state="hidden", timeout=LONG * 1000)
    context.close()


def test_an_invited_person_enters_in_a_browser(world: World, browser: Browser) -> None:
    store = world.server.store()
    with Session(store.writing) as s:
        s.execute(update(Workshop).values(capture="invite", version=Workshop.version + 1))
        s.commit()
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="fr")
    server, code = world.server.url, world.workshop["code"]
    for cookie in world.phone.http.cookies:
        context.add_cookies([{"name": cookie.name, "value": str(cookie.value), "url": server}])
    page = context.new_page()
    page.goto(f"{server}/{code}", timeout=LONG * 1000)
    page.get_by_role("button", name="Un lien pour une personne").click()
    given = page.locator("code.link").inner_text()
    assert page.locator(".qr svg").count() == 1
    other: Any = {"viewport": {"width": 390, "height": 844}, "locale": "fr"}
    stranger = browser.new_context(**other, bypass_csp=True)
    theirs = stranger.new_page()
    theirs.goto(given, timeout=LONG * 1000)
    assert sound(theirs) == []
    theirs.get_by_label("Votre nom").fill("Nolwenn Le Gall")
    theirs.get_by_label("Mail").fill("nolwenn@exemple.fr")
    theirs.get_by_text("Études, stage").first.click()
    theirs.locator("label.check").click()
    theirs.get_by_role("button", name="M’inscrire").click()
    theirs.get_by_role("heading", name="Merci").wait_for(timeout=LONG * 1000)
    with store.session() as s:
        origins = dict(s.execute(select(Lead.name, Lead.origin)).all())  # type: ignore[arg-type]
    assert origins["Nolwenn Le Gall"] == "invite"
    store.close()
    context.close()
    stranger.close()
