"""A phone whose scripts have not come: each kind is answered, and no address tells."""

import re

from playwright.sync_api import Browser, Locator, Page, Route, expect

from game.rules.registry import kinds
from tests.browser.phones import enter, phone_context
from tests.serving import Remote, Server

SOMEBODY = "Solenn Kerguelen"
LONG_TEXT = ("Une raison qui ne tient pas. " * 8).strip()


def fill(form: Locator) -> None:
    """Fills in what there is, as a person would: whatever kind it is of."""
    for n in range(form.locator("summary").count()):
        form.locator("summary").nth(n).click()
    for name in names(form, "input[type=radio]"):
        form.locator(f"label:has(input[name={name}])").first.click()
    for name in names(form, ".chip input[type=checkbox]"):
        form.locator(f"label:has(input[name={name}])").first.click()
    for n in range(form.locator("select").count()):
        form.locator("select").nth(n).select_option(index=1)
    for n in range(form.locator("input:not([type]), textarea").count()):
        form.locator("input:not([type]), textarea").nth(n).fill(SOMEBODY)


def names(form: Locator, fields: str) -> list[str]:
    found = form.locator(fields).evaluate_all("all => [...new Set(all.map(one => one.name))]")
    return [str(name) for name in found]


def send(page: Page, form: Locator) -> None:
    with page.expect_navigation():
        form.locator("[type=submit]").first.click()


def without_scripts(route: Route) -> None:
    if route.request.resource_type == "script":
        route.abort()
    else:
        route.continue_()


def answer_round(page: Page, url: str) -> None:
    """Answers by each sort of form that the round has."""
    page.goto(url)
    slots = page.locator("form[data-answer]").evaluate_all("all => all.map(f => f.dataset.answer)")
    sorts = {slot.partition(":")[0]: slot for slot in slots}
    assert sorts
    for slot in sorts.values():
        form = page.locator(f'form[data-answer="{slot}"]')
        around = form.locator("xpath=ancestor::details")
        if around.count():
            around.locator("summary").first.click()
        expect(form).to_be_visible()  # some only appear where no script came
        fill(form)
        send(page, form)
        expect(page.locator("#noted")).to_contain_text("C’est noté")


def name_thinly(page: Page, url: str) -> None:
    """A lead of whom little is said, for the kinds that look back."""
    page.goto(url)
    form = page.locator("form[data-answer]").first
    form.locator("[name=name]").fill(SOMEBODY)
    form.locator("label:has(input[name=relationship])").first.click()
    send(page, form)


def type_too_much(page: Page, url: str) -> Locator:
    """A form with all filled in, and one text that is too long."""
    page.goto(url)
    form = page.locator("form[data-answer]").first
    fill(form)
    form.locator("textarea").evaluate("field => field.removeAttribute('maxlength')")
    form.locator("textarea").fill(LONG_TEXT)
    return form


def expect_fault(form: Locator) -> None:
    expect(form.locator(".error:visible")).to_have_text("140 signes au plus.")
    expect(form.locator("textarea")).to_have_value(LONG_TEXT)
    expect(form.locator("[name=name]")).to_have_value(SOMEBODY)


def test_every_kind_is_answered_without_scripts(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    page = phone_context(browser).new_page()
    url = f"{server.url}/{workshop['code']}"
    page.goto(url)
    enter(page)
    page.route("**/*", without_scripts)
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.on("framenavigated", lambda frame: addresses.append(frame.url))
    remote.until("round", "open")
    name_thinly(page, url)
    for kind in (*kinds(), "recommend"):
        votes_on = kinds()[kind].votes_on
        options = votes_on(("Salon de Nantes", "Lycée Vauban")) if votes_on else {}
        assert remote.do("insert", kind=kind, seconds=900, options=options)["ok"]
        assert remote.do("next")["ok"]
        remote.until("round", "open")
        answer_round(page, url)
    form = type_too_much(page, url)
    send(page, form)
    expect_fault(form)
    # the scripts come at last: what came back is a draft, and the address is the page's own
    form = type_too_much(page, url)
    page.unroute("**/*")
    send(page, form)
    expect(page).to_have_url(url)
    expect_fault(form)
    page.reload()
    expect(form.locator("textarea")).to_have_value(LONG_TEXT)
    form.locator("textarea").fill("Une raison qui tient.")
    form.locator("[type=submit]").click()
    expect(page.locator("#toasts")).to_contain_text("C’est noté")
    expect(form.locator("[name=name]")).to_have_value("")  # what the server filled in is no default
    # too late, and without scripts: it is among what was not sent as soon as they are there
    page.route("**/*", without_scripts)
    page.goto(url)
    fill(page.locator("form[data-answer]").first)
    remote.until("round", "closed")
    page.unroute("**/*")
    send(page, page.locator("form[data-answer]").first)
    page.locator("#unsent-note").click()
    expect(page.locator("[data-unsent-list]")).to_contain_text(SOMEBODY)
    assert len(addresses) > 30
    told = re.compile(r"solenn|kerguelen|raison|[?&](name|reason|slot)=", re.IGNORECASE)
    assert not [address for address in addresses if told.search(address)]
