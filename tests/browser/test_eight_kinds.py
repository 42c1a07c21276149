"""A workshop with eight kinds of round, by taps and by keys: from QR code to spreadsheet."""

import io
from collections.abc import Callable

import openpyxl
from playwright.sync_api import Browser, Page, expect

from game.store.tables import BriefRow, RoundRow, Workshop
from game.workshop import agenda
from tests.browser.phones import phone
from tests.browser.test_workshop import decode_join_code, desk, go_on
from tests.serving import Server, Staff
from tests.waiting import LONG

SOMEBODY, NUMBER = "Enora Le Guirriec", "06 98 76 54 32"
PLACE, COMPANY = "Salon des fonderies, Quimper", "Fonderies du Songe"
WAIT = 1000 * LONG


def vote(page: Page) -> None:
    """Each question's first answer, until the last one is passed."""
    steps = page.locator("[data-step]")
    for n in range(steps.count()):
        step = steps.nth(n)
        step.locator("[data-vote]").first.tap()
        expect(step).to_be_hidden(timeout=WAIT)


def play_bingo(page: Page) -> None:
    page.locator("[data-square]").first.tap()
    panel = "[data-panel]:visible"
    page.locator(f"{panel} [name=name]").fill(PLACE)
    page.locator(f"{panel} .main-button").tap()
    expect(page.locator("[data-filled]")).to_have_text("1", timeout=WAIT)


def play_rivals(page: Page) -> None:
    page.locator("[data-own-form=company] [name=name]").fill(COMPANY)
    page.locator("label:has([name=tie])").first.tap()
    page.locator("[data-own-form=company] .main-button").tap()
    expect(page.locator("[data-own=company] li")).to_have_count(1, timeout=WAIT)


def play_boolean(page: Page) -> None:
    page.locator(".boolean-choice label").first.tap()
    page.locator(".boolean-form .main-button").tap()


def play_titles(page: Page) -> None:
    vote(page)
    page.locator(".guess label.chip").first.tap()
    page.locator(".guess .main-button").tap()


def play_recommend(page: Page) -> None:
    form = page.locator("[data-lead-form]")
    form.locator("[name=name]").fill(SOMEBODY)
    form.locator("label:has([name=relationship])").first.tap()
    form.get_by_text("Téléphone", exact=True).tap()
    form.locator("[name=reach_value]").fill(NUMBER)
    form.get_by_role("button", name="Recommander").tap()
    expect(page.locator("[data-lead-count]").first).to_have_text("1", timeout=WAIT)


def play_revival(page: Page) -> None:
    for name in ("move", "delay"):
        page.locator(f"label:has([name={name}])").first.tap()
    page.locator(".revival .main-button").tap()
    expect(page.locator(".revival [data-said=noted]")).to_be_visible(timeout=WAIT)


def play_lastcall(page: Page) -> None:
    page.locator("[data-own-leads] button").first.tap()
    page.locator("[name=company]").fill(COMPANY)
    page.get_by_role("button", name="Compléter").tap()
    expect(page.locator("[data-own-leads] [data-worth]").first).to_be_visible(timeout=WAIT)


PLAYED: dict[str, Callable[[Page], None]] = {
    "bingo": play_bingo,
    "rivals": play_rivals,
    "boolean": play_boolean,
    "titles": play_titles,
    "quiz": vote,
    "recommend": play_recommend,
    "revival": play_revival,
    "lastcall": play_lastcall,
}


# one who has no hand for a screen: Tab leads to each of these, then a key is pressed or text typed
BY_KEYS: dict[str, tuple[tuple[str, str], ...]] = {
    "bingo": (
        ("[data-square]", "Enter"),
        ("[data-panel] [name=name]", "Forum des soudeurs"),
        ("[data-panel] .main-button", "Enter"),
    ),
    "rivals": (
        ("[data-own-form] [name=name]", "Groupe Marée Haute"),
        ("[name=tie]", "Space"),
        ("[data-own-form] .main-button", "Enter"),
    ),
    "boolean": (("[name^=term-]", "ArrowRight"), (".boolean-form .main-button", "Enter")),
    "titles": (("[name=choice]", "Space"), (".guess .main-button", "Enter")),
    "quiz": (),
    "recommend": (
        ("[data-lead-form] [name=name]", "Malo Trégastel"),
        ("[name=relationship]", "Space"),
        ("[data-lead-form] .main-button", "Enter"),
    ),
    "revival": (
        ("[name=move]", "Space"),
        ("[name=delay]", "Space"),
        (".revival .main-button", "Enter"),
    ),
    "lastcall": (
        ("[data-own-leads] button", "Enter"),
        ("[name=company]", "Ateliers du Phare"),
        (".lastcall .main-button", "Enter"),
    ),
}
KEYS = ("Enter", "Space", "ArrowRight")


