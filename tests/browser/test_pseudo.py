"""In a language whose texts are longer by two fifths, no screen of a room breaks."""

from collections.abc import Iterator

import pytest
import requests
from playwright.sync_api import Browser, Page

from game.base.languages import LANGS, SOURCE
from tests.browser.drawn import TWO_FRAMES
from tests.browser.pictures.camera import OVER, SETTLE
from tests.browser.pictures.whole import Whole
from tests.browser.test_accessible import context
from tests.browser.test_projector import LOOK, MAY, MUST

SIZES = {"phone": (320, 568), "projector": (1024, 768), "remote": (320, 568)}  # the narrowest
# words that leave what one touches or reads them in
OUT = """() => {
    const boxes = "button, .button, .chip > span, .option, summary, legend, label, dt, th, td";
    const isText = (node) => node.data.trim() && !node.parentElement.closest(".sr");
    const isOut = (box) => {
        const { left, right, top, bottom } = box.getBoundingClientRect();
        const isBeyond = (line) => {
            const middle = (line.top + line.bottom) / 2;
            const isBeside = line.left < left - 2 || line.right > right + 2;
            return line.width > 1 && (isBeside || middle < top || middle > bottom);
        };
        const walk = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        while (walk.nextNode()) {
            range.selectNodeContents(walk.currentNode);
            if (isText(walk.currentNode) && [...range.getClientRects()].some(isBeyond)) return true;
        }
        return false;
    };
    const said = (one) => one.textContent.trim().slice(0, 50);
    return [...document.querySelectorAll(boxes)]
        .filter((one) => one.checkVisibility() && !one.closest(".sr, dialog:not([open])"))
        .filter(isOut)
        .map((one) => `« ${said(one)} » leaves its ${one.className || one.localName}`);
}"""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Whole]:
    made = Whole(tmp_path_factory.mktemp("pseudo"), PSEUDO="1")
    made.complete()
    yield made
    made.end()


def faults(page: Page, surface: str) -> list[str]:
    """What breaks on the screen that is shown."""
    page.evaluate(TWO_FRAMES)  # a page is told of a new size, or of larger type, with the next
    page.evaluate(SETTLE)
    told = page.evaluate(LOOK, [MUST, MAY]) if surface == "projector" else page.evaluate(OUT)
    over = page.evaluate(OVER, [surface == "projector"])
    return [*told, *([over] if over else [])]


def shown(browser: Browser, world: Whole, surface: str, http: requests.Session) -> Page:
    width, height = SIZES[surface]
    page = context(browser, world, "phone", http).new_page()
    page.set_viewport_size({"width": width, "height": height})
    return page


@pytest.mark.parametrize("surface", SIZES)
def test_no_screen_breaks(browser: Browser, world: Whole, surface: str) -> None:
    world.speak(SOURCE)
    page = shown(browser, world, surface, world.staff.http)
    found: list[str] = []
    for path in world.previews(surface):
        page.goto(world.server.url + path)
        assert "[" in page.locator("#screen").inner_text(), path
        told = path.rpartition("/preview/")[2]
        found += [f"{told} {fault}" for fault in faults(page, surface)]
    assert not found, "\n".join(found)


def test_no_page_of_a_player_or_a_facilitator_breaks(browser: Browser, world: Whole) -> None:
    code = world.workshop["code"]
    found: list[str] = []
    for http, path, surface in (
        (world.phone.http, f"/{code}", "phone"),
        (world.phone.http, f"/{code}/mine/ways", "phone"),
        (world.staff.http, f"/remote/{world.workshop['id']}", "remote"),
    ):
        page = shown(browser, world, surface, http)
        page.goto(world.server.url + path)
        found += [f"{path} {fault}" for fault in faults(page, surface)]
        for sheet in page.evaluate("[...document.querySelectorAll('dialog')].map(({ id }) => id)"):
            page.evaluate("(id) => document.getElementById(id).showModal()", sheet)
            found += [f"{path} #{sheet} {fault}" for fault in faults(page, surface)]
            page.evaluate("(id) => document.getElementById(id).close()", sheet)
    assert not found, "\n".join(found)


def test_type_twice_as_large_breaks_no_phone(browser: Browser, world: Whole) -> None:
    other = next(lang for lang in LANGS if lang != SOURCE)  # as people read it
    world.speak(other)
    page = shown(browser, world, "phone", world.staff.http)
    found: list[str] = []
    for path in world.previews("phone"):
        page.goto(world.server.url + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        told = path.rpartition("/preview/")[2]
        found += [f"{told} {fault}" for fault in faults(page, "phone")]
    assert not found, "\n".join(found)
