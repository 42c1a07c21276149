"""A stand's screen and an evening's board in a real browser: clean, and not in need of a line."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of
from game.pool import occasion
from game.store.tables import Arrival, GuestCard, Lead
from tests.browser.test_accessible import look
from tests.browser.test_projector import LOOK, MAY, MUST
from tests.published import publish_notice
from tests.reading import without_tokens
from tests.serving import Server, wait_until

WAIT = 60_000  # ms
HOST = "Camille Berthou"
TIMES = "(kind) => window.dispatchEvent(new Event(kind))"


class Port:
    """A server with an evening at the port, and an administrator of it."""

    def __init__(self, folder: Path) -> None:
        self.server = Server(folder).start()
        self.staff = self.server.admin()
        store = self.server.store()
        with Session(store.writing) as s:
            publish_notice(s)
            typed = {"name": "Soirée du port", "sort": "afterwork", "place": "Quai 9"}
            on = day_of(now_ms()).isoformat()
            made = occasion.make(s, {**typed, "held_on": on}, "fr", None)
            occasion.add_hosts(s, made.id, HOST, None)
            s.commit()
            cards = dict(s.execute(select(GuestCard.host, GuestCard.key)).all())
            self.stand_page = f"{self.server.url}/stand/{made.stand_key}/"
            self.board = f"{self.server.url}/evening/{made.board_key}"
            self.card = f"{self.server.url}/hello/{cards[HOST]}"
            self.own = f"{self.server.url}/card/{cards[HOST]}"
            self.desk = f"{self.server.url}/desk/occasions/{made.id}"
        store.close()

    def leads(self) -> list[str]:
        store = self.server.store()
        with store.session() as s:
            found = list(s.scalars(select(Lead.name).join(Arrival, Arrival.lead_id == Lead.id)))
        store.close()
        return sorted(found)


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Port]:
    made = Port(Path(tmp_path_factory.mktemp("port")))
    yield made
    made.server.kill()


def fill(page: Page, name: str, mail: str) -> None:
    page.fill("[name=name]", name)
    page.fill("[name=mail]", mail)
    page.check("[name=agree]")
    page.click("main [type=submit]")


def next_one(page: Page) -> None:
    """Somebody else steps up: nothing is left of who was there."""
    expect(page.locator("[data-thanks]")).to_be_visible(timeout=WAIT)
    page.click("[data-next]")
    expect(page.locator("[name=name]")).to_have_value("", timeout=WAIT)
    assert not page.is_checked("[name=agree]")


def test_a_stand_takes_visitors_without_a_line_and_sends_them_later(
    port: Port, browser: Browser
) -> None:
    context = browser.new_context(viewport={"width": 820, "height": 1180}, locale="fr-FR")
    page = context.new_page()
    page.goto(port.stand_page)
    page.click("main [type=submit]")
    expect(page.locator("[data-fault=name]")).to_be_visible(timeout=WAIT)
    expect(page.locator("[name=name]")).to_be_focused()
    assert look(page, "stand", "phone") == []
    expect(page.locator("body[data-ready]")).to_be_attached(timeout=WAIT)
    fill(page, "Nolwenn Le Gall", "nolwenn@exemple.fr")
    next_one(page)
    wait_until(lambda: port.leads() == ["Nolwenn Le Gall"])  # thanks may come before the answer
    context.set_offline(True)
    port.server.kill()  # a worker of the browser's may still have a line when a page has none
    for n in range(2):
        fill(page, f"Visiteur {n}", f"v{n}@exemple.fr")
        next_one(page)
    expect(page.locator("[data-waiting]")).to_be_visible(timeout=WAIT)
    page.reload()  # the screen itself comes without a line, and what waits is still there
    expect(page.locator("[data-waiting]")).to_be_visible(timeout=WAIT)
    assert port.leads() == ["Nolwenn Le Gall"]
    port.server.start()
    context.set_offline(False)
    page.evaluate(TIMES, "online")
    expect(page.locator("[data-waiting]")).to_be_hidden(timeout=WAIT)
    assert port.leads() == ["Nolwenn Le Gall", "Visiteur 0", "Visiteur 1"]
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('stand'))") == []


def test_a_server_that_is_asked_too_much_loses_no_visitor(port: Port, browser: Browser) -> None:
    context = browser.new_context(locale="fr-FR", service_workers="block")
    page, answer = context.new_page(), {"status": 429}
    refused = {"ok": False, "error": {"code": "x", "text": "Ce stand est fermé.", "fields": {}}}

    def refuse(route: Route) -> None:
        if route.request.method == "POST":
            route.fulfill(status=answer["status"], json=refused)
        else:
            route.continue_()

    page.goto(port.stand_page)
    context.route("**/stand/**", refuse)
    fill(page, "Tifenn Kervella", "tifenn@exemple.fr")
    next_one(page)
    with page.expect_response(lambda told: told.status == 429):
        page.evaluate(TIMES, "online")
    answer["status"] = (
        409  # the stand is closed: who still stands there is told, and keeps the words
    )
    fill(page, "Trop Tard", "tard@exemple.fr")
    expect(page.locator("[data-told]")).to_have_text("Ce stand est fermé.", timeout=WAIT)
    expect(page.locator("[name=name]")).to_have_value("Trop Tard")
    context.unroute("**/stand/**")
    page.evaluate(TIMES, "online")
    wait_until(lambda: "Tifenn Kervella" in port.leads())
    assert "Trop Tard" not in port.leads()


def test_a_screen_that_nobody_touches_cleans_itself(port: Port, browser: Browser) -> None:
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    page.clock.install()
    page.goto(f"{port.stand_page}?lang=en")
    page.fill("[name=name]", "Nolwenn")
    page.clock.run_for(76_000)
    expect(page.locator("[data-idle]")).to_be_visible(timeout=WAIT)
    page.locator("[name=name]").press("Shift")  # a touch keeps what is there
    expect(page.locator("[data-idle]")).to_be_hidden(timeout=WAIT)
    expect(page.locator("[name=name]")).to_have_value("Nolwenn")
    page.clock.run_for(100_000)
    expect(page.locator("html")).to_have_attribute("lang", "fr", timeout=WAIT)
    expect(page.locator("[name=name]")).to_have_value("", timeout=WAIT)


def test_a_stand_s_screen_fills_the_whole_one_at_a_press(port: Port, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(port.stand_page)
    full = page.locator("[data-full]")
    full.click(timeout=WAIT)
    page.wait_for_function("document.fullscreenElement !== null", timeout=WAIT)
    expect(full).to_be_hidden(timeout=WAIT)
    page.evaluate("document.exitFullscreen()")
    expect(full).to_be_visible(timeout=WAIT)


def phone(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 390, "height": 844}, locale="en-GB")


def test_a_guest_by_a_card_shows_on_the_board_without_a_name(port: Port, browser: Browser) -> None:
    board = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
    board.goto(port.board)
    guest = phone(browser).new_page()
    guest.goto(port.card)
    found = look(guest, "card", "phone")
    fill(guest, "Yann Kervella", "yann@exemple.fr")
    expect(guest.locator("h1")).to_have_text("Thank you", timeout=WAIT)
    expect(board.locator(".top-list")).to_contain_text(HOST, timeout=WAIT)
    assert "Yann" not in without_tokens(board.content())
    found += board.evaluate(LOOK, [MUST, MAY]) + look(board, "board", "projector")
    guest.goto(port.own)
    found += look(guest, "own card", "phone")
    desk = browser.new_context(viewport={"width": 1366, "height": 768})
    cookies: Any = [
        {"name": c.name, "value": str(c.value), "url": port.server.url}
        for c in port.staff.http.cookies
    ]
    desk.add_cookies(cookies)
    page = desk.new_page()
    for path in (port.desk, f"{port.desk}/cards", f"{port.server.url}/desk/occasions"):
        page.goto(path)
        found += look(page, f"desk {path}", "desk")
    assert not found, "\n".join(found)
    wait_until(lambda: "Yann Kervella" in port.leads())
