"""The game under a thumb: what is tapped is 44 px or more, and a phone held sideways has it all."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phones import enter, phone
from tests.browser.test_by_keys import Round, arrange
from tests.serving import Remote, Server

UPRIGHT = {"width": 390, "height": 844}
SIDEWAYS = {"width": 844, "height": 390}
ROUNDS: tuple[Round, ...] = (
    ("recommend", {}),
    ("spot", {}),
    ("expert", {"part": "definition"}),
    ("bingo", {}),
)
MAIN = {
    "door": "#door [type=submit]",
    "recommend": "[data-lead-form] .main-button",
    "spot": "[data-choose=keep]",
    "vote": "[data-vote]",
    "bingo": "[data-square]",
}

# a link in a sentence is as high as its line; a box that is ticked has its label around it
SMALL = """() => {
  const folded = [...document.querySelectorAll("details:not([open])")];
  folded.forEach((one) => { one.open = true; });
  const isInSentence = (one) => one.matches("a") && getComputedStyle(one).display === "inline"
    && one.parentElement.textContent.trim() !== one.textContent.trim();
  const all = "a, button, summary, select, textarea, input, label.chip";
  const small = [...document.querySelectorAll(all)]
    .filter((one) => one.type !== "hidden" && one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !one.closest(".sr, [inert]") && !isInSentence(one))
    .map((one) => (["radio", "checkbox"].includes(one.type) && one.closest("label")) || one)
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, { width, height }]) => width < 43.9 || height < 43.9)
    .map(([one, { width, height }]) =>
      `${width.toFixed()} x ${height.toFixed()}: ${one.outerHTML.slice(0, 150)}`);
  folded.forEach((one) => { one.open = false; });
  return small;
}"""
TINY = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const tiny = [];
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const own = node.parentElement;
    const isRead = node.data.trim() && !own.closest(".sr, script, template, svg")
      && own.checkVisibility({ visibilityProperty: true });
    const size = parseFloat(getComputedStyle(own).fontSize);
    if (isRead && size < 13.9) tiny.push(`${size}px: ${node.data.trim().slice(0, 40)}`);
  }
  return tiny;
}"""
HANGING = """() => [...document.querySelectorAll("body *")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".sr, svg"))
    .map((one) => [one, one.getBoundingClientRect()])
    .filter(([, { left, right, width }]) => width > 1 && (left < -1 || right > innerWidth + 1))
    .map(([one]) => one.outerHTML.slice(0, 150))
    .concat(document.documentElement.scrollWidth > innerWidth ? ["scrolls sideways"] : [])"""
REACHED = """(one) => {
      one.scrollIntoView({ block: "center", behavior: "instant" });
      const { left, top, width, height } = one.getBoundingClientRect();
      const hit = document.elementFromPoint(left + width / 2, top + height / 2);
      return height > 0 && one.contains(hit);
    }"""


@dataclass
class Seen:
    """What was at fault, by the screen's name."""

    small: dict[str, list[str]] = field(default_factory=dict)
    tiny: dict[str, list[str]] = field(default_factory=dict)
    hanging: dict[str, list[str]] = field(default_factory=dict)
    out_of_reach: list[str] = field(default_factory=list)

    def look(self, page: Page, name: str) -> None:
        self.small[name] = page.evaluate(SMALL)
        self.tiny[name] = page.evaluate(TINY)
        if name not in MAIN:
            return
        page.set_viewport_size(SIDEWAYS)  # type: ignore[arg-type]
        self.hanging[name] = page.evaluate(HANGING)
        main = page.locator(MAIN[name]).locator("visible=true").first
        if not main.evaluate(REACHED):
            self.out_of_reach.append(name)
        page.set_viewport_size(UPRIGHT)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def seen(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seen]:
    """One game is walked through, from the door to the end."""
    server, found = Server(tmp_path_factory.mktemp("thumbs")).start(), Seen()
    try:
        staff = server.admin()
        workshop = staff.demo()
        arrange(server, workshop["id"], ROUNDS)
        at = f"{server.url}/{workshop['code']}"
        page = phone(chromium, at)
        play(page, Remote(staff, workshop), found)
        for path in ("/my-data", "/mine", "/mine/ways", "/../", "/../back"):
            answer = page.goto(at + path)
            assert answer, path
            assert answer.ok, path
            found.look(page, path)
        yield found
        page.context.close()
    finally:
        server.kill()


def play(page: Page, remote: Remote, found: Seen) -> None:
    """Looks at each screen of the game on its way, and at the sheet of one's own."""
    found.look(page, "door")
    enter(page)
    found.look(page, "lobby")
    for name in ("recommend", "spot", "vote", "bingo"):
        round_id = remote.until("round", "open")["round"]
        expect(page.locator(f"[data-phase=open] [data-round='{round_id}']").first).to_be_visible()
        expect(page.locator(MAIN[name]).locator("visible=true").first).to_be_visible()
        found.look(page, name)
        remote.until("round", "revealed")
        assert remote.do("next")["ok"]
    page.locator("#who").tap()
    expect(page.locator("#mine")).to_be_visible()
    found.look(page, "my game")
    page.keyboard.press("Escape")
    remote.until("ended")
    expect(page.locator("#screen")).to_have_attribute("data-stage", "ended")
    found.look(page, "ended")
    remote.wire.close()


def test_what_is_tapped_is_as_large_as_a_thumb(seen: Seen) -> None:
    assert len(seen.small) == 13
    assert not {name: faults for name, faults in seen.small.items() if faults}


def test_what_is_read_is_as_large_as_fourteen_pixels(seen: Seen) -> None:
    assert not {name: faults for name, faults in seen.tiny.items() if faults}


def test_a_phone_held_sideways_shows_it_all(seen: Seen) -> None:
    assert seen.hanging.keys() == MAIN.keys()
    assert not {name: faults for name, faults in seen.hanging.items() if faults}
    assert not seen.out_of_reach
