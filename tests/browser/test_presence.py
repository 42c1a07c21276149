"""The shapes of the big screen at the door, and somebody far away who is let in by hand."""

import re

from playwright.sync_api import Browser, expect

from game.store.tables import Workshop
from tests.browser.phones import enter, phone
from tests.serving import Remote, Server, Staff


def ask_for_presence(server: Server, workshop: dict[str, str]) -> None:
    store = server.store()
    with store.session() as session:
        row = session.get_one(Workshop, workshop["id"])
        row.presence, row.version = True, row.version + 1
        session.commit()
    store.close()


def test_the_shapes_of_the_big_screen_open_the_door(
    browser: Browser, server: Server, staff: Staff, workshop: dict[str, str], remote: Remote
) -> None:
    ask_for_presence(server, workshop)
    url = f"{server.url}/{workshop['code']}"
    here, away = phone(browser, url), phone(browser, url)
    here.get_by_role("button", name="Entrer dans l’atelier").tap()
    expect(here.locator("#sign_1-error, #door-sign_1-error")).to_have_text("À remplir.")

    wall = browser.new_page()
    wall.goto(f"{server.url}/projector/{workshop['key']}")
    expect(wall.locator("[data-signs] li")).to_have_count(4)
    assert not here.locator("[data-signs]").count()  # the phone's own page does not tell them

    def tap(signs: list[str]) -> None:
        here.get_by_role("button", name="Recommencer").tap()
        for sign in signs:
            here.locator(f'[data-sign-grid] [aria-label="{sign}"]').tap()

    shown = [text.strip() for text in wall.locator("[data-signs] li").all_inner_texts()]
    wrong = "lune" if shown[0] != "lune" else "carré"
    tap([wrong, *shown[1:]])
    name = here.locator("#nickname").input_value()
    here.get_by_role("button", name="Entrer dans l’atelier").tap()
    expect(here.locator(".signs-field .error")).to_contain_text("Ce ne sont pas ces formes-là")
    expect(here.locator("#nickname")).to_have_value(name)
    shown = [text.strip() for text in wall.locator("[data-signs] li").all_inner_texts()]
    tap(shown)
    enter(here)

    away.get_by_text("Je ne suis pas dans la salle").tap()
    away.get_by_role("button", name="Entrer dans l’atelier").tap()
    expect(away.locator("[data-waiting]")).to_be_visible()
    people = staff.http.get(f"{server.url}/remote/{workshop['id']}/people").text
    assert "attend à la porte" in people
    (waiting,) = re.findall(r'id="forgive-(\w+)"', people)
    assert remote.do("forgive", player=waiting)["ok"]
    expect(away.locator("#who")).to_be_visible(timeout=60_000)
