"""The desk as a screen reader has it: what is named, in which order, and what is told by itself."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from game.base.languages import LANGS
from tests.accounts.people import Person, person
from tests.browser.test_monday import context_of
from tests.serving import LONG, Phone, Remote, Server, lead

LINE = re.compile(r'^(\s*)- (\w+)(?: "((?:[^"\\]|\\.)*)")?(.*)$', re.MULTILINE)
PRESSED = {"link", "button", "textbox", "searchbox", "combobox", "checkbox", "radio", "spinbutton"}
TYPED = PRESSED - {"link", "button"}
SIGNS = re.compile("[←→↑↓●◐○✓×·…]|^\\W*$")
HEARD = """() => {
    const live = '[role=status], [role=alert], [aria-live]:not([aria-live=off])';
    const note = (one) => {
        const text = one.textContent.trim().replace(/\\s+/g, ' ');
        if (text) window.heard.push(text);
    };
    window.heard = [];
    new MutationObserver((changes) => {
        const told = new Set();
        for (const { target, addedNodes } of changes) {
            const at = (target.nodeType === 1 ? target : target.parentElement)?.closest(live);
            if (at) told.add(at);
            for (const one of addedNodes) {
                if (one.nodeType !== 1) continue;
                if (one.matches(live)) told.add(one);
                one.querySelectorAll(live).forEach((part) => told.add(part));
            }
        }
        told.forEach(note);
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""


def parts(page: Page) -> list[tuple[str, str, str]]:
    """(role, name, the rest) of all that is read of a page."""
    found = LINE.findall(page.locator("body").aria_snapshot())
    return [(role, name.replace('\\"', '"'), rest) for _, role, name, rest in found]


def faults(page: Page) -> list[str]:
    """What somebody who listens would stumble over."""
    page.evaluate(
        "document.querySelectorAll('main details').forEach((one) => { one.open = true; })"
    )
    read = parts(page)
    levels = [
        int(re.findall(r"level=(\d)", rest)[0]) for role, _, rest in read if role == "heading"
    ]
    found = [] if levels[:1] == [1] and levels.count(1) == 1 else [f"headings begin {levels[:3]}"]
    found += [f"a heading of level {b} after {a}" for a, b in pairwise(levels) if b > a + 1]
    found += [
        f"{role} is called {name!r}"
        for role, name, _ in read
        if role in PRESSED and (not name or SIGNS.search(name))
    ]
    fields = Counter(name for role, name, _ in read if role in TYPED and role != "radio")
    found += [f"{n} fields are called {name!r}" for name, n in fields.items() if n > 1]
    places = Counter(name for role, name, _ in read if role in ("navigation", "region"))
    found += [f"{n} places are called {name!r}" for name, n in places.items() if n > 1]
    told = Counter(page.locator("[role=status], [role=alert]").all_inner_texts())
    found += [f"told {n} times: {text!r}" for text, n in told.items() if text.strip() and n > 1]
    return found


@pytest.fixture
def recruiter(server: Server, workshop: dict[str, str], remote: Remote) -> Person:
    """Somebody who recruits; two people were named in a workshop for real."""
    phone = Phone(server, workshop).play()
    round_id = str(remote.until("round", "open")["round"])
    for n in range(2):
        assert phone.submit(
            round_id,
            lead(f"lead:read000{n}", name=f"Nora Blanc {n}", reach_value=f"06 12 34 56 8{n}"),
        )["ok"]
    phone.wire.close()
    return person(server, "recruiter")


def test_the_queue_the_list_imports_and_exports_are_read_as_they_are_seen(
    browser: Browser, recruiter: Person, workshop: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "salon.csv"
    file.write_text("Nom;Mail;Date de naissance\nNora Blanc;nora@exemple.fr;1980\n")
    url, found = recruiter.server.url, dict[str, list[str]]()
    page = context_of(browser, recruiter).new_page()
    for lang in LANGS:
        page.request.post(f"{url}/lang/{lang}")
        for path in (
            f"/desk/review?workshop={workshop['id']}",
            f"/desk/review/list?workshop={workshop['id']}",
            *("/desk", "/desk?verdict=none&sort=name", "/desk/import", "/desk/export"),
            *("/desk/doubles", "/desk/agenda", "/desk/messages", "/desk/workshops"),
        ):
            page.goto(f"{url}{path}")
            assert page.locator("html").get_attribute("lang") == lang
            found[f"{path} {lang}"] = faults(page)
        page.goto(f"{url}/desk/import")
        page.locator("[type=file]").set_input_files(file)
        page.locator("main form [type=submit]").first.click()
        expect(page.locator("main select").first).to_be_visible()
        found[f"columns {lang}"] = faults(page)
        page.goto(f"{url}/desk/export")
        page.locator("#t-target").select_option("opencats")
        page.locator("main form.row [type=submit]").click()
        expect(page.locator(".target, #settings, table").first).to_be_visible()
        found[f"a target {lang}"] = faults(page)
    assert {name: one for name, one in found.items() if one} == {}


def test_what_a_press_does_is_told_once(
    browser: Browser, recruiter: Person, workshop: dict[str, str]
) -> None:
    page = context_of(browser, recruiter).new_page()
    page.goto(f"{recruiter.server.url}/desk/review?workshop={workshop['id']}")
    page.evaluate(HEARD)
    for key, told in (("1", "À contacter"), ("u", "Avis annulé")):
        first = page.locator("h1").inner_text()
        page.evaluate("() => { window.heard = []; }")
        page.keyboard.press(key)
        expect(page.locator("h1")).not_to_have_text(first)
        expect(page.locator("h1")).to_be_focused()  # the next person is read
        page.wait_for_function("() => window.heard.length > 0", timeout=LONG * 1000)
        heard = Counter(page.evaluate("() => window.heard"))
        assert set(heard.values()) == {1}, heard
        assert [told in said for said in heard] == [True], heard
