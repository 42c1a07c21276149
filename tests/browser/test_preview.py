"""The phone of a preview is somebody's: they have points and leads, and nothing is kept."""

from playwright.sync_api import Browser, expect

from game.store.tables import RoundRow
from game.workshop import agenda
from tests.browser.test_workshop import desk
from tests.serving import Server, Staff
from tests.waiting import LONG

WAIT = 1000 * LONG


def round_of(server: Server, workshop_id: str, kind: str) -> str:
    """The workshop has such a round from now on; its id."""
    store = server.store()
    with store.session() as s:
        # a write that comes first waits for its turn
        s.query(RoundRow).filter_by(workshop_id=workshop_id).update({"notes": ""})
        agenda.add(s, workshop_id, kind=kind, seconds=300, options={}, brief_id=None)
        s.commit()
        made = s.query(RoundRow).filter_by(workshop_id=workshop_id, kind=kind).first()
        assert made
        id = made.id
    store.close()
    return id


def test_a_made_up_player_has_leads_and_points(
    browser: Browser, server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    round_id = round_of(server, workshop["id"], "lastcall")
    page = desk(browser, staff)
    at = f"{server.url}/workshops/{workshop['id']}/preview/phone/{round_id}"
    page.goto(f"{at}/open")
    leads = page.locator("[data-own-leads] li")
    expect(leads.first).to_contain_text("Solenn Kerguelen", timeout=WAIT)
    expect(page.locator("#purse [data-me=points]")).not_to_have_text("0")
    expect(page.locator("#clock")).to_be_visible()
    leads.first.locator("button").click()
    expect(page.locator("form[data-answer]")).to_be_hidden()  # it is a picture, and sends nothing
    page.goto(f"{at}/closed")
    expect(page.locator(".gains li").first).to_be_visible(timeout=WAIT)
    assert page.evaluate("Object.keys(localStorage)") == []
