"""A remote whose sign-in has ended says so, and comes back after a new one."""

from playwright.sync_api import Browser, expect

from tests.accounts.people import person, things
from tests.serving import Server


def test_a_remote_asks_to_sign_in_again(browser: Browser, server: Server) -> None:
    who = person(server, "facilitator")
    made = things(server, who.user_id, who.user_id)
    form = {"name": "", "lang": "fr", "password": "une source claire"}
    assert who.post("/account", form).ok
    mail = who.get("/account").text.split('class="note">')[1].split("<")[0]
    page = browser.new_context(locale="fr-FR").new_page()

    page.goto(f"{server.url}/remote/{made.workshop_id}")
    page.get_by_label("Adresse mail").fill(mail)
    page.get_by_label("Mot de passe").fill("une source claire")
    page.get_by_role("button", name="Entrer", exact=True).click()
    expect(page.locator("#screen")).to_be_visible()
    expect(page).to_have_url(f"{server.url}/remote/{made.workshop_id}")

    who.post("/account/sign-ins/end", {}, page="/account")  # from another browser
    expect(page.get_by_role("heading", name="Se connecter")).to_be_visible(timeout=60_000)
    page.get_by_label("Adresse mail").fill(mail)
    page.get_by_label("Mot de passe").fill("une source claire")
    page.get_by_role("button", name="Entrer", exact=True).click()
    expect(page).to_have_url(f"{server.url}/remote/{made.workshop_id}")
