"""Tones and buzzes, counted where a browser has them: heard and felt where they are wanted."""

from playwright.sync_api import Browser, Page, expect

from game.store.tables import Lead
from tests.browser.phones import enter, phone_context
from tests.serving import Phone, Remote, Server, Staff

COUNTING = """
  window.heard = [];
  window.AudioContext = class {
    state = "suspended";
    currentTime = 0;
    async resume() { this.state = "running"; }
    createGain() {
      const gain = { setValueAtTime() {}, exponentialRampToValueAtTime() {} };
      return { gain, connect: (to) => to };
    }
    createOscillator() {
      const frequency = { value: 0 };
      const start = () => heard.push(frequency.value);
      return { frequency, connect: (to) => to, start, stop() {} };
    }
  };
"""
STOPPED = """
  const [real, every] = [Date.now, setInterval];
  window.stopped = 0;
  Date.now = () => window.stopped || real();
  // nobody measures a clock that stands still
  window.setInterval = (does, ms, ...more) => ms < 60000 && every(does, ms, ...more);
"""
OPENED, CLOSED, REVEALED, TICK = [523, 784], [784, 523], [659, 784, 988], 880


def opened(browser: Browser, url: str, *scripts: str) -> tuple[Page, list[str]]:
    """The projector, after `scripts`, and what its console says."""
    page = browser.new_page()
    noise: list[str] = []
    page.on("console", lambda said: noise.append(said.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    for script in scripts:
        page.add_init_script(script)
    page.goto(url)
    return page, noise


def heard(page: Page, count: int) -> list[int]:
    """What was played since the last look, once there are so many notes."""
    page.wait_for_function("(count) => heard.length >= count", arg=count)
    notes: list[int] = page.evaluate("heard.splice(0)")
    return notes


def at(page: Page, phase: str) -> None:
    expect(page.locator("#screen")).to_have_attribute("data-phase", phase)


def test_the_projector_sounds_only_where_it_is_wanted(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    url = f"{server.url}/projector/{workshop['key']}"
    page, noise = opened(browser, url, COUNTING, STOPPED)
    hint = page.locator("#tones-hint")
    page.click("body")  # a gesture is no wish
    for phase in ("open", "closed", "revealed"):
        remote.until("round", phase)
        at(page, phase)
    expect(hint).to_be_hidden()
    assert page.evaluate("heard") == []

    assert remote.do("tones", key="on")["ok"]
    expect(page.locator("#screen")).to_have_attribute("data-phase", "revealed")
    remote.until("board")
    for phase, notes in (("open", OPENED), ("closed", CLOSED), ("revealed", REVEALED)):
        remote.until("round", phase)
        at(page, phase)
        assert heard(page, len(notes)) == notes
        if phase == "open":
            page.evaluate("heard.length = 0")
            last_seconds(page)
    assert remote.do("podium")["ok"]
    assert heard(page, 4) == [523, 659, 784, 1047]
    assert noise == []


def last_seconds(page: Page) -> None:
    """The clock is put to each of the last seconds: one tick each, none before."""
    ends = int(page.get_attribute("#screen [data-closes-at]", "data-closes-at") or 0)
    for left in (6, 5, 4, 3, 2, 1, 0):
        page.evaluate("(now) => { stopped = now; }", ends - left * 1000 + 500)
        expect(page.locator("#screen [data-countdown]")).to_have_text(f"0:0{left}")
        page.wait_for_function("(ticks) => heard.length >= ticks", arg=min(5, 6 - left))
    assert page.evaluate("heard.splice(0)") == [TICK] * 5
    page.evaluate("stopped = 0")


def test_a_browser_that_keeps_sound_back_is_not_pressed(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    url = f"{server.url}/projector/{workshop['key']}"
    page, noise = opened(browser, url)
    expect(page.locator("#tones-hint")).to_be_hidden()
    assert remote.do("tones", key="on")["ok"]
    expect(page.locator("#tones-hint")).to_be_visible()
    remote.until("round", "open")
    at(page, "open")
    page.reload()  # a page that comes new knows it, too
    expect(page.locator("#tones-hint")).to_have_text(
        "Pour le son : F ou un clic".replace(" :", "\xa0:")
    )
    page.keyboard.press("f")
    expect(page.locator("#tones-hint")).to_be_hidden()
    assert noise == []
    phone = Phone(server, workshop).play()
    for told in (remote.screen(), phone.wire.call("sync", {"v": 0})["screen"]):
        assert "tones" not in told  # it is the wall's alone
    phone.wire.close()


BUZZING = """
  window.felt = [];
  Object.defineProperty(Navigator.prototype, "vibrate", {
    configurable: true,
    value: (pattern) => felt.push([pattern].flat()),
  });
"""
OPENS, EARNS, GAINED = [60, 50, 60], [25], [784, 1047]


def test_a_phone_buzzes_when_a_round_opens_and_when_points_come_until_it_shall_not(
    browser: Browser, staff: Staff, workshop: dict[str, str], remote: Remote
) -> None:
    page = phone_context(browser).new_page()
    for script in (BUZZING, COUNTING):
        page.add_init_script(script)
    page.goto(f"{staff.server.url}/{workshop['code']}")
    enter(page)
    assert page.evaluate("felt") == []  # nobody is greeted with it

    def felt(*buzzes: list[int]) -> None:
        page.wait_for_function("(count) => felt.length >= count", arg=len(buzzes))
        assert page.evaluate("felt.splice(0)") == list(buzzes)

    remote.until("round", "open")
    at(page, "open")
    felt(OPENS)
    form = page.locator("[data-lead-form]")
    form.locator("[name=name]").fill("Enora Le Guirriec")
    form.locator("label:has([value=former-colleague])").tap()
    form.locator("[type=submit]:visible").tap()
    expect(page.locator("#purse .number")).to_have_text("14")
    felt(EARNS)
    store = staff.server.store()
    with store.session() as s:
        lead = f"/desk/leads/{s.query(Lead).one().id}"
    store.close()
    assert staff.post(f"{lead}/verdict", {"verdict": "pursue", "reason": "oui"}, lead).ok
    remote.until("board")
    expect(page.locator("#purse .number")).to_have_text("34")  # nobody touched anything here
    felt(EARNS)
    assert page.evaluate("heard") == []  # sound is off until it is wished for

    page.locator("#who").tap()
    page.locator("[data-feel=buzz]").uncheck()
    page.locator("[data-feel=sound]").check()
    assert heard(page, 2) == GAINED
    page.keyboard.press("Escape")
    remote.until("round", "open")
    at(page, "open")
    assert heard(page, 2) == OPENED
    page.reload()
    expect(page.locator("[data-feel=buzz]")).not_to_be_checked()  # it stays as it was wished
    assert page.evaluate("felt") == []
