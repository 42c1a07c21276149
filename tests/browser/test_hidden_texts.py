"""What the room typed, under the facilitator's eye: hidden on the big screen and every phone."""

from playwright.sync_api import Browser, expect

from tests.browser.phones import enter, phone
from tests.browser.test_workshop import desk
from tests.serving import Phone, Remote, Server, Staff

PLACE = "Forge des Brumes"


def test_a_text_is_hidden_and_shown_again_on_projector_and_phones(
    browser: Browser, server: Server, staff: Staff, workshop: dict[str, str], remote: Remote
) -> None:
    projector = browser.new_context(locale="fr-FR").new_page()
    projector.goto(f"{server.url}/projector/{workshop['key']}")
    page = enter(phone(browser, f"{server.url}/{workshop['code']}"))
    assert remote.do("insert", kind="spot", seconds=300, options={"places": True})["ok"]
    now = remote.until("round", "open")
    expect(page.locator("#screen")).to_have_attribute("data-phase", "open")
    channel = page.locator("select[name=channel] option:not([value=''])").first
    answer = {"name": PLACE, "channel": channel.get_attribute("value")}
    for n in range(2):  # what one alone has typed is shown to nobody
        sent = (
            Phone(server, workshop)
            .play()
            .submit(now["round"], {**answer, "slot": f"place:a{n}bcd"})
        )
        assert sent["ok"]
    remote.until("round", "revealed")
    control = desk(browser, staff)
    control.goto(f"{server.url}/remote/{workshop['id']}")
    rooms = (projector, page)
    for shown in (*rooms, control):
        expect(shown.locator("#screen")).to_contain_text(PLACE)

    line = control.locator(".texts li").filter(has_text=PLACE)
    line.get_by_role("button", name="Cacher").click()
    for shown in rooms:
        expect(shown.locator("#screen")).not_to_contain_text(PLACE)
    expect(line.get_by_role("button", name="Montrer")).to_be_focused()
    page.reload()
    expect(page.locator("#screen")).to_have_attribute("data-phase", "revealed")
    expect(page.locator("#screen")).not_to_contain_text(PLACE)
    late = enter(phone(browser, f"{server.url}/{workshop['code']}"))
    expect(late.locator("#screen")).to_have_attribute("data-phase", "revealed")
    assert PLACE not in late.content()

    control.keyboard.press("Enter")  # on « Montrer », where the focus stayed
    for shown in (*rooms, late):
        expect(shown.locator("#screen")).to_contain_text(PLACE)
