"""Phones as people hold them."""

from playwright.sync_api import Browser, BrowserContext, Page, expect


def phone_context(browser: Browser) -> BrowserContext:
    return browser.new_context(
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
        locale="fr-FR",  # type: ignore[arg-type]
    )


def phone(browser: Browser, url: str) -> Page:
    page = phone_context(browser).new_page()
    page.goto(url)
    return page


def enter(page: Page) -> Page:
    """From the door into the game."""
    page.get_by_role("button", name="Entrer dans l’atelier").tap()
    expect(page.locator("#who")).to_be_visible()
    return page
