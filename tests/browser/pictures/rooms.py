"""What stands over a room's screens, its door, and a player's own pages."""

from collections.abc import Iterator

import requests
from playwright.sync_api import Page
from sqlalchemy import update
from sqlalchemy.orm import Session

from game.store.tables import Workshop
from game.workshop import year_link
from tests.browser.pictures.state import State, filled, sent, then
from tests.browser.pictures.whole import Whole
from tests.browser.screens import NAMED

NOTE = {"fr": "le salon de Nantes", "en": "the fair in Leeds"}


def covers(world: Whole) -> Iterator[State]:
    """A break, and what becomes of data, on each surface."""
    shown = {
        "projector": (f"/projector/{world.workshop['key']}", requests.Session()),
        "phone": (f"/{world.workshop['code']}", world.phone.http),
        "remote": (f"/remote/{world.workshop['id']}", world.staff.http),
    }
    if world.remote.screen()["phase"] == "open":  # where few pictures are asked for
        assert world.remote.do("close")["ok"]
    for what in ("break", "data"):
        assert world.remote.do("cover", what=what, minutes=10)["ok"]
        for group, (path, http) in shown.items():
            yield State(group, f"over all: {what}", path, http=http)
    assert world.remote.do("uncover")["ok"]


def another(world: Whole, **values: object) -> dict[str, str]:
    """One more workshop, with these values."""
    made = world.staff.demo()
    store = world.server.store()
    with store.session() as s:
        # a write that comes first waits for its turn
        at = update(Workshop).where(Workshop.id == made["id"])
        s.execute(at.values(version=Workshop.version + 1, **values))
        s.commit()
    store.close()
    return made


def door_with_signs(world: Whole) -> Iterator[State]:
    """A door that asks for proof of presence, and the big screen that shows it."""
    made = another(world, presence=True)
    door = f"/{made['code']}"

    def tapped(page: Page) -> None:
        for n in (0, 3, 5, 1):
            page.locator("[data-sign-grid] button[data-sign]").nth(n).click()

    def away(page: Page) -> None:
        page.locator("label:has([name=away])").click()
        sent(page)
        page.locator("[data-waiting]").wait_for()

    yield State("projector", "lobby with signs", f"/projector/{made['key']}")
    yield State("phone", "door with signs", door, http=requests.Session())
    yield State("phone", "door with signs, tapped", door, tapped, requests.Session())
    yield State(
        "phone", "door with signs, wrong", door, then(tapped, sent, told), requests.Session()
    )
    yield State("phone", "door, far away", door, away, requests.Session())


def told(page: Page) -> None:
    """The door has answered."""
    page.locator("main .error:visible").first.wait_for()


def own(world: Whole) -> Iterator[State]:
    """A player's own pages: the game itself, what they said, their year, the warm-up."""
    code, http = world.workshop["code"], world.phone.http

    def opened(page: Page) -> None:
        page.locator("#who").click()
        page.locator("dialog[open]").wait_for()

    def off(page: Page) -> None:
        page.locator("body").wait_for()
        page.context.set_offline(True)
        page.evaluate("dispatchEvent(new Event('offline'))")
        page.locator("#link-state:visible").wait_for()

    def written(page: Page) -> None:
        first = page.locator("[data-prompt]").first
        first.locator("[data-name]").first.fill(NAMED[world.lang])
        first.locator("[data-note]").first.fill(NOTE[world.lang])

    yield State("phone", "playing", f"/{code}", http=http)
    yield State("phone", "playing, my game", f"/{code}", opened, http)
    yield State("phone", "playing, off line", f"/{code}", off, http)
    yield State("phone", "my leads", f"/{code}/mine", http=http)
    yield State("phone", "my data", f"/{code}/my-data", http=http)
    yield State("phone", "my year", f"/{code}/mine/year", http=http)
    yield State("phone", "year link", world.year, http=http)
    yield State("phone", "year link, a lead with faults", world.year, sent, http)
    yield State("phone", "a way back", "/back", then(filled(code=code, name="Ortie"), sent))
    before = f"/{another(world, stage='draft')['code']}"
    yield State("phone", "warm-up", f"{before}/warm-up")
    yield State("phone", "warm-up, noted", f"{before}/warm-up", written)
    yield State("phone", "not open yet", before)
    store = world.server.store()
    with Session(store.writing) as s:
        link = year_link.of_key(s, world.year.rpartition("/")[2])
        year_link.close(s, link.id, None)
        s.commit()
    store.close()
    yield State("phone", "year link, closed by the house", world.year, http=http)


def states(world: Whole) -> Iterator[State]:
    """All of them."""
    yield from own(world)
    yield from covers(world)
    yield from door_with_signs(world)
