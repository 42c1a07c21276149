"""`make pictures`: every screen in every state as a picture, and one page to look at them all.

Phone, laptop, 16:9 and 4:3, in each language, by day and night. A page that is wider than its
screen, or a big screen that is cut below, is told at the top of the sheet.
"""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import NamedTuple

import requests
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import update

from game.base.languages import LANGS
from game.rules.registry import kinds
from game.store.tables import RoundRow, Workshop
from game.workshop import agenda
from tests.browser.conftest import QUIET
from tests.browser.screens import World

THEMES = {"day": "light", "night": "dark"}
PHONE, LAPTOP = (390, 844), (1366, 768)
WIDE, OLD = (1920, 1080), (1024, 768)
SIZES = {"phone": (PHONE,), "projector": (WIDE, OLD), "remote": (PHONE, LAPTOP)}
PAGES = (PHONE, LAPTOP)  # of who sits at a desk, with a phone in the pocket
QUALITY = 60
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
SHEET = """<!doctype html><html lang="en"><meta charset="utf-8">
<title>Sourcerie, in pictures</title>
<style>
body {{ font: 16px/1.4 system-ui; margin: 1rem 2rem; background: #888; color: #000 }}
h2 {{ margin: 2rem 0 0.5rem }} h3 {{ margin: 0.8rem 0 0.2rem; font-size: 1rem }}
.row {{ display: flex; gap: 0.6rem; align-items: start; flex-wrap: wrap }}
figure {{ margin: 0 }} img {{ display: block; width: {width}px; background: #fff }}
figcaption {{ font-size: 0.75rem }} .over {{ outline: 4px solid #d00 }}
</style><h1>Sourcerie, in pictures</h1><p>{count} pictures. {over}</p><nav>{nav}</nav>{body}</html>
"""


class Shot(NamedTuple):
    """One picture: the surface and size it belongs to, its screen, and what hangs over there."""

    group: str
    screen: str
    lang: str
    theme: str
    file: str
    over: str


@dataclass
class Camera:
    """Takes pictures into a folder."""

    browser: Browser
    world: World
    folder: Path
    only: str = ""
    shots: list[Shot] = field(default_factory=list)

    def all(self) -> None:
        """Every screen of every surface, then every page, then what only a press leads to."""
        for lang in LANGS:
            self.world.speak(lang)
            for surface, sizes in SIZES.items():
                page = self._page(self.world.staff.http, lang)
                for path in self.world.previews(surface):
                    self._look(page, surface, path, sizes, lang)
                page.context.close()
            self._pages(lang)
        self._acts()

    def _pages(self, lang: str) -> None:
        for who, path in self.world.pages():
            surface = "projector" if path.startswith("/projector") else "pages"
            page = self._page(who, lang)
            self._look(page, surface, path, SIZES.get(surface, PAGES), lang)
            page.context.close()

    def _acts(self) -> None:
        """In one language: most are done once and cannot be done again."""
        self.world.speak(LANGS[0])
        for act in self.world.acts():
            if self._wants("pages", act.name):
                page = self._page(act.http, LANGS[0])
                page.goto(self.world.server.url + act.path)
                act.do(page)
                self._shoot(page, "pages", act.name, PAGES, LANGS[0])
                page.context.close()

    def _page(self, who: requests.Session, lang: str) -> Page:
        context = self.browser.new_context(locale=lang, reduced_motion="reduce")
        url = self.world.server.url
        cookies = [{"name": c.name, "value": c.value or "", "url": url} for c in who.cookies]
        context.add_cookies(cookies)  # type: ignore[arg-type]
        return context.new_page()

    def _wants(self, group: str, screen: str) -> bool:
        return not self.only or re.search(self.only, f"{group} {screen}") is not None

    def _look(
        self, page: Page, surface: str, path: str, sizes: tuple[tuple[int, int], ...], lang: str
    ) -> None:
        name = self._name(path)
        if self._wants(surface, name):
            page.goto(self.world.server.url + path, wait_until="load")
            self._shoot(page, surface, name, sizes, lang)

    def _name(self, path: str) -> str:
        """The path as somebody would call it: ids make no two runs alike."""
        for number, id in enumerate(self.world.rounds, 1):
            path = path.replace(id, f"{number}-{self.world.kinds[id]}")
        for id, name in self.world.called.items():
            path = path.replace(id, name)
        return path.partition("/preview/")[2].partition("/")[2] or path

    def _shoot(
        self, page: Page, surface: str, name: str, sizes: tuple[tuple[int, int], ...], lang: str
    ) -> None:
        page.evaluate(FLAT)
        for width, height in sizes:
            page.set_viewport_size({"width": width, "height": height})
            full = height if surface == "projector" else page.evaluate(HEIGHT)
            page.set_viewport_size({"width": width, "height": max(height, min(full, LONGEST))})
            for theme, scheme in THEMES.items():
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                page.evaluate(LIE, [theme])
                page.evaluate(SETTLE)
                over = page.evaluate(OVER, [surface == "projector"])
                group = f"{surface} {width}x{height}"
                file = re.sub(r"[^a-zA-Z0-9]+", "-", f"{group} {name} {lang} {theme}") + ".jpg"
                page.screenshot(path=self.folder / file, type="jpeg", quality=QUALITY)
                self.shots.append(Shot(group, name, lang, theme, file, over))


