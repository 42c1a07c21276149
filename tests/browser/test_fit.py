"""What stands on a screen is all on it: small phones, old projectors, laptops."""

from playwright.sync_api import Browser, Locator, expect

from tests.browser.drawn import SETTLED
from tests.browser.phones import enter, phone
from tests.browser.test_workshop import desk, go_on
from tests.serving import Server, Staff


def edges(what: Locator) -> tuple[float, float]:
    """Where something ends, to the right and below."""
    box = what.bounding_box()
    assert box, "not to be seen"
    return box["x"] + box["width"], box["y"] + box["height"]


def test_everything_fits_its_screen(
    browser: Browser, server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    small = enter(phone(browser, f"{server.url}/{workshop['code']}"))
    projector = browser.new_context(viewport={"width": 1024, "height": 768}).new_page()
    projector.goto(f"{server.url}/projector/{workshop['key']}")
    expect(projector.locator(".names li")).to_have_count(1)
    for name in (".join-qr", ".join-code", ".names li"):
        right, bottom = edges(projector.locator(name))
        assert right <= 1024, name
        assert bottom <= 768, name

    remote = desk(browser, staff)
    remote.goto(f"{server.url}/remote/{workshop['id']}")
    person = remote.locator(".person")
    expect(person).to_have_count(1)
    tops = {
        round(box["y"]) for box in map(Locator.bounding_box, person.locator("button").all()) if box
    }
    assert len(tops) == 1, "a person's buttons stand on one line"

    small.set_viewport_size({"width": 320, "height": 568})
    for step in ("briefing", "open", "close", "reveal", "board", "briefing", "open"):
        go_on(remote, step)
    for name in (".profile h2", '[data-choose="keep"]'):
        shown = small.locator(name).locator("visible=true").first
        expect(shown).to_be_visible()
        assert edges(shown)[0] <= 320, name

    remote.goto(f"{server.url}/workshops/{workshop['id']}/preview")
    shown = remote.locator(".as-projector").first
    assert edges(shown)[0] <= 1366, "a laptop shows the whole big screen"


def test_what_is_to_be_typed_next_is_clear_of_the_thumb(
    browser: Browser, server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    small = enter(phone(browser, f"{server.url}/{workshop['code']}"))
    small.set_viewport_size({"width": 360, "height": 700})
    remote = desk(browser, staff)
    remote.goto(f"{server.url}/remote/{workshop['id']}")
    for step in ("briefing", "open"):
        go_on(remote, step)
    form = small.locator("[data-lead-form]")
    expect(form).to_be_visible()  # the demonstration begins with such a round
    expect(small.locator(".round-team")).to_be_visible()  # which came last: the rest stands
    small.evaluate(SETTLED)  # while one screen passes into the next, a tap may be nobody's
    thumb = form.locator(".thumb")
    for way in ("mail", "introduce"):
        chip = form.locator(f'[name=reach][value="{way}"]').locator("xpath=..")
        chip.evaluate("(one) => scrollBy(0, one.getBoundingClientRect().top - innerHeight / 2)")
        box, over = chip.bounding_box(), thumb.bounding_box()
        assert box
        assert over
        small.evaluate("(by) => scrollBy(0, by)", box["y"] + box["height"] - over["y"])
        box = chip.bounding_box()
        assert box
        small.touchscreen.tap(box["x"] + 20, box["y"] + 20)  # just above the thumb's button
        wanted = form.locator("[data-reach]:not([hidden]) input").first
        expect(wanted).to_be_visible()
        small.wait_for_function(
            """([wanted, thumb]) =>
            wanted.getBoundingClientRect().bottom <= thumb.getBoundingClientRect().top""",
            arg=[wanted.element_handle(), thumb.element_handle()],
        )
