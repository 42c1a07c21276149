"""The remote's first press: it is never lost, whenever in the page's coming it is made."""

from playwright.sync_api import Browser, Route, WebSocketRoute, expect

from tests.browser.test_workshop import desk
from tests.serving import Server, Staff, wait_until


def test_a_press_before_the_line_is_up_goes_with_the_line(
    browser: Browser, server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    page = desk(browser, staff)
    held: list[WebSocketRoute] = []  # the remote's own line, and that of its small picture
    is_up = False

    def line(one: WebSocketRoute) -> None:
        if is_up:
            one.connect_to_server()
        else:
            held.append(one)

    page.route_web_socket("**/socket.io/**", line)
    page.goto(f"{server.url}/remote/{workshop['id']}")
    button = page.locator('[data-do="next"]')
    button.click()
    expect(button).to_have_attribute("aria-busy", "true")
    is_up = True
    for one in held:
        one.connect_to_server()
    expect(page.locator("#screen")).to_have_attribute("data-stage", "round")
    expect(page.locator("#toasts")).to_be_empty()


def test_buttons_that_do_nothing_yet_say_so(
    browser: Browser, server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    page = desk(browser, staff)
    held: list[Route] = []
    page.route("**/static/remote*.js", lambda one: held.append(one))
    page.goto(f"{server.url}/remote/{workshop['id']}", wait_until="commit")
    button = page.locator('[data-do="next"]')
    expect(button).to_have_css("pointer-events", "none")
    wait_until(lambda: page.evaluate("1") and held)
    held[0].continue_()
    expect(button).to_have_css("pointer-events", "auto")
