"""Profil ou pas on a phone that was reloaded: it goes on with the first card not judged yet."""

from playwright.sync_api import Browser, expect

from bench.room import pack
from game.workshop import setting
from tests.browser.phones import phone_context
from tests.serving import Phone, Remote, Server


def test_a_reload_goes_on_where_one_was(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    assert remote.do("insert", kind="spot", seconds=600, options={})["ok"]
    round_id = str(remote.until("round", "open")["round"])
    kind, where = setting.make("spot", {}, pack())
    said = [dict(raw) for raw in kind.example(where, 0) if "card:" in str(raw["slot"])]
    player = Phone(server, workshop).play()
    for raw in said[:3]:
        assert player.submit(round_id, raw)["ok"]
    context = phone_context(browser)
    url = f"{server.url}/{workshop['code']}"
    kept = [{"name": one.name, "value": one.value, "url": url} for one in player.http.cookies]
    context.add_cookies(kept)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(url)
    expect(page.locator("[data-at]")).to_have_text("4")
    page.locator("[data-go=back]").tap()
    expect(page.locator("[data-at]")).to_have_text("3")
    player.reconnect()
    for raw in said[3:]:
        assert player.submit(round_id, raw)["ok"]
    page.reload()
    expect(page.locator("[data-part=done]")).to_be_visible()
