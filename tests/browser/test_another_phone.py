"""A player whose phone died, in real browsers: the remote's code, typed at a new one's door."""

from playwright.sync_api import Browser, expect

from tests.browser.phones import enter, phone
from tests.browser.test_workshop import desk
from tests.serving import Server, Staff


def test_the_remotes_code_brings_a_player_to_a_new_phone(
    browser: Browser, server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    url = f"{server.url}/{workshop['code']}"
    old = enter(phone(browser, url))
    name = old.locator("#who .who-name").inner_text()
    remote = desk(browser, staff)
    remote.goto(f"{server.url}/remote/{workshop['id']}")
    remote.get_by_role("button", name=f"Un autre téléphone pour {name}").click()
    expect(remote.locator("#hand-name")).to_have_text(name)
    expect(remote.locator("#hand-qr svg")).to_be_visible()
    code = remote.locator("#hand-code").inner_text()
    new = phone(browser, url)
    new.get_by_text("Tu jouais déjà").click()
    new.locator("#given").fill(code)
    new.get_by_role("button", name="Continuer ici").click()
    expect(new.locator("#who .who-name")).to_have_text(name)
    expect(old.locator("#moved-title")).to_be_visible()
    expect(new.locator("#old-browser")).to_be_hidden()
