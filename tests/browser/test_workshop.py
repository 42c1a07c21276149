"""A whole workshop in a real browser: from the projector's QR code to the spreadsheet."""

import io
from pathlib import Path

import openpyxl
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.phones import phone
from tests.serving import Server, Staff, wait_until

SOMEBODY = ("Maëlle Quillivic", "06 98 76 54 32", "Fonderies du Songe")


def desk(browser: Browser, staff: Staff) -> Page:
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="fr-FR")
    for cookie in staff.http.cookies:
        context.add_cookies(
            [{"name": cookie.name, "value": str(cookie.value), "url": staff.server.url}]
        )
    return context.new_page()


def decode_join_code(projector: Page) -> str:
    """What its QR code says, once what moves on the screen has come to rest."""
    return str(wait_until(lambda: read_code(projector)))


def read_code(projector: Page) -> str:
    picture = Image.open(io.BytesIO(projector.screenshot()))
    found = zxingcpp.read_barcodes(picture)
    return str(found[0].text) if found else ""


def go_on(remote: Page, step: str) -> None:
    """One tap on the big next (two where it asks again)."""
    button = remote.locator(f'[data-do="next"][data-step="{step}"]')
    expect(button).to_be_visible()
    version = remote.locator("#screen").get_attribute("data-version") or ""
    button.click()
    if step in ("close", "end"):
        button.click()
    expect(remote.locator("#screen")).not_to_have_attribute("data-version", version)


def recommend(page: Page, name: str, phone_number: str, company: str) -> None:
    form = page.locator("[data-lead-form]")
    form.locator('[name="name"]').fill(name)
    form.locator('label:has([value="former-colleague"])').click()
    form.get_by_text("Téléphone", exact=True).click()
    form.locator('[name="reach_value"]').fill(phone_number)
    form.locator(".more summary").click()
    form.locator('[name="company"]').fill(company)
    form.get_by_role("button", name="Recommander").click()
    expect(page.locator("#toasts")).to_contain_text("+10 une personne recommandée")
    expect(page.locator("#purse")).to_contain_text("18")


def test_a_whole_workshop(
    browser: Browser, server: Server, staff: Staff, workshop: dict[str, str], tmp_path: Path
) -> None:
    projector = browser.new_context(viewport={"width": 1920, "height": 1080}).new_page()
    projector.goto(f"{server.url}/projector/{workshop['key']}")
    expect(projector.locator("#screen")).to_contain_text(workshop["code"])
    url = decode_join_code(projector)
    assert url == f"{server.url}/{workshop['code']}".upper(), "capitals take less room in a code"

    phones = [phone(browser, url) for _ in range(3)]
    for page in phones:
        page.get_by_role("button", name="Entrer dans l’atelier").tap()
        expect(page.locator("#screen")).to_have_attribute("data-stage", "lobby")
    expect(projector.locator("#screen")).to_contain_text("3")

    remote = desk(browser, staff)
    remote.goto(f"{server.url}/remote/{workshop['id']}")
    go_on(remote, "briefing")
    for page in (*phones, projector):
        expect(page.locator("#screen")).to_contain_text("Technicien·ne de maintenance")
    # the button that was clicked has the focus, and still says what it will do next
    expect(remote.locator('[data-do="next"]')).to_be_focused()
    expect(remote.locator('[data-do="next"]')).to_contain_text("Lancer la manche")
    assert decode_join_code(projector) == url  # small in the corner, and still readable

    go_on(remote, "open")
    first, second, third = phones
    recommend(first, *SOMEBODY)
    expect(projector.locator("#screen")).to_contain_text("1")

    for page in phones:  # three of them, three teams
        expect(page.locator(".round-team")).to_contain_text("Les ")

    # half typed, then reloaded: the draft and the points are there
    second.locator('[data-lead-form] [name="name"]').fill("Malo Trég")
    second.reload()
    expect(second.locator('[data-lead-form] [name="name"]')).to_have_value("Malo Trég")
    first.reload()
    expect(first.locator("#purse")).to_contain_text("18")

    # no network: kept on the phone, then sent by itself
    third.context.set_offline(True)
    third.evaluate("window.dispatchEvent(new Event('offline'))")
    form = third.locator("[data-lead-form]")
    form.locator('[name="name"]').fill("Enora Le Guirriec")
    form.locator('label:has([value="former-colleague"])').click()
    form.get_by_role("button", name="Recommander").click()
    third.context.set_offline(False)
    third.evaluate("window.dispatchEvent(new Event('online'))")
    expect(third.locator("#purse")).to_contain_text("14")

    for step in ("close", "reveal", "board", "briefing", "open"):
        go_on(remote, step)
    for page in phones:
        expect(page.locator("[data-choose]").first).to_be_visible()
    for _ in range(6):
        first.locator('[data-choose="keep"]').tap()
        first.locator("[data-criterion]").first.tap()
    expect(first.locator('[data-part="done"]')).to_be_visible()
    for step in ("close", "reveal", *["page"] * 6, "board", "briefing", "open"):
        go_on(remote, step)
    for page in phones:
        expect(page.locator("#screen")).to_contain_text("Pour toi, c’est d’abord…")
    first.get_by_role("button", name="Celle qui transmet").tap()
    for step in ("close", "reveal", "board", "briefing", "open", "close", "reveal", "board"):
        go_on(remote, step)
    go_on(remote, "podium")
    expect(projector.locator("#screen")).to_have_attribute("data-stage", "podium")
    for shown in (projector, remote, second, third):
        text = shown.content()
        assert not any(word in text for word in SOMEBODY), "a contact left its circle"

    page = desk(browser, staff)
    page.goto(f"{server.url}/desk?text=maelle")
    page.get_by_role("link", name=SOMEBODY[0]).click()
    page.get_by_text("À contacter").click()
    page.locator('[name="reason"]').fill("Le bon métier, et elle veut bouger.")
    expect(first.locator("#screen")).to_have_attribute("data-stage", "podium")
    before = int(first.locator("#purse .number").inner_text())
    page.get_by_role("button", name="Enregistrer l’avis").click()
    expect(first.locator("#purse .number")).to_have_text(str(before + 20))

    page.goto(f"{server.url}/desk?verdict=pursue")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Tableur (XLSX)").click()
    file = tmp_path / "leads.xlsx"
    coming.value.save_as(file)
    sheet = openpyxl.load_workbook(file).active
    assert sheet is not None
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == 1
    exported = dict(zip(header, rows[0], strict=True))
    assert exported["Nom complet"] == SOMEBODY[0]
    assert exported["Téléphone"] == "+33698765432"
    assert exported["Avis"] == "À contacter"
