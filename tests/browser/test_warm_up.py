"""Three days before: what somebody notes at home stays on their phone until they send it."""

from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.phones import enter, phone_context
from tests.serving import Remote, Server, Staff

NAME, NOTE = "Maëlle Zwingelstein", "le salon de Nantes"


class Traffic:
    """All that pages of a context send, by request or socket."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    def watch(self, page: Page) -> Page:
        page.on("request", lambda one: self.sent.append(f"{one.url} {one.post_data or ''}"))
        page.on("websocket", lambda wire: wire.on("framesent", self._frame))
        return page

    def _frame(self, frame: Any) -> None:
        self.sent.append(frame if isinstance(frame, str) else frame.decode(errors="replace"))

    def holds(self, *words: str) -> bool:
        return any(word in one for one in self.sent for word in words)


def test_notes_of_the_warm_up_leave_the_phone_only_when_sent(
    browser: Browser, server: Server, staff: Staff, workshop: dict[str, str], remote: Remote
) -> None:
    link = f"{server.url}/{workshop['code']}/warm-up"
    assert link in staff.http.get(f"{server.url}/workshops/{workshop['id']}").text
    context, traffic = phone_context(browser), Traffic()
    home = traffic.watch(context.new_page())
    home.goto(link)
    first = home.locator("[data-prompt]").first
    first.locator("[data-name]").fill(NAME)
    first.locator("[data-note]").first.fill(NOTE)
    expect(home.locator("#said")).to_have_text("Gardé sur ce téléphone ✓")
    expect(first.locator(".warm-row")).to_have_count(2)
    asked = [one for one in traffic.sent if "/static/" not in one]
    assert asked == [f"{link} "]  # the page itself, and not a single request more
    home.reload()
    expect(first.locator("[data-name]").first).to_have_value(NAME)
    first.locator("[data-name]").last.fill("Quelqu'un d'autre")
    home.close()

    room = traffic.watch(context.new_page())
    room.goto(f"{server.url}/{workshop['code']}")
    enter(room)
    remote.until("round", "open")
    notes = room.locator("[data-warm-notes] li")
    expect(notes).to_have_count(2)
    mine = notes.filter(has_text=NAME)
    mine.get_by_role("button", name="Reprendre").tap()
    expect(room.locator(".lead-form [name=name]")).to_have_value(NAME)
    expect(room.locator("[data-reminder]")).to_have_text(NOTE)
    expect(notes).to_have_count(1)
    assert not traffic.holds(NAME, NOTE, "Quelqu")
    room.locator('.lead-form [name="relationship"]').first.check(force=True)
    room.get_by_role("button", name="Recommander").tap()
    expect(room.locator("[data-leads] li")).to_have_attribute("data-state", "noted")
    assert traffic.holds(NAME)
    assert not traffic.holds(NOTE, "Quelqu")
    drop = notes.locator("[data-drop]")
    drop.tap()
    drop.tap()
    expect(notes).to_have_count(0)
    assert room.goto(link)
    expect(room.locator("#who")).to_be_visible()  # once something is played, the game itself
