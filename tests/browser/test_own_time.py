"""A player's own word, time and prompts, in real browsers."""

from playwright.sync_api import Browser, expect
from sqlalchemy import select

from game.store.tables import RoundRow
from tests.browser.phones import enter, phone
from tests.serving import Remote, Server


def deal(server: Server, workshop: dict[str, str], round_id: str) -> None:
    store = server.store()
    with store.session() as session:
        row = session.scalars(select(RoundRow).where(RoundRow.id == round_id)).one()
        assert row.workshop_id == workshop["id"]
        row.options = {**row.options, "deal": True}
        session.commit()
    store.close()


def test_ones_own_word_time_and_prompts(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    url = f"{server.url}/{workshop['code']}"
    slow, other = (enter(phone(browser, url)) for _ in range(2))
    slow.locator("#who").tap()
    slow.get_by_role("link", name="Mon mot et mon temps").tap()
    slow.get_by_role("button", name="Voir mon mot").tap()
    word = slow.locator(".own-word strong").inner_text()
    slow.get_by_text("100 % de plus").tap()
    slow.get_by_role("button", name="Garder ce choix").tap()
    expect(slow.get_by_text("C’est noté ✓")).to_be_visible()
    slow.get_by_role("link", name="Retour au jeu").tap()
    expect(slow.locator("#who")).to_be_visible()
    deal(server, workshop, str(remote.until("round", "briefing")["round"]))
    remote.until("round", "open")
    prompts = [one.locator("[data-turn]:visible") for one in (slow, other)]
    for prompt in prompts:
        expect(prompt).to_have_count(1)
    expect(prompts[0]).not_to_have_text(prompts[1].inner_text())  # each team has its own

    name = slow.locator(".who-name").inner_text()
    slow.locator('[name="name"]').fill("Solenn Kerguelen")
    remote.until("round", "closed")
    expect(other.locator("form.lead-form")).to_have_count(0)
    slow.locator('.lead-form [name="relationship"]').first.check(force=True)
    slow.get_by_role("button", name="Recommander").tap()
    expect(slow.locator("[data-leads] li")).to_have_attribute("data-state", "noted")
    slow.reload()
    slow.locator('[name="name"]').fill("Malo Trégastel")  # the round is open still, for this phone
    remote.until("round", "revealed")
    expect(slow.locator("form.lead-form")).to_have_count(0)  # results end everybody's time

    new = phone(browser, server.url)
    new.get_by_role("link", name="Retrouver ton jeu").tap()
    new.locator("#code").fill(workshop["code"])
    new.locator("#name").fill(name)
    new.locator("#word").fill(word.lower())
    new.get_by_role("button", name="Continuer ici").tap()
    expect(new.locator(".who-name")).to_have_text(name)
    expect(slow.locator("#moved-title")).to_be_visible()