def sheet(shots: list[Shot]) -> str:
    """The page that shows them, a row a screen."""
    groups = list(dict.fromkeys(shot.group for shot in shots))
    over = [f"{s.group} {s.screen} ({s.lang}, {s.theme}): {s.over}" for s in shots if s.over]
    listed = "".join(f"<li>{escape(one)}</li>" for one in over)
    nav = " · ".join(f'<a href="#{_anchor(group)}">{escape(group)}</a>' for group in groups)
    told = f"<b>{len(over)} hang over:</b><ul>{listed}</ul>" if over else "Nothing hangs over."
    body = "".join(_group(group, [s for s in shots if s.group == group]) for group in groups)
    return SHEET.format(width=300, count=len(shots), over=told, nav=nav, body=body)


def _anchor(group: str) -> str:
    return group.replace(" ", "-")


def _group(group: str, shots: list[Shot]) -> str:
    rows = "".join(
        f'<h3>{escape(screen)}</h3><div class="row">{"".join(map(_figure, found))}</div>'
        for screen, found in _by_screen(shots)
    )
    return f'<h2 id="{_anchor(group)}">{escape(group)}</h2>{rows}'


def _by_screen(shots: list[Shot]) -> Iterator[tuple[str, list[Shot]]]:
    for screen in dict.fromkeys(shot.screen for shot in shots):
        yield screen, [shot for shot in shots if shot.screen == screen]


def _figure(shot: Shot) -> str:
    told = escape(f"{shot.lang}, {shot.theme}" + (f", {shot.over}" if shot.over else ""))
    mark = ' class="over"' if shot.over else ""
    image = f'<img loading="lazy" src="{shot.file}" alt="{escape(shot.screen)}, {told}"{mark}>'
    return f'<figure><a href="{shot.file}">{image}</a><figcaption>{told}</figcaption></figure>'


class Whole(World):
    """The world of the tests, with a round of every kind there is."""

    kinds: dict[str, str]
    called: dict[str, str]

    def pages(self) -> Iterator[tuple[requests.Session, str]]:
        """Those of the tests, and whatever else the menus of the staff lead to."""
        known = list(super().pages())
        yield from known
        seen = {path.partition("?")[0] for _, path in known}
        for start in ("/desk", "/law"):
            shown = self.staff.get(start).text.partition("<main")[0]
            for path in re.findall(r'<a href="(/[^"?#]+)"', shown):
                if path not in seen:
                    seen.add(path)
                    yield self.staff.http, path

    def complete(self) -> None:
        """Adds the kinds that its agenda lacks, and names what pictures are called by."""
        store = self.server.store()
        with store.session() as s:
            # a write that comes first waits for its turn
            at = Workshop.id == self.workshop["id"]
            s.execute(update(Workshop).where(at).values(version=Workshop.version))
            mine = s.query(RoundRow).filter_by(workshop_id=self.workshop["id"])
            for name in sorted(set(kinds()) - {row.kind for row in mine}):
                agenda.add(
                    s, self.workshop["id"], kind=name, seconds=300, options={},
                    brief_id=self.brief_id,
                )  # fmt: skip
                s.flush()  # the next one's place follows this one's
            s.commit()
            rows = mine.order_by(RoundRow.place).all()
            self.rounds = [row.id for row in rows]
            self.kinds = {row.id: row.kind for row in rows}
        store.close()
        self.called = {
            self.workshop["id"]: "workshop",
            self.workshop["code"]: "CODE",
            self.workshop["key"]: "key",
            self.brief_id: "brief",
            **{id: f"lead{n}" for n, id in enumerate(self.lead_ids, 1)},
        }


def main() -> None:
    """`python -m tests.browser.pictures [FOLDER] [ONLY]`: ONLY is sought in surface and screen."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "pictures")
    only = sys.argv[2] if len(sys.argv) > 2 else os.environ.get("ONLY", "")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        world = Whole(Path(home))
        camera = Camera(browser, world, folder, only)
        try:
            world.complete()
            camera.all()
        finally:
            (folder / "index.html").write_text(sheet(camera.shots), encoding="utf-8")
            world.end()
            browser.close()
    over = sum(bool(shot.over) for shot in camera.shots)
    print(f"{folder / 'index.html'}: {len(camera.shots)} pictures, {over} hang over")


if __name__ == "__main__":
    main()
