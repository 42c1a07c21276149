"""Ten leads judged by keys in a real browser; and without scripts, by keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.store.engine import Store
from game.store.tables import Lead, Player
from tests.accounts.people import Person, person
from tests.browser.test_accessible import AXE, NORMS
from tests.serving import Server, wait_until
from tests.table import Table, said

MOST = 25  # key presses for ten leads


class Keys:
    """A keyboard that counts."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def press(self, key: str) -> None:
        before = self.page.locator("#lead-name").inner_text()
        self.pressed += 1
        self.page.keyboard.press(key)
        if key != "?":
            changed = """([before, asked]) =>
                document.querySelector('#lead-name').innerText !== before
                || !!document.querySelector('[role=alert]') !== asked"""
            asked = self.page.locator("[role=alert]").count() > 0
            self.page.wait_for_function(changed, arg=[before, asked])


@pytest.fixture
def recruiter(server: Server) -> Person:
    return person(server, "recruiter")


@pytest.fixture
def table(server: Server) -> Iterator[Table]:
    """Twelve people named by one player; the third was spoken to, two look alike."""
    store: Store = server.store()
    made = Table(store)
    for n in range(12):
        who = {**said("lead:x", 0), "slot": f"lead:keys{n:02}", "role": "Soudeuse"}
        named = f"Personne {n if n != 4 else 3:02} Imaginaire"
        assert made.submit(0, {**who, "name": named, "reach_value": f"06 12 34 58 {n:02}"})["ok"]
    with Session(store.writing) as s:
        s.execute(update(Lead).where(Lead.name.like("%02 %")).values(informed_at=now_ms()))
        s.commit()
    yield made
    store.close()


def context_of(browser: Browser, who: Person, **more: object) -> BrowserContext:
    made = browser.new_context(locale="fr-FR", viewport={"width": 1366, "height": 768}, **more)  # type: ignore[arg-type]
    cookies = [{"name": c.name, "value": c.value, "url": who.server.url} for c in who.http.cookies]
    made.add_cookies(cookies)  # type: ignore[arg-type]
    return made


def faults(page: Page) -> list[str]:
    page.evaluate(AXE)
    found = page.evaluate("(norms) => axe.run(document, { runOnly: norms })", NORMS)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


def judged(table: Table) -> int:
    rows = select(func.count()).select_from(Lead).where(Lead.verdict != "")
    return int(table.read(rows)[0][0])


def test_ten_leads_by_keys(
    browser: Browser, server: Server, recruiter: Person, table: Table
) -> None:
    page = context_of(browser, recruiter).new_page()
    page.goto(f"{server.url}/desk/review?workshop={table.room.id}")
    expect(page.locator("#lead-name")).to_have_text("Personne 00 Imaginaire")
    assert faults(page) == []
    keys = Keys(page)
    keys.press("1")
    keys.press("2")
    expect(page.locator("#lead-name")).to_have_text("Personne 02 Imaginaire")
    keys.press("3")  # spoken to: why?
    expect(page.get_by_role("alert")).to_contain_text("dites pourquoi")
    assert faults(page) == []
    keys.press("2")  # said no
    expect(page.locator("#lead-name")).to_have_text("Personne 03 Imaginaire")
    page.keyboard.press("m")  # one person under two numbers
    keys.pressed += 1
    expect(page.locator(".said")).to_contain_text("une")
    keys.press("1")
    keys.press("3")
    keys.press("u")  # a slip, taken back
    keys.press("1")
    keys.press("j")  # not this one, now
    for key in ("1", "2", "3", "1"):
        keys.press(key)
    page.keyboard.press("3")
    keys.pressed += 1
    wait_until(lambda: judged(table) == 10)
    assert keys.pressed <= MOST
    print(f"{keys.pressed} key presses for ten leads")
    assert table.sums() == table.entries()
    confirmed = table.read(select(Player.confirmed).where(Player.id == table.players[0]))
    assert confirmed[0][0] > 0
    assert f"workshop={table.room.id}" in page.url  # the filter stayed


def test_shortcuts_help_names_hidden_and_off(
    browser: Browser, server: Server, recruiter: Person, table: Table
) -> None:
    context = context_of(browser, recruiter)
    page = context.new_page()
    page.goto(f"{server.url}/desk/review")
    expect(page.locator(".said-of").first).to_contain_text("P0")
    page.keyboard.press("r")
    expect(page.locator(".said-of").first).not_to_contain_text("P0")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert faults(page) == []
    page.locator("#help [data-shortcuts]").uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.reload()  # kept in this browser
    expect(page.locator("#lead-name")).to_have_text("Personne 00 Imaginaire")
    page.keyboard.press("1")
    page.get_by_role("button", name="À suivre").click()  # buttons work all the same
    expect(page.locator("#lead-name")).to_have_text("Personne 01 Imaginaire")
    verdicts = [row[0] for row in table.read(select(Lead.verdict).where(Lead.verdict != ""))]
    assert verdicts == ["nurture"]


def test_without_scripts_by_keyboard_alone(
    browser: Browser, server: Server, recruiter: Person, table: Table
) -> None:
    page = context_of(browser, recruiter, java_script_enabled=False).new_page()
    page.goto(f"{server.url}/desk/review?workshop={table.room.id}")
    page.get_by_role("button", name="À contacter").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#lead-name")).to_have_text("Personne 01 Imaginaire")
    page.get_by_role("button", name="Annuler").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#lead-name")).to_have_text("Personne 00 Imaginaire")
    assert judged(table) == 0


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("width", [1366, 390])
def test_pages_are_sound_and_fit(
    lang: str,
    width: int,
    browser: Browser,
    server: Server,
    recruiter: Person,
    table: Table,
    tmp_path: Path,
) -> None:
    recruiter.http.post(f"{server.url}/lang/{lang}")
    page = context_of(browser, recruiter).new_page()
    page.set_viewport_size({"width": width, "height": 768 if width > 400 else 844})
    paths = (
        "/desk/workshops",
        f"/desk/workshops/{table.room.id}",
        "/desk/review",
        "/desk/review/list",
        "/desk/introductions",
    )
    for n, path in enumerate(paths):
        page.goto(server.url + path)
        assert faults(page) == [], path
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, path
        page.screenshot(path=tmp_path / f"{n}-{lang}-{width}.png")
