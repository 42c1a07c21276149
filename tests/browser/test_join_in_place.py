"""Coming in turns the door's page into the game's: no second document, nobody twice."""

import requests
from playwright.sync_api import Browser, Page, Route, expect

from game.base.clock import now_ms
from game.workshop.door import AGAIN_MS
from tests.browser.phones import enter, phone_context
from tests.live.test_identity import change, players
from tests.serving import LONG, Remote, Server


def name_of(page: Page) -> str:
    return page.locator("#who .who-name").inner_text()


def test_the_door_becomes_the_game_where_it_stands(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    url = f"{server.url}/{workshop['code']}"
    context = phone_context(browser)
    page = context.new_page()
    documents: list[str] = []
    page.on("request", lambda r: documents.append(r.url) if r.resource_type == "document" else None)
    failures: list[str] = []

    def fail_twice(route: Route) -> None:
        failures.append(route.request.url)
        if len(failures) <= 2:
            route.abort()
        else:
            route.continue_()

    page.goto(server.url)
    page.goto(url.lower())  # as it may be typed
    page.route("**/static/phone-*.js", fail_twice)
    page.locator("#nickname").fill("Lila Rose")
    enter(page)
    expect(page.locator("main h1")).to_be_focused()
    expect(page.locator("main h1")).to_contain_text("Lila Rose")
    expect(page).to_have_url(url)  # the script has come at last
    assert documents == [f"{server.url}/", url.lower()]
    assert len(failures) >= 3
    remote.until("round", "open")
    expect(page.locator("#screen")).to_have_attribute("data-phase", "open")
    form = page.locator("[data-lead-form]")
    form.locator('[name="name"]').fill("Enora Le Guirriec")
    form.locator('label:has([value="former-colleague"])').click()
    form.get_by_role("button", name="Recommander").click()
    expect(page.locator("#purse")).to_contain_text("14")
    assert len(documents) == 2

    page.unroute("**/static/phone-*.js")
    page.reload()
    expect(page.locator("#purse")).to_contain_text("14")
    assert name_of(page) == "Lila Rose"
    page.go_back()
    page.go_forward()  # no door comes back out of a cache
    expect(page.locator("#purse")).to_contain_text("14")
    assert name_of(page) == "Lila Rose"

    # a door that stood open in another tab meanwhile
    tab = context.new_page()
    tab.goto(url)
    assert name_of(tab) == "Lila Rose"
    expect(page.locator("#moved-title")).to_be_visible()
    expect(tab.locator("#purse")).to_contain_text("14")
    expect(tab.locator("#moved-title")).to_be_hidden()
    for _press in range(2):
        page.keyboard.press("Escape")  # what went on elsewhere is not looked at here
    page.get_by_role("button", name="Reprendre ici").click()
    expect(tab.locator("#moved-title")).to_be_visible()
    expect(page.locator("#moved-title")).to_be_hidden()

    # a taken name is made free, and the page says which it is
    other = phone_context(browser).new_page()
    other.goto(url)
    other.locator("#nickname").fill("lila rose")
    enter(other)
    expect(other.locator("#who .who-name")).to_have_text("lila rose 2")
    assert players(server) == 2


def test_two_taps_without_scripts_make_one_player(
    browser: Browser, server: Server, workshop: dict[str, str]
) -> None:
    context = browser.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    page.goto(f"{server.url}/{workshop['code']}")
    page.get_by_role("button", name="Entrer dans l’atelier").dblclick()
    expect(page.locator("#who")).to_be_visible()
    assert players(server) == 1


def test_a_used_form_says_so_and_the_next_tap_comes_in_as_somebody_new(
    browser: Browser, server: Server, workshop: dict[str, str]
) -> None:
    url = f"{server.url}/{workshop['code']}"
    page = phone_context(browser).new_page()
    page.goto(url)
    page.locator("#nickname").fill("Lila Rose")
    sent = {"nickname": "Ada", "page": page.locator('#door [name="page"]').input_value()}
    jar = {"door": "1"}
    first = requests.post(f"{url}/join", json=sent, cookies=jar, timeout=LONG).json()["id"]
    change(server, first, joined_at=now_ms() - AGAIN_MS - 1)
    button = page.get_by_role("button", name="Entrer dans l’atelier")
    button.click()
    expect(page.locator("#door-error")).to_contain_text("déjà entré avec ce formulaire")
    expect(page.locator("#nickname")).to_have_value("Lila Rose")
    button.click()
    expect(page.locator("#who .who-name")).to_have_text("Lila Rose")
    assert players(server) == 2
