"""axe over every screen, page and open sheet, on each surface, in each theme and language."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page

from game.base.languages import LANGS
from tests.browser.drawn import SETTLED
from tests.browser.screens import World

ROOT = Path(__file__).parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
NORMS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = ["color-contrast"]
ENHANCED = ["color-contrast", "color-contrast-enhanced"]

# axe computes no contrast upon a gradient or a drawn tint: while it looks, they are as dark as
# their darkest part all over, so that it computes the worst case; and nothing lies over a text
PLAIN = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`
        .stage::before, .lobby-badge::before, .step-who::before { content: none }
        .stage { background: color-mix(in oklch, var(--ground), var(--line) 35%) }
        .lobby { background: color-mix(in oklch, var(--ground), var(--line) 75%) }
        .thumb, .controls { background: var(--ground); position: static }
        .ring { visibility: hidden }
    `);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
LOOK = """async ([type, values, contrasts]) => {
    const rules = Object.fromEntries(contrasts.map((name) => [name, { enabled: true }]));
    const more = type === "tag" ? { rules } : {};
    const only = { runOnly: { type, values }, ...more, iframes: false };
    const { violations, passes, incomplete } = await axe.run(document, only);
    const isComputed = [...passes, ...violations].some(({ id }) => contrasts.includes(id));
    if (!isComputed) return ["no contrast was computed"];
    const isWord = ({ any }) => any[0]?.data?.messageKey !== "nonBmp"; // an arrow or a tick alone
    const unsure = incomplete
        .filter(({ id }) => contrasts.includes(id))
        .map(({ id, nodes }) => ({ id, nodes: nodes.filter(isWord) }));
    const why = ({ contrastRatio: ratio, messageKey: key }) => `${ratio ?? ""} ${key ?? ""}`;
    const said = ({ html, any }) => `${html.slice(0, 160)} ${why(any[0]?.data ?? {})}`;
    const told = ({ id, nodes }) => nodes.map((node) => `${id}: ${said(node)}`);
    return [...violations, ...unsure].flatMap(told);
}"""
# what can open over a page: sheets one after another, and the covers that wait in templates
OPENABLE = "[...document.querySelectorAll('dialog, [popover]')].map(({ id }) => id)"
OPEN = """(id) => {
    document.querySelectorAll("dialog[open]").forEach((one) => one.close());
    const sheet = document.getElementById(id);
    if (sheet.showModal && !sheet.popover) sheet.showModal();
    else sheet.showPopover();
    sheet.querySelectorAll("[hidden]").forEach((part) => { part.hidden = false; });
    sheet.querySelectorAll("details").forEach((part) => { part.open = true; });
}"""
SIZES = {"phone": (390, 844), "projector": (1920, 1080), "desk": (1366, 768)}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    made = World(tmp_path_factory.mktemp("screens"))
    yield made
    made.end()


def context(browser: Browser, world: World, surface: str, http: requests.Session) -> BrowserContext:
    width, height = SIZES[surface]
    made = browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", locale="fr-FR"
    )
    url = world.server.url
    cookies: Any = [{"name": c.name, "value": str(c.value), "url": url} for c in http.cookies]
    made.add_cookies(cookies)
    return made


def look(page: Page, name: str, surface: str) -> list[str]:
    """What axe finds: everything in daylight; at night, when only colours change, the contrast."""
    page.evaluate(AXE)
    page.evaluate(PLAIN)
    contrasts = ENHANCED if surface == "projector" else CONTRAST
    found: list[str] = []
    for theme, day, rules in (
        ("light", "day", ("tag", NORMS)),
        ("dark", "night", ("rule", contrasts)),
    ):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        if surface == "projector":
            page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", day)
        page.evaluate(SETTLED)
        seen = page.evaluate(LOOK, [*rules, contrasts])
        found += [f"{name} {theme}: {fault}" for fault in seen]
    return found


def surface_of(path: str, http: requests.Session, world: World) -> str:
    if path.startswith("/projector"):
        return "projector"
    return "desk" if http is world.staff.http else "phone"


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("surface", ["phone", "projector"])
def test_axe_finds_nothing_on_any_screen(
    browser: Browser, world: World, surface: str, lang: str
) -> None:
    world.speak(lang)
    page = context(browser, world, surface, world.staff.http).new_page()
    found: list[str] = []
    for path in world.previews(surface):
        page.goto(world.server.url + path)
        assert page.locator("html").get_attribute("lang") == lang
        found += look(page, path.rpartition("/preview/")[2], surface)
    assert not found, "\n".join(found)


class Visits:
    """One browser's pages, each asked for by whose it is, in one language."""

    def __init__(self, browser: Browser, world: World, lang: str) -> None:
        self.browser, self.world, self.lang = browser, world, lang
        self.pages: dict[tuple[int, str], Page] = {}
        world.speak(lang)

    def to(self, http: requests.Session, path: str) -> Page:
        """A page that is there; the same tab for the same person on the same surface."""
        surface = surface_of(path, http, self.world)
        if (id(http), surface) not in self.pages:
            http.post(f"{self.world.server.url}/lang/{self.lang}")
            made = context(self.browser, self.world, surface, http).new_page()
            self.pages[id(http), surface] = made
        page = self.pages[id(http), surface]
        page.goto(self.world.server.url + path)
        assert page.locator("html").get_attribute("lang") == self.lang
        return page


@pytest.mark.parametrize("lang", LANGS)
def test_axe_finds_nothing_on_any_page(browser: Browser, world: World, lang: str) -> None:
    visits = Visits(browser, world, lang)
    found: list[str] = []
    sheets = 0
    for http, path in world.pages():
        page, surface = visits.to(http, path), surface_of(path, http, world)
        found += look(page, path, surface)
        for sheet in page.evaluate(OPENABLE):
            page.evaluate(OPEN, sheet)
            found += look(page, f"{path} #{sheet}", surface)
            sheets += 1
    assert sheets >= 6, "sheets of the phone and of the remote were open"
    assert not found, "\n".join(found)


@pytest.mark.parametrize("lang", LANGS)
def test_axe_finds_nothing_on_what_a_press_leads_to(
    browser: Browser, world: World, lang: str
) -> None:
    visits = Visits(browser, world, lang)
    found: list[str] = []
    for act in world.acts():
        page = visits.to(act.http, act.path)
        act.do(page)
        page.wait_for_load_state()
        found += look(page, act.name, surface_of(act.path, act.http, world))
    assert not found, "\n".join(found)
