"""What our pages ask of the device they are on: that its screen stays awake, or all of it."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.phones import enter, phone_context
from tests.browser.test_remote_in_one_hand import held
from tests.serving import Remote, Server, Staff


class Game(NamedTuple):
    """A server, who runs things there, and a workshop whose first round is open."""

    server: Server
    staff: Staff
    workshop: dict[str, str]


@pytest.fixture(scope="module")
def game(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Game]:
    server = Server(tmp_path_factory.mktemp("devices")).start()
    try:
        staff = server.admin()
        workshop = staff.demo()
        remote = Remote(staff, workshop)
        remote.until("round", "open")
        yield Game(server, staff, workshop)
        remote.wire.close()
    finally:
        server.kill()


ASKS = """
  window.asked = 0;
  const request = async () => { window.asked += 1; };
  Object.defineProperty(Navigator.prototype, "wakeLock", { value: { request } });"""
LACKS = """
  delete Navigator.prototype.wakeLock;
  window.played = 0;
  const { play } = HTMLMediaElement.prototype;
  HTMLMediaElement.prototype.play = function () {
    window.played += 1;
    return play.call(this);
  };"""


def test_the_screen_is_kept_awake_from_the_first_tap(browser: Browser, game: Game) -> None:
    server, _staff, workshop = game
    page = phone_context(browser).new_page()
    page.add_init_script(ASKS)
    page.goto(f"{server.url}/{workshop['code']}")
    enter(page)
    page.wait_for_function("() => window.asked > 0")

    page.reload()
    page.wait_for_function("() => window.asked > 0")  # a page asks at once, and again when tapped
    before = page.evaluate("window.asked")
    page.locator("h1").first.tap()
    page.wait_for_function("(before) => window.asked === before + 1", arg=before)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # back from elsewhere
    page.wait_for_function("(before) => window.asked === before + 2", arg=before)


def test_without_a_wake_lock_a_film_plays_from_the_first_tap(browser: Browser, game: Game) -> None:
    server, _staff, workshop = game
    page = phone_context(browser).new_page()
    page.add_init_script(LACKS)
    page.goto(f"{server.url}/{workshop['code']}")
    enter(page)  # the first tap was on the door
    film = page.locator("video.awake")
    expect(film).to_have_js_property("paused", False)
    page.wait_for_function("window.played > 0")
    assert film.evaluate("(one) => one.loop && one.playsInline")


def test_without_a_wake_lock_the_remote_stays_awake_as_well(browser: Browser, game: Game) -> None:
    page = held(browser, game.staff, f"{game.server.url}/remote/{game.workshop['id']}")
    page.add_init_script(LACKS)
    page.reload()
    film = page.locator("video.awake")
    expect(film).to_have_count(1)
    page.locator("h1").first.tap()
    expect(film).to_have_js_property("paused", False)


def test_the_projector_takes_the_whole_screen_at_a_key(browser: Browser, game: Game) -> None:
    server, _staff, workshop = game
    page = browser.new_context().new_page()
    page.add_init_script("""
      window.asked = [];
      Element.prototype.requestFullscreen = async function () {
        window.asked.push(this.localName);
      };
    """)
    page.goto(f"{server.url}/projector/{workshop['key']}")
    expect(page.locator(".countdown")).to_be_visible()
    page.keyboard.press("Control+f")  # the browser's own
    assert page.evaluate("window.asked") == []
    page.keyboard.press("f")
    page.wait_for_function("window.asked.length")
    assert page.evaluate("window.asked") == ["html"]


BUZZES = """
  window.buzzed = 0;
  const vibrate = () => { window.buzzed += 1; };
  Object.defineProperty(Navigator.prototype, "vibrate", { value: vibrate });"""


def test_a_round_that_opens_is_felt_unless_one_does_not_want_it(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    url = f"{server.url}/{workshop['code']}"
    wanted, unwanted = (phone_context(browser).new_page() for _ in range(2))
    for page in (wanted, unwanted):
        page.add_init_script(BUZZES)
        page.goto(url)
        enter(page)
    unwanted.evaluate("""() => localStorage.setItem("sourcerie:feel", JSON.stringify(
        { is: { buzz: false, sound: false }, at: Date.now() }))""")
    unwanted.reload()
    remote.until("round", "open")
    for page in (wanted, unwanted):
        expect(page.locator("#screen")).to_have_attribute("data-phase", "open")
    wanted.wait_for_function("buzzed > 0")
    assert unwanted.evaluate("buzzed") == 0
