"""Nothing stands under a phone's keyboard: what is written in is seen, and what sends it."""

import re
from collections.abc import Callable

from playwright.sync_api import Browser, Page, expect

from tests.browser.phones import enter
from tests.browser.test_thumbs import HANGING
from tests.serving import Remote, Server

WIDTH, HEIGHT, KEYS = 320, 568, 260
# as iOS has it: the page keeps its size, and only what is seen of it is smaller
ONLY_SEEN = """
  const seen = Object.assign(new EventTarget(), { scale: 1, offsetTop: 0, offsetLeft: 0 });
  let keys = 0;
  Object.defineProperties(seen, {
    width: { get: () => innerWidth },
    height: { get: () => innerHeight - keys },
  });
  Object.defineProperty(window, "visualViewport", { value: seen });
  window.keyboard = (px) => { keys = px; seen.dispatchEvent(new Event("resize")); };
"""
LACKS = re.compile(r"^Encore à dire\s: comment la joindre, son métier et 5 autres choses$")
CLEAR = """([field, send]) => [field, send].every((one) => {
  const { left, top, width, height, bottom } = one.getBoundingClientRect();
  const header = document.querySelector(".top").getBoundingClientRect().bottom;
  const hit = document.elementFromPoint(left + width / 2, top + height / 2);
  const end = visualViewport.offsetTop + visualViewport.height;
  return height > 0 && top >= header - 1 && bottom <= end + 1 && one.contains(hit);
})"""
# by kind of round: its options, what is opened first, and the fields that are written in
WRITTEN: dict[str, tuple[dict[str, object], str, tuple[str, ...]]] = {
    "bingo": ({}, "[data-square] >> nth=15", ("[data-panel]:not([hidden]) [name=name]",)),
    "rivals": ({}, "", ("[data-own-form=company] [name=name]",)),
    "boolean": ({}, "details:has([data-own-form=word]) summary", ("[name=text]",)),
    "spot": ({"places": True}, ".places summary", ("[name=name]", "[name=note]")),
    "expert": ({"part": "nominate"}, "", ("[name=subject]", "[name=nominee]", "[name=why]")),
    "revival": ({}, "", ("[name=words]",)),
    "lastcall": ({}, "[data-own-leads] button", ("[name=role]", "[name=reason]")),
}


def shrunk(page: Page) -> None:
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT - KEYS})


def whole(page: Page) -> None:
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})


class Held:
    """A small phone, whose keyboard comes up in one of the two ways."""

    def __init__(self, browser: Browser, url: str, *, only_seen: bool) -> None:
        size = {"width": WIDTH, "height": HEIGHT}
        context = browser.new_context(
            viewport=size,  # type: ignore[arg-type]
            is_mobile=True,
            has_touch=True,
            locale="fr-FR",
        )
        self.page = context.new_page()
        if only_seen:
            self.page.add_init_script(ONLY_SEEN)
        self.page.goto(url)
        self.up: Callable[[], None] = lambda: shrunk(self.page)
        self.down: Callable[[], None] = lambda: whole(self.page)
        if only_seen:
            self.up = lambda: self.page.evaluate("keyboard(260)")
            self.down = lambda: self.page.evaluate("keyboard(0)")

    def write_in(self, selector: str) -> None:
        """A tap, and the keyboard comes: then field and button are there to be seen and touched."""
        field = self.page.locator(f"main {selector}").first
        field.tap()
        self.up()
        button = field.locator("xpath=ancestor::form").locator("[type=submit]:visible").last
        handles = [field.element_handle(), button.element_handle()]
        self.page.wait_for_function(CLEAR, arg=handles)
        expect(field).to_be_focused()
        self.down()


def test_field_and_button_are_seen_above_the_keyboard(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    url = f"{server.url}/{workshop['code']}"
    phones = [Held(browser, url, only_seen=seen) for seen in (False, True)]
    for held in phones:
        held.write_in("#nickname")
        enter(held.page)
    remote.until("round", "open")  # of leads, in a demonstration
    for held in phones:
        form = held.page.locator("[data-lead-form]")
        expect(form).to_be_visible()
        held.write_in("[data-lead-form] [name=name]")
        form.locator(".more summary").tap()
        for name in ("role", "reason"):
            held.write_in(f"[data-lead-form] [name={name}]")
        form.locator("[name=name]").fill("Enora Le Guirriec")
        form.locator("label:has([value=former-colleague])").tap()
        form.locator("[type=submit]:visible").tap()
        expect(held.page.locator("[data-lead-count]")).to_have_text("1")
    for kind, (options, opener, fields) in WRITTEN.items():
        assert remote.do("insert", kind=kind, seconds=600, options=options)["ok"]
        assert remote.do("skip")["ok"]
        assert remote.do("next")["ok"]
        for held in phones:
            expect(held.page.locator(f"main [data-kind={kind}][data-phase=open]")).to_be_visible()
            assert held.page.evaluate(HANGING) == []
            if kind == "lastcall":  # what a lead lacks is said, and not counted
                expect(held.page.locator("[data-lacks]")).to_have_text(LACKS)
            if opener:
                held.page.locator(f"main {opener}").first.tap()
            for name in fields:
                held.write_in(name)
