"""From one screen to the next by the browser's own passage: where there is one, and it works."""

from collections.abc import Iterator

from playwright.sync_api import Browser, Page, expect

from tests.serving import Phone, Remote, Server

COUNTED = """
window.passages = 0;
const own = Document.prototype.startViewTransition;
Document.prototype.startViewTransition = function (...given) {
  window.passages += 1;
  return own.apply(this, given);
};"""
BROWSERS = {
    "whole": "",
    "calm": "",
    "without": "delete Document.prototype.startViewTransition;",
    "throwing": "Document.prototype.startViewTransition = () => { throw new Error('no'); };",
    "refusing": """Document.prototype.startViewTransition = (shows) => {
      shows();
      return { ready: Promise.reject(new Error('no')) };
    };""",
    "silent": "Document.prototype.startViewTransition = () => ({ ready: Promise.resolve() });",
}


class Watched:
    """A page of a surface in a browser of some sort, and what went wrong in it."""

    def __init__(self, browser: Browser, sort: str, url: str, phone: Phone | None) -> None:
        calm = {"reduced_motion": "reduce"} if sort == "calm" else {}
        self.sort = sort
        self.context = browser.new_context(viewport={"width": 390, "height": 844}, **calm)  # type: ignore[arg-type]
        self.context.add_init_script(BROWSERS[sort] if BROWSERS[sort] else COUNTED)
        if phone:
            kept = [{"name": c.name, "value": c.value, "url": url} for c in phone.http.cookies]
            self.context.add_cookies(kept)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.goto(url)
        expect(self.page.locator("#screen")).to_have_attribute("data-stage", "lobby")
        self.page.wait_for_load_state("networkidle")


def everywhere(browser: Browser, server: Server, workshop: dict[str, str]) -> Iterator[Watched]:
    for sort in BROWSERS:
        phone = Phone(server, workshop)
        assert phone.join()["ok"]
        yield Watched(browser, sort, f"{server.url}/{workshop['code']}", phone)
        yield Watched(browser, sort, f"{server.url}/projector/{workshop['key']}", None)


def test_screens_pass_as_the_browser_can(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    pages = list(everywhere(browser, server, workshop))
    for phase in ("briefing", "open"):
        remote.until("round", phase)
        for watched in pages:
            screen = watched.page.locator("#screen")
            expect(screen).to_have_attribute("data-phase", phase)
            expect(screen.locator("h1").first).to_be_visible()
    for watched in pages:
        assert watched.faults == [], watched.sort
    passages = {
        (
            watched.sort,
            watched.page.evaluate("document.body.dataset.surface"),
        ): watched.page.evaluate("window.passages")
        for watched in pages
        if watched.sort in ("whole", "calm")
    }
    assert passages == {
        ("whole", "phone"): 2,
        ("whole", "projector"): 2,
        ("calm", "phone"): 0,
        ("calm", "projector"): 0,
    }
