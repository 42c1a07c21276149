"""Every screen of each surface, in each theme and language: for all eyes, ears and hands."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, BrowserContext, Page

from game.base.languages import LANGS
from tests.browser.screens import World

pytestmark = pytest.mark.timeout(400)
ROOT = Path(__file__).parents[2]
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
NORMS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK = """async (seven) => {
    // what only tints the ground keeps axe from computing any contrast upon it
    const tints = ".stage::before, .lobby-badge::before { content: none }";
    document.styleSheets[0].insertRule(tints, document.styleSheets[0].cssRules.length);
    const rules = { "color-contrast-enhanced": { enabled: seven } };
    const runOnly = { type: "tag", values: NORMS };
    const only = { runOnly, rules, iframes: false, resultTypes: ["violations", "passes"] };
    const { violations, passes } = await axe.run(document, only);
    const isComputed = [...passes, ...violations].some(({ id }) => id === "color-contrast");
    if (!isComputed) return ["no contrast was computed"];
    const said = ({ html, any }) => `${html.slice(0, 160)} ${any[0]?.data?.contrastRatio ?? ""}`;
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${said(node)}`));
}""".replace("NORMS", json.dumps(NORMS))
SETTLED = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    await frame();
    await frame();
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
    await frame();
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
    """What axe finds, in daylight and at night."""
    page.evaluate(AXE)
    found: list[str] = []
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        if surface == "projector":
            day = "day" if theme == "light" else "night"
            page.evaluate("(theme) => { document.documentElement.dataset.theme = theme }", day)
        page.evaluate(SETTLED)
        seen = page.evaluate(LOOK, surface == "projector")
        found += [f"{name} {theme}: {fault}" for fault in seen]
    return found


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


@pytest.mark.parametrize("lang", LANGS)
def test_axe_finds_nothing_on_any_page(browser: Browser, world: World, lang: str) -> None:
    world.speak(lang)
    found: list[str] = []
    for http, path in world.pages():
        http.post(f"{world.server.url}/lang/{lang}")
        surface = "desk" if http is world.staff.http else "phone"
        surface = "projector" if path.startswith("/projector") else surface
        made = context(browser, world, surface, http)
        page = made.new_page()
        page.goto(world.server.url + path)
        found += look(page, path, surface)
        made.close()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_is_valid_html(world: World, tmp_path: Path, lang: str) -> None:
    world.speak(lang)
    asked = [*world.pages()]
    asked += [
        (world.staff.http, path) for s in ("phone", "projector") for path in world.previews(s)
    ]
    for number, (http, path) in enumerate(asked):
        got = http.get(world.server.url + path, headers={"Accept-Language": lang})
        name = f"{number}{path.replace('/', '_')}.html"
        (tmp_path / name).write_text(got.text, encoding="utf-8")
    (tmp_path / ".htmlvalidate.json").write_text((ROOT / ".htmlvalidate.json").read_text())
    checker = ROOT / "node_modules/html-validate/bin/html-validate.mjs"
    command = ["bash", ".ci/node", "node", str(checker), "--formatter", "text", str(tmp_path)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert told.returncode == 0, told.stdout[-6000:] + told.stderr[-2000:]
