"""Coming in in two steps, by keyboard alone: and no address ever holds what was typed."""

import re

import pyotp
from playwright.sync_api import Browser, Page, expect

from tests.accounts.people import person
from tests.serving import Server

GOOD = "une source claire"


def focus(page: Page, selector: str) -> None:
    """Goes to something with the tabulator, as who has no mouse does."""
    for _ in range(40):
        if page.evaluate("(one) => document.activeElement.matches(one)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard never comes to {selector}")


def put(page: Page, selector: str, text: str) -> None:
    focus(page, selector)
    page.keyboard.type(text)


def test_two_steps_by_keyboard_alone(browser: Browser, server: Server) -> None:
    who = person(server, "recruiter")
    who.post("/account", {"name": "Rosa", "lang": "fr", "password": GOOD})
    mail = re.findall(r'class="note">([^<]+)<', who.get("/account").text)[0]
    page = browser.new_context(locale="fr-FR").new_page()
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))

    def first_step(comes_to: str) -> None:
        page.goto(f"{server.url}/sign-in?next=/account/second")
        put(page, "[name=mail]", mail)
        put(page, "[name=password]", GOOD)
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_have_text(comes_to)

    first_step("Validation en deux étapes")
    focus(page, "[value=begin]")
    page.keyboard.press("Enter")
    key = page.locator(".key").inner_text().replace(" ", "")
    one_time = pyotp.TOTP(key).now()
    put(page, "[name=one_time]", one_time)
    put(page, "[name=current]", GOOD)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Codes de secours")
    paper = page.locator(".one-time-codes code").all_inner_texts()
    focus(page, "form[action$='sign-out'] button")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Se connecter")
    first_step("Deuxième étape")
    put(page, "[name=one_time]", "nothing")
    page.keyboard.press("Enter")
    expect(page.locator(".error")).to_contain_text("pas le bon")
    focus(page, "[name=one_time]")
    page.keyboard.press("Control+a")
    page.keyboard.type(paper[0])
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Il vous reste 9 codes")
    secrets = (mail, GOOD, key, one_time, *paper)
    assert not [url for url in seen if any(one in url for one in secrets)]
