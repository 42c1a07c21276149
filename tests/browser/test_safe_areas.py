"""What is read and tapped keeps clear of notches, rounded corners and the home bar."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phones import enter, phone
from tests.serving import Remote, Server

# how a phone with a notch is held: its size, and what each side keeps
HELD = {
    "upright": ((390, 844), {"top": 47, "bottom": 34}),
    "on its left": ((844, 390), {"left": 47, "right": 47, "bottom": 21}),
}
HIDDEN = """({ top = 0, right = 0, bottom = 0, left = 0 }) => {
  const isText = ({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim();
  const isRead = (one) => [...one.childNodes].some(isText)
    && !one.closest(".sr, script, template")
    && one.checkVisibility({ visibilityProperty: true });
  return [...document.querySelectorAll(".top *, main *")].filter(isRead).filter((one) => {
    const box = one.getBoundingClientRect();
    if (box.left < left || box.right > innerWidth - right) return true;
    if (one.closest(".top") && box.top < top) return true;
    const thumb = one.closest(".thumb"); // where it does not stick it is scrolled to
    const sticks = thumb && getComputedStyle(thumb).position === "sticky";
    return sticks && box.bottom > innerHeight - bottom;
  }).map((one) => one.textContent.trim());
}"""


def hold(page: Page, size: tuple[int, int], insets: dict[str, int]) -> None:
    wire = page.context.new_cdp_session(page)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    wire.send("Emulation.setSafeAreaInsetsOverride", {"insets": insets})


@pytest.mark.parametrize("held", HELD)
def test_nothing_stands_under_a_notch(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote, held: str
) -> None:
    size, insets = HELD[held]
    page = phone(browser, f"{server.url}/{workshop['code']}")
    hold(page, size, insets)
    assert page.evaluate(HIDDEN, insets) == []
    enter(page)
    remote.until("round", "open")
    expect(page.locator("#screen")).to_have_attribute("data-phase", "open")
    assert page.evaluate(HIDDEN, insets) == []
    page.locator("#who").tap()
    expect(page.locator("dialog[open]")).to_be_visible()
    page.locator("dialog[open]").evaluate("(one) => one.scrollTo(0, 1e6)")
    box = page.locator("dialog[open]").bounding_box()
    assert box
    assert box["y"] >= insets.get("top", 0)
    assert box["y"] + box["height"] <= size[1] - insets["bottom"]
