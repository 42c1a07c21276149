"""One clock in the room: whatever the devices' own say, their countdowns are the server's."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.phones import enter, phone_context
from tests.serving import Remote, Server

TRIES = 3  # a machine that stood still while a page measured is no fault of the page

# a clock that is wrong by so many ms and can be stopped; the answers to a page's own measuring
# are counted, and what the page was told at first is of a minute and a half ago
WRONG_CLOCK = """
  const real = Date.now.bind(Date);
  const ANSWER = /^43\\d*\\[\\{"ok": ?true, ?"now": ?\\d+\\}\\]$/;
  window.stopped = null;
  window.measured = 0;
  Date.now = () => (window.stopped ?? real()) + SKEW;
  window.WebSocket = class extends WebSocket {
    constructor(...given) {
      super(...given);
      const isTime = ({ data }) => ANSWER.test(data);
      this.addEventListener("message", (told) => { window.measured += isTime(told); });
    }
  };
  document.addEventListener("readystatechange", () => {
    const { dataset } = document.body;
    if (document.readyState === "interactive" && dataset.now) dataset.now -= 90000;
  });"""
# what a countdown says when the clock stands at a moment
AT = """([at, selector]) => new Promise((done) => {
    const spot = document.querySelector(selector);
    new MutationObserver((_, one) => (one.disconnect(), done(spot.textContent)))
      .observe(spot, { childList: true, characterData: true, subtree: true });
    window.stopped = at;
  })"""


@pytest.fixture(scope="module")
def game(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, str]]]:
    """A server with a workshop whose first round is open."""
    server = Server(tmp_path_factory.mktemp("devices")).start()
    try:
        staff = server.admin()
        workshop = staff.demo()
        remote = Remote(staff, workshop)
        remote.until("round", "open")
        yield server, workshop
        remote.wire.close()
    finally:
        server.kill()


def told_by(page: Page, spot: str) -> list[str]:
    """What a countdown says 100.1 and 99.9 seconds before the end, by the server's clock.

    Only one that is right within 100 ms says 1:41, then 1:40: two such agree within 200.
    """
    page.wait_for_function("() => window.measured >= 4")
    clock = page.locator(f"{spot}[data-closes-at]")
    closes_at = int(clock.get_attribute("data-closes-at") or 0)
    drawn = f"{spot} [data-countdown]"
    said = [page.evaluate(AT, [closes_at - left, drawn]) for left in (100_100, 99_900)]
    page.evaluate("window.stopped = null")
    return said


def test_the_countdowns_of_phone_and_projector_agree(
    browser: Browser, game: tuple[Server, dict[str, str]]
) -> None:
    server, workshop = game
    held = phone_context(browser).new_page()
    wall = browser.new_context().new_page()
    held.goto(f"{server.url}/{workshop['code']}")
    enter(held)
    hour = 3_600_000
    for page, skew in ((held, 2 * hour), (wall, -7 * hour // 60)):
        page.add_init_script(WRONG_CLOCK.replace("SKEW", str(skew)))
    for _ in range(TRIES):
        said = []
        for page, path, spot in (
            (held, workshop["code"], "#clock"),
            (wall, f"projector/{workshop['key']}", ".countdown"),
        ):
            page.goto(f"{server.url}/{path}")
            said.append(told_by(page, spot))
        if said == [["1:41", "1:40"]] * 2:
            break
    assert said == [["1:41", "1:40"]] * 2
