"""The order in which a room sees things: third, second, first; bars first, then what they say."""

from playwright.sync_api import Browser, Page, expect

from tests.serving import Phone, Remote, Server

DELAYS = """(names) => names.map((name) => Math.min(
  ...[...document.querySelectorAll(name)].flatMap((one) => one.getAnimations())
    .map((one) => one.effect.getTiming().delay)))"""
ENDS = """Math.max(0, ...document.querySelector(".podium").getAnimations({ subtree: true })
  .map((one) => one.effect.getComputedTiming().endTime))"""  # milliseconds
PODIUM = [f".step-{place} .step-{part}" for place in (3, 2, 1) for part in ("block", "who")]


def watched(browser: Browser, server: Server, key: str, **wishes: str) -> Page:
    page = browser.new_context(viewport={"width": 1920, "height": 1080}, **wishes).new_page()  # type: ignore[arg-type]
    page.goto(f"{server.url}/projector/{key}")
    return page


def test_the_podium_is_staged_from_third_to_first_and_stands_at_once_for_who_wants_calm(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    for _ in range(3):
        assert Phone(server, workshop).join()["ok"]
    page = watched(browser, server, workshop["key"])
    calm = watched(browser, server, workshop["key"], reduced_motion="reduce")
    remote.until("round", "open")
    remote.until("board")
    assert remote.do("podium")["ok"]
    expect(page.locator(".step")).to_have_count(3)
    delays = page.evaluate(DELAYS, PODIUM)
    assert delays == sorted(set(delays))
    expect(calm.locator(".step")).to_have_count(3)
    assert calm.evaluate(ENDS) <= 1


def test_bars_grow_before_their_figures_and_the_most_is_told_last(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    page = watched(browser, server, workshop["key"])
    phones = [Phone(server, workshop).play() for _ in range(5)]  # fewer votes stay secret
    assert remote.do("insert", kind="expert", seconds=600, options={"part": "scope"})["ok"]
    opened = remote.until("round", "open")
    for phone in phones:
        assert phone.submit(opened["round"], {"slot": "vote", "choice": "narrow"})["ok"]
    remote.until("round", "revealed")
    expect(page.locator(".bars .is-top")).to_be_visible()
    first, figure, most = page.evaluate(
        DELAYS, [".bars .bar-share", ".bars li > .number", ".bars .is-top .bar-label"]
    )
    assert first < figure < most
