"""A new screen takes nothing from who reads, listens or types: focus, place, what is their own."""

from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.phones import enter, phone_context
from tests.browser.test_workshop import desk
from tests.serving import Remote, Server, Staff

# What a screen reader hears: one list of changed live regions for each screen that came; and what
# a new screen did to attributes that only this page sets.
EAR = """
const LIVE = "[aria-live=polite], [aria-live=assertive], [role=status]:not([aria-live=off]), " +
    "[role=alert], [role=log], output:not([aria-live=off])";
window.heard = [];
window.redrawn = [];
const regionsOf = ({ target, addedNodes }) => {
    const at = (target instanceof Element ? target : target.parentElement)?.closest(LIVE);
    const added = [...addedNodes].filter((node) => node instanceof Element).flatMap((node) =>
        [node, ...node.querySelectorAll("*")].filter((one) => one.matches(LIVE)));
    const full = added.filter((one) => one.textContent.trim() && one.getClientRects().length);
    return [at, ...full].filter(Boolean);
};
document.addEventListener("shown", () => heard.push([]));
new MutationObserver((records) => {
    for (const record of records)
        for (const region of regionsOf(record).filter((one) => one.textContent.trim()))
            heard.at(-1)?.push(`${region.id || region.outerHTML}: ${region.textContent.trim()}`);
}).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: ["hidden"],
});
new MutationObserver((records) => {
    for (const { target, attributeName: name, oldValue } of records)
        if (target.closest("#screen") && target.getAttribute(name) !== oldValue)
            redrawn.push(`${name} of ${target.outerHTML.slice(0, 120)}`);
}).observe(document, {
    subtree: true, attributes: true, attributeOldValue: true,
    attributeFilter: ["hidden", "aria-pressed", "disabled", "open", "style", "data-choice"],
});
"""


def listening(browser: Browser, url: str) -> Page:
    context = phone_context(browser)
    context.add_init_script(EAR)
    page = context.new_page()
    page.goto(url)
    return page


def shown(page: Page, **data: str) -> None:
    for name, value in data.items():
        expect(page.locator("#screen")).to_have_attribute(f"data-{name}", value)


def say_again(remote: Remote, *pages: Page) -> None:
    """Two new screens of the same moment for everybody: a pause that ends at once."""
    for name in ("pause", "resume"):
        assert remote.do(name)["ok"]
    version = str(remote.wire.call("sync", {})["v"])
    for page in pages:
        shown(page, version=version)


def heard(page: Page) -> list[list[str]]:
    # what is said waits a moment for more: a timer of the page's own comes after that one's
    page.evaluate("() => new Promise((done) => setTimeout(done, 250))")
    told: list[list[str]] = page.evaluate("window.heard")
    return told


def test_each_screen_is_said_once_and_redraws_nothing_of_ones_own(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    url = f"{server.url}/{workshop['code']}"
    page = enter(listening(browser, url))
    projector = listening(browser, f"{server.url}/projector/{workshop['key']}")
    shown(page, stage="lobby")
    for phase in ("briefing", "open", "closed", "revealed"):
        remote.until("round", phase)
        if phase == "open":
            say_again(remote, page)
        for one in (page, projector):
            shown(one, stage="round", phase=phase)
            heard(one)
    remote.until("board")
    shown(page, stage="board")
    told = heard(page)
    assert len(told) >= 7
    assert max(map(len, told)) == 1, told
    said = [line for lines in told for line in lines]
    assert all(line.startswith("say: ") for line in said), said
    assert any("En pause" in line for line in said)
    # the focus was on the heading since the door; where that is gone it is read by having it again
    expect(page.locator("main h1")).to_be_focused()
    shown(projector, stage="board")
    projector.wait_for_function("heard.at(-1).length")
    told = heard(projector)
    assert max(map(len, told)) == 1, told
    assert told[-1] == ["say: Classement"]

    remote.until("round", "open")
    spot(page, remote)
    quiz(page, remote)


def own_untouched(page: Page, does: Any) -> None:
    page.evaluate("window.redrawn = []")
    page.evaluate("window.own = [...document.querySelectorAll('[data-script] *')]")
    does()
    assert page.evaluate("window.redrawn.filter((told) => !told.includes('banner'))") == []
    assert page.evaluate("window.own.filter((part) => !part.isConnected).length") == 0


def spot(page: Page, remote: Remote) -> None:
    """The second card, pressed keep, and the focus on a criterion: all stay."""
    shown(page, stage="round", phase="open")
    page.locator('[data-choose="keep"]').tap()
    page.locator("[data-criterion]").first.tap()
    expect(page.locator("[data-at]")).to_have_text("2")
    page.locator('[data-choose="pass"]').tap()
    expect(page.locator("[data-criterion]").first).to_be_focused()
    own_untouched(page, lambda: say_again(remote, page))
    expect(page.locator("[data-criterion]").first).to_be_focused()
    expect(page.locator("[data-at]")).to_have_text("2")
    page.locator('[data-go="undo"]').tap()
    card = page.locator(".profile:visible")
    box = card.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + 30
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y)
    expect(card).to_have_attribute("data-choice", "keep")
    own_untouched(page, lambda: say_again(remote, page))  # under a finger it stays where it is
    page.mouse.up()
    expect(card).to_have_attribute("data-choice", "")
    page.locator('[data-choose="pass"]').focus()
    remote.until("round", "closed")  # the button is gone: on to the heading
    shown(page, phase="closed")
    expect(page.locator("main h1")).to_be_focused()


