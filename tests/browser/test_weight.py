"""What a phone must fetch: little at the door, and nothing more once it plays."""

from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.browser.phones import enter, phone_context
from tests.serving import Remote, Server

DOOR_BYTES = 60_000
DOOR_REQUESTS = 10
SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}


class Counted:
    """A page whose requests are counted as they travel: heads and compressed bodies."""

    def __init__(self, browser: Browser, **network: Any) -> None:
        self.page: Page = phone_context(browser).new_page()
        self.paths: list[str] = []
        self.bytes = 0
        wire = self.page.context.new_cdp_session(self.page)
        wire.send("Network.enable")
        if network:
            wire.send("Network.emulateNetworkConditions", network)
        wire.on("Network.requestWillBeSent", lambda told: self.paths.append(told["request"]["url"]))
        wire.on("Network.loadingFinished", self._add)

    def _add(self, told: dict[str, Any]) -> None:
        self.bytes += int(told["encodedDataLength"])


def test_the_door_is_light(browser: Browser, server: Server, workshop: dict[str, str]) -> None:
    counted = Counted(browser, **SLOW_3G)
    counted.page.goto(f"{server.url}/{workshop['code']}", wait_until="networkidle")
    assert counted.page.evaluate("document.fonts.check('1em \"Source Sans 3\"')")
    assert 4 <= len(counted.paths) <= DOOR_REQUESTS, counted.paths
    assert 10_000 < counted.bytes <= DOOR_BYTES
    enter(counted.page)  # and it works on such a network


def test_a_phone_that_plays_asks_for_no_more_files(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    counted = Counted(browser)
    counted.page.goto(f"{server.url}/{workshop['code']}")
    enter(counted.page)
    expect(counted.page.locator("html")).to_have_attribute("data-link", "on")
    counted.page.wait_for_load_state("networkidle")
    before = len(counted.paths)
    for phase in ("briefing", "open", "closed", "revealed"):
        remote.until("round", phase)
        screen = counted.page.locator("#screen")
        expect(screen).to_have_attribute("data-phase", phase)
    remote.until("ended")
    expect(counted.page.locator("#screen")).to_have_attribute("data-stage", "ended")
    assert counted.paths[before:] == []
