"""The remote in one hand: on the smallest phones it fits, is named, and can be taken back."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.test_workshop import go_on
from tests.serving import Server, Staff

WIDE = "document.documentElement.scrollWidth - innerWidth"
NAMELESS = """[...document.querySelectorAll("button, a, summary")]
    .filter((one) => one.checkVisibility() && !one.closest("iframe"))
    .filter((one) => !(one.innerText.trim() || one.getAttribute("aria-label")))
    .map((one) => one.outerHTML.slice(0, 120))"""
SMALL = """[...document.querySelectorAll(".top button, .top a, .controls button")]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
    .map((one) => one.outerHTML.slice(0, 120))"""


def held(browser: Browser, staff: Staff, url: str) -> Page:
    size = {"width": 320, "height": 568}
    phone = browser.new_context(viewport=size, is_mobile=True, has_touch=True)  # type: ignore[arg-type]
    for cookie in staff.http.cookies:
        value = {"name": cookie.name, "value": str(cookie.value), "url": staff.server.url}
        phone.add_cookies([value])  # type: ignore[list-item]
    page = phone.new_page()
    page.goto(url)
    return page


def fits(page: Page) -> None:
    for width in (320, 390, 430):
        page.set_viewport_size({"width": width, "height": 568 if width == 320 else 844})
        assert page.evaluate(WIDE) <= 0, width
        for sheet in page.locator("dialog").evaluate_all("(all) => all.map(({ id }) => id)"):
            page.evaluate("(id) => document.getElementById(id).showModal()", sheet)
            box = page.locator(f"#{sheet}").bounding_box()
            assert box
            assert box["x"] >= 0, (sheet, width)
            assert box["x"] + box["width"] <= width, (sheet, width)
            page.evaluate("(id) => document.getElementById(id).close()", sheet)
    page.set_viewport_size({"width": 320, "height": 568})


def test_the_remote_runs_in_one_hand(
    browser: Browser, server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    page = held(browser, staff, f"{server.url}/remote/{workshop['id']}")
    expect(page.locator("#do-next")).to_contain_text("Présenter la manche 1")
    fits(page)
    assert page.evaluate(NAMELESS) == []
    room = page.frame_locator("[data-miniature] iframe")
    expect(room.locator("#screen")).to_have_attribute("data-stage", "lobby")
    expect(page.locator(".is-lacking")).to_be_visible()  # the small picture is no projector

    go_on(page, "briefing")
    expect(page.locator("#do-next")).to_contain_text("Lancer la manche 1")
    expect(page.locator("#do-next")).to_contain_text("Mémoire")
    expect(room.locator("#screen")).to_have_attribute("data-phase", "briefing")
    go_on(page, "open")
    assert page.evaluate(SMALL) == []
    page.locator("#do-undo").tap()  # there are ten seconds for it
    expect(page.locator("#screen")).to_have_attribute("data-phase", "briefing")
    expect(page.locator("#do-undo")).to_have_count(0)
    expect(page.locator("[data-pace-late]")).to_have_text("À l’heure")

    go_on(page, "open")
    fits(page)
    go_on(page, "close")
    go_on(page, "reveal")
    page.locator("#ways summary").tap()
    page.locator("#boards-never").tap()
    expect(page.locator("#boards-never")).to_have_attribute("aria-pressed", "true")
    page.locator("#auto-on").tap()  # here there are twenty seconds to take it back
    expect(page.locator("#auto-line")).to_contain_text("0:")
    page.locator("#do-hold").tap()
    expect(page.locator("#auto-line")).to_have_count(0)
    expect(page.locator("#do-next")).to_contain_text("Présenter la manche 2")