def quiz(page: Page, remote: Remote) -> None:
    """The second question, and what was pressed in the first."""
    options = {"part": "definition"}
    assert remote.do("insert", kind="expert", seconds=300, options=options)["ok"]
    remote.until("round", "open")
    shown(page, phase="open")
    vote = page.locator("[data-vote]").nth(1)
    vote.focus()
    vote.press("Enter")
    expect(vote).to_have_attribute("aria-pressed", "true")
    expect(page.locator("form[data-answer=guess]")).to_be_visible()
    vote.focus()
    own_untouched(page, lambda: say_again(remote, page))
    expect(vote).to_be_focused()
    expect(vote).to_have_attribute("aria-pressed", "true")


def test_the_remotes_focus_never_slides_to_another_button(
    browser: Browser, server: Server, staff: Staff, workshop: dict[str, str], remote: Remote
) -> None:
    page = desk(browser, staff)
    page.context.add_init_script(EAR)
    page.goto(f"{server.url}/remote/{workshop['id']}")
    remote.until("round", "open")
    page.locator("#do-pause").click()
    expect(page.locator("#do-pause")).to_contain_text("Reprendre")
    expect(page.locator("#do-pause")).to_be_focused()  # the same button, and it says what it does
    page.locator("#do-extend").focus()
    remote.until("round", "closed")
    expect(page.locator("main h1")).to_be_focused()  # thirty seconds more of what has ended: gone
    who = enter(listening(browser, f"{server.url}/{workshop['code']}"))
    name = who.locator("#who .who-name").inner_text()
    rename = page.get_by_role("button", name=f"Renommer {name}")
    rename.focus()
    other = enter(listening(browser, f"{server.url}/{workshop['code']}"))
    expect(page.locator(".person")).to_have_count(2)
    expect(rename).to_be_focused()
    rename.press("Enter")  # the sheet opens, Escape closes it, and the focus is back
    expect(page.locator("#rename-nickname")).to_be_focused()
    other.reload()
    page.keyboard.press("Escape")
    expect(page.locator("#rename")).to_be_hidden()
    expect(rename).to_be_focused()
    told = heard(page)
    assert len(told) > 6
    assert max(map(len, told)) == 1, [lines for lines in told if lines]


def test_single_keys_can_be_turned_off_and_the_device_remembers(
    browser: Browser, server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    page = desk(browser, staff)
    page.goto(f"{server.url}/remote/{workshop['id']}")
    shown(page, stage="lobby")
    expect(page.locator("html")).to_have_attribute("data-link", "on")
    page.locator("main h1").click()
    page.keyboard.press("?")
    switch = page.get_by_label("Raccourcis d’une seule touche")
    expect(switch).to_be_checked()
    switch.uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("#do-next")).not_to_have_attribute("aria-keyshortcuts", "N Space")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-link", "on")
    page.evaluate("document.addEventListener('keydown', (e) => { window.seen = e.key })")
    for key in ("n", "?", "l"):
        page.keyboard.press(key)
    assert page.evaluate("window.seen") == "l"
    expect(page.locator("#help")).to_be_hidden()
    expect(page.locator("[data-do][aria-busy]")).to_have_count(0)
    shown(page, stage="lobby")
    page.get_by_role("button", name="Aide et raccourcis").click()
    page.get_by_label("Raccourcis d’une seule touche").check()
    page.keyboard.press("Escape")
    expect(page.locator("#do-next")).to_have_attribute("aria-keyshortcuts", "N Space")
    page.keyboard.press("n")
    shown(page, stage="round")
