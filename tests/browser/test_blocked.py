"""Phones whose network lets no WebSocket through, and answers that cannot be sent."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phones import enter, phone, phone_context
from tests.proxy import Proxy
from tests.serving import Remote, Server, Staff

SLOW = 60_000  # ms


@pytest.fixture
def proxy(server: Server) -> Iterator[Proxy]:
    made = Proxy(server)
    yield made
    made.close()


def way(page: Page, name: str, within: int = SLOW) -> None:
    expect(page.locator("html")).to_have_attribute("data-transport", name, timeout=within)


def recommend(page: Page, name: str) -> None:
    form = page.locator("[data-lead-form]")
    form.locator('[name="name"]').fill(name)
    form.locator('label:has([value="former-colleague"])').click()
    form.get_by_role("button", name="Recommander").click()


@pytest.mark.parametrize("mode", ["refuse", "swallow"])
def test_a_phone_behind_a_proxy_without_websockets_plays(
    browser: Browser, workshop: dict[str, str], remote: Remote, proxy: Proxy, mode: str
) -> None:
    proxy.mode = mode
    page = enter(phone(browser, f"{proxy.url}/{workshop['code']}"))
    way(page, "polling")
    expect(page.locator("#link-state")).to_contain_text("Connexion de secours")
    remote.until("round", "open")
    recommend(page, "Enora Le Guirriec")
    expect(page.locator("#purse")).to_contain_text("14", timeout=SLOW)
    page.reload()  # this tab knows the way by now
    way(page, "polling")
    expect(page.locator("#purse")).to_contain_text("14")


def test_it_comes_back_to_a_websocket_once_one_comes_through(
    browser: Browser, workshop: dict[str, str], proxy: Proxy
) -> None:
    page = phone_context(browser).new_page()
    page.clock.install()
    page.goto(f"{proxy.url}/{workshop['code']}")
    way(enter(page), "polling")
    proxy.mode = "pass"
    for _ in range(5):  # a jump may also look like a line that died: it polls once more then
        page.clock.fast_forward(38_000)
        with suppress(AssertionError):
            way(page, "websocket", 3_000)
            break
    way(page, "websocket")
    expect(page.locator("#link-state")).not_to_contain_text("secours")


def test_projector_and_remote_poll_too_and_say_so(
    browser: Browser, staff: Staff, workshop: dict[str, str], proxy: Proxy
) -> None:
    context = browser.new_context(locale="fr-FR")
    cookies = [
        {"name": c.name, "value": str(c.value), "url": proxy.url} for c in staff.http.cookies
    ]
    context.add_cookies(cookies)  # type: ignore[arg-type]
    projector, remote = context.new_page(), context.new_page()
    projector.goto(f"{proxy.url}/projector/{workshop['key']}")
    remote.goto(f"{proxy.url}/remote/{workshop['id']}")
    for page in (projector, remote):
        way(page, "polling")
        expect(page.locator("#link-state")).to_be_visible()
    expect(remote.locator("#link-state")).to_contain_text("Connexion de secours")
    remote.locator('[data-do="next"][data-step="briefing"]').click()
    expect(projector.locator("#screen")).to_have_attribute("data-stage", "round", timeout=SLOW)


def test_a_server_that_is_away_is_not_taken_for_a_blocked_network(
    browser: Browser, server: Server, workshop: dict[str, str]
) -> None:
    page = enter(phone(browser, f"{server.url}/{workshop['code']}"))
    way(page, "websocket")
    for act in (server.kill, lambda: None, lambda: None):
        with page.expect_request("**/healthz", timeout=SLOW):  # it asks, and nobody answers
            act()
    expect(page.locator("html")).to_have_attribute("data-link", "off")
    server.start()
    expect(page.locator("html")).to_have_attribute("data-link", "on", timeout=SLOW)
    way(page, "websocket")


def test_an_answer_that_cannot_go_stops_nobody_behind_it(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    page = enter(phone(browser, f"{server.url}/{workshop['code']}"))
    round_id = str(remote.until("round", "open")["round"])
    expect(page.locator("[data-lead-form]")).to_be_visible()
    page.evaluate(
        """(round) => {
            const { workshop, player } = document.body.dataset;
            const lead = (slot, name) => ({ slot, name, relationship: "former-colleague" });
            const answers = [
                lead("lead:half0001", "Enora \\ud83d"),
                lead("lead:long0002", "x".repeat(200000)),
                lead("lead:good0003", "Enora Le Guirriec"),
            ];
            const entry = (answer, n) => ({ id: `aaaaaaaaaaaaaaa${n}`, round, answer, about: {} });
            const kept = JSON.stringify({ at: Date.now(), is: answers.map(entry) });
            localStorage.setItem(`sourcerie:outbox:${workshop}:${player}`, kept);
        }""",
        round_id,
    )
    page.reload()  # what waited before goes now
    expect(page.locator("#purse")).to_contain_text("14", timeout=SLOW)
    names = "Object.keys(localStorage).sort()"
    page.wait_for_function(f"!{names}.some((name) => name.startsWith('sourcerie:outbox:'))")
    kept = [name for name in page.evaluate(names) if name.startswith("sourcerie:kept:")]
    slots = [name.partition(round_id + ":")[2] for name in kept]
    assert slots == ["lead:half0001", "lead:long0002"]  # told to their author, and not lost