def press(page: Page, selector: str, key: str) -> None:
    """Tab as often as it takes to get there, then the key, or a text."""
    for _ in range(150):
        if page.evaluate("(way) => document.activeElement?.matches(way)", selector):
            break
        page.keyboard.press("Tab")
    else:
        raise AssertionError(f"Tab never leads to {selector}")
    (page.keyboard.press if key in KEYS else page.keyboard.type)(key)


def play_by_keys(page: Page, kind: str) -> None:
    steps = page.locator("[data-step]")
    for n in range(steps.count()):
        press(page, "[data-vote]", "Enter")
        expect(steps.nth(n)).to_be_hidden(timeout=WAIT)
    for selector, key in BY_KEYS[kind]:
        press(page, selector, key)


def arrange(server: Server, workshop_id: str) -> None:
    """The demonstration's rounds give way to one of each kind, and a board comes at the end."""
    store = server.store()
    with store.session() as s:
        # a write that comes first waits for its turn
        s.query(Workshop).filter_by(id=workshop_id).update({"boards": "end"})
        mine = s.query(RoundRow).filter_by(workshop_id=workshop_id)
        for id in [row.id for row in mine]:
            agenda.remove(s, workshop_id, id)
        brief = s.query(BriefRow).filter_by(workshop_id=workshop_id).first()
        assert brief
        for kind in PLAYED:
            agenda.add(
                s, workshop_id, kind=kind, seconds=3600, options={}, brief_id=brief.id
            )  # fmt: skip
            s.flush()
        s.commit()
    store.close()


def advance(remote: Page, until: str) -> None:
    """Presses the one big next, whatever it says, until it has done this step."""
    step = ""
    while step != until:
        step = remote.locator('[data-do="next"]').get_attribute("data-step") or ""
        go_on(remote, step)


def test_eight_kinds_by_taps_and_by_keys(
    browser: Browser, server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    arrange(server, workshop["id"])
    projector = browser.new_context(viewport={"width": 1024, "height": 768}).new_page()
    projector.goto(f"{server.url}/projector/{workshop['key']}")
    expect(projector.locator("#screen")).to_contain_text(workshop["code"])
    page = phone(browser, decode_join_code(projector))
    page.get_by_role("button", name="Entrer dans l’atelier").tap()
    expect(page.locator("#screen")).to_have_attribute("data-stage", "lobby")
    keyed = browser.new_context(locale="fr-FR").new_page()
    keyed.goto(page.url)
    press(keyed, "main [type=submit]", "Enter")
    expect(keyed.locator("#screen")).to_have_attribute("data-stage", "lobby", timeout=WAIT)
    remote = desk(browser, staff)
    remote.goto(f"{server.url}/remote/{workshop['id']}")

    for kind, play in PLAYED.items():
        advance(remote, "open")
        expect(page.locator(f"article.round-{kind}[data-phase=open]")).to_be_visible(timeout=WAIT)
        play(page)
        expect(keyed.locator(f"article.round-{kind}[data-phase=open]")).to_be_visible(timeout=WAIT)
        play_by_keys(keyed, kind)
        expect(projector.locator(".live-counts .live-number").last).to_have_text("2", timeout=WAIT)
        advance(remote, "reveal")
        for shown in (page, projector):
            expect(shown.locator("#screen")).to_have_attribute(
                "data-phase", "revealed", timeout=WAIT
            )
    advance(remote, "end")
    expect(projector.locator("#screen")).to_have_attribute("data-stage", "ended", timeout=WAIT)
    assert SOMEBODY not in projector.content() + remote.content(), "a contact left its circle"

    for path, said in (("/desk/places", PLACE), ("/desk/results", COMPANY)):
        assert said in staff.get(path).text, path
    made = staff.post("/desk/export/xlsx", {"text": "enora"}, page="/desk?text=enora")
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).active
    assert sheet is not None
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    told = [dict(zip(header, row, strict=True)) for row in rows]
    named = {(one["Nom complet"], one["Téléphone"], one["Entreprise"]) for one in told}
    assert named == {(SOMEBODY, "+33698765432", COMPANY)}, "the last call's detail is in it"
