"""Takes pictures of screens, pages and states at their sizes, by day and night."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import requests
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from tests.browser.pictures.sheet import Shot
from tests.browser.pictures.states import State, states
from tests.browser.pictures.whole import Whole

THEMES = {"day": "light", "night": "dark"}
Size = tuple[int, int]
PHONE, LAPTOP = (390, 844), (1366, 768)
WIDE, OLD, HUGE = (1920, 1080), (1024, 768), (3840, 2160)
SMALL, LARGE = (320, 568), (430, 932)
TABLET, LYING = (820, 1180), (1180, 820)
SIZES: dict[str, tuple[Size, ...]] = {
    "phone": (PHONE,),
    "projector": (WIDE, OLD),
    "remote": (PHONE, LAPTOP),
    "pages": (PHONE, LAPTOP),  # of who sits at a desk, with a phone in the pocket
    "tablet": (TABLET, LYING),
    "paper": ((794, 1123),),  # a sheet of A4
}
# further sizes, for those of a surface's screens whose name is one of these
MORE: dict[str, tuple[tuple[Size, ...], re.Pattern[str]]] = {
    "phone": ((SMALL, LARGE), re.compile(r"^(lobby|board|ended)$|/open$|recommend/")),
    "projector": ((HUGE,), re.compile(r"^(lobby|board|podium|ended)$|^[12]-\w+/open$|^evening")),
}
WHOLE = ("phone", "pages", "remote", "tablet", "paper")  # what scrolls is shown whole
QUALITY = 60
PATIENCE = 30_000  # ms
LONGEST = 6000  # pixels of a page that are shown
HEIGHT = "() => document.scrollingElement.scrollHeight"
LIE = "([theme]) => { document.documentElement.dataset.theme = theme; }"
# a remote's own part fills its phone: on a page that is shown whole, that would be a gap
FLAT = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(".remote .now { min-height: 0 !important }");
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
SETTLE = """async () => {
    await document.fonts.ready;
    document.getAnimations().forEach((one) => { try { one.finish(); } catch { one.cancel(); } });
}"""
# words that hang over: to the right on any screen, below only on one that nobody can scroll
OVER = """([isFixed]) => {
    const isText = ({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim();
    const isWord = (one) => [...one.childNodes].some(isText);
    const clips = (one) => getComputedStyle(one).overflowX !== "visible";
    const isCut = (one) => {
        for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) {
            if (clips(up)) return true; // it scrolls by itself, or is meant to be cut
        }
        return false;
    };
    const over = (one) => {
        const { left, right, bottom } = one.getBoundingClientRect();
        if (right > innerWidth + 1 || left < -1) return "beside";
        return isFixed && bottom > innerHeight + 1 ? "below" : "";
    };
    const seen = [...document.body.querySelectorAll("*")].filter((one) => isWord(one)
        && one.checkVisibility({ opacityProperty: true, visibilityProperty: true })
        && !one.closest(".sr, .skip, script, style"));
    const found = seen.map((one) => [over(one), one]).find(([where, one]) => where && !isCut(one));
    return found ? `« ${found[1].textContent.trim().slice(0, 40)} » hangs out ${found[0]}` : "";
}"""


@dataclass
class Camera:
    """Takes pictures of a world in its language into a folder; `only` is sought in their names."""

    browser: Browser
    world: Whole
    folder: Path
    only: str = ""
    shots: list[Shot] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    def all(self) -> None:
        """Every screen of every surface, then every page, then what only a press leads to."""
        for surface in ("phone", "projector", "remote"):
            page = self._context(self.world.staff.http).new_page()
            for path in self.world.previews(surface):
                self._look(page, surface, path)
            page.context.close()
        for who, path in self.world.pages():
            page = self._context(who).new_page()
            self._look(page, "projector" if path.startswith("/projector") else "pages", path)
            page.context.close()
        for act in self.world.acts():
            self._do(State("pages", act.name, act.path, act.do, act.http))
        for state in states(self.world):
            self._do(state)

    def _context(self, who: requests.Session) -> BrowserContext:
        context = self.browser.new_context(locale=self.world.lang, reduced_motion="reduce")
        url = self.world.server.url
        cookies = [{"name": c.name, "value": c.value or "", "url": url} for c in who.cookies]
        context.add_cookies(cookies)  # type: ignore[arg-type]
        return context

    def _wants(self, group: str, screen: str) -> bool:
        return not self.only or re.search(self.only, f"{group} {screen}") is not None

    def _look(self, page: Page, surface: str, path: str) -> None:
        name = self.world.name(path)
        if self._wants(surface, name):
            page.goto(self.world.server.url + path, wait_until="load")
            self._shoot(page, surface, name)

    def _do(self, state: State) -> None:
        """Leads to a state, and takes it; what comes before one that is not wanted is done, too."""
        context = self._context(state.http)
        page = context.new_page()
        page.set_viewport_size(dict(zip(("width", "height"), SIZES[state.group][0], strict=True)))  # type: ignore[arg-type]
        page.set_default_timeout(PATIENCE)
        try:
            page.goto(self.world.server.url + state.path, wait_until="load")
            state.do(page)
            if self._wants(state.group, state.name):
                self._shoot(page, state.group, state.name)
        except PlaywrightError as error:  # the others are pictured all the same
            told = str(error).partition("\n")[0]
            self.missed.append(f"{state.group} {state.name} ({self.world.lang}): {told}")
        context.close()

    def _shoot(self, page: Page, group: str, name: str) -> None:
        page.evaluate(FLAT)
        if group == "paper":
            page.emulate_media(media="print")
        more, which = MORE.get(group, ((), re.compile("$^")))
        for size in (*SIZES[group], *(more if which.search(name) else ())):
            self._at(page, group, name, size)

    def _at(self, page: Page, group: str, name: str, size: Size) -> None:
        width, height = size
        page.set_viewport_size({"width": width, "height": height})
        full = page.evaluate(HEIGHT) if group in WHOLE else height
        page.set_viewport_size({"width": width, "height": max(height, min(full, LONGEST))})
        for theme, scheme in THEMES.items():
            if group == "paper" and theme == "night":
                continue
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.evaluate(LIE, [theme])
            page.evaluate(SETTLE)
            over = page.evaluate(OVER, [group not in WHOLE])
            place = f"{group} {width}x{height}"
            file = re.sub(r"[^a-zA-Z0-9]+", "-", f"{place} {name} {self.world.lang} {theme}")
            page.screenshot(path=self.folder / f"{file}.jpg", type="jpeg", quality=QUALITY)
            self.shots.append(Shot(place, name, self.world.lang, theme, f"{file}.jpg", over))
