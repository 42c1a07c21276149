"""A recruiter's import in a real browser: from the file to its undoing, and axe finds nothing."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from game.base.clock import now_ms
from game.base.config import load
from game.base.days import day_of
from game.base.paths import content
from game.content import load as packs
from game.jobs.worker import Worker
from tests.accounts.people import person
from tests.browser.test_accessible import AXE, NORMS
from tests.serving import Server

LINES = (
    "Nom;Poste;Mail;Tél;Civilité\nNora Blanc;Soudeuse;nora@exemple.fr;;Mme\n"
    "Luc Morin;Tourneur;luc(at)exemple.fr;06 12 34 56 78;M.\n;;perdu@exemple.fr;;\n"
    "N. Blanc;;nora@exemple.fr;;\n"
)


def work(server: Server) -> None:
    """What is on the queue is done, as the worker beside the server does it."""
    store = server.store()
    settings = load(instance_dir=server.folder, _env_file=None)
    worker = Worker(store, packs(content()), settings)
    worker.asked = day_of(now_ms())
    while worker.once():
        pass
    store.close()


def seen(page: Page, name: str) -> None:
    """Axe looks, and so may a person: SHOTS is a folder for pictures."""
    page.evaluate(AXE)
    found = page.evaluate("(norms) => axe.run(document, { runOnly: norms })", NORMS)
    assert [(one["id"], one["nodes"][0]["html"][:160]) for one in found["violations"]] == []
    for size in ((1366, 768), (390, 844)) if os.environ.get("SHOTS") else ():
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.screenshot(path=f"{os.environ['SHOTS']}/{name}-{size[0]}.png", full_page=True)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_file_comes_in_and_goes_again(
    browser: Browser, server: Server, tmp_path: Path, lang: str
) -> None:
    who = person(server, "recruiter")
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="fr-FR")
    cookies = [
        {"name": c.name, "value": c.value or "", "url": server.url} for c in who.http.cookies
    ]
    context.add_cookies(cookies)
    page = context.new_page()
    say = dict(zip(("go", "see", "start", "undo", "gone"), WORDS[lang], strict=True))
    page.request.post(f"{server.url}/lang/{lang}")
    page.goto(f"{server.url}/desk/import")
    seen(page, f"{lang}-1-file")
    (tmp_path / "salon.csv").write_text(LINES)
    page.locator("input[type=file]").set_input_files(tmp_path / "salon.csv")
    page.get_by_role("button", name=say["go"]).click()
    expect(page.get_by_label("Poste", exact=True)).to_have_value("role")
    seen(page, f"{lang}-2-columns")
    page.get_by_role("button", name=say["see"]).click()
    expect(page.locator("progress")).to_be_visible()
    seen(page, f"{lang}-3-waits")
    heard, stop = page.locator("#say"), page.locator("form[action$=stop] button")
    stop.focus()
    page.evaluate("() => { window.stays = 1; }")
    work(server)
    expect(page.get_by_role("cell", name="Luc Morin")).to_be_visible()  # it comes by itself
    expect(stop).to_be_focused()  # in its place, under the hands of who works there,
    assert page.evaluate("window.stays") == 1
    expect(heard).to_contain_text("salon.csv")  # and its end is told to who does not look
    assert page.locator("main [role=status]").count() == 0  # by one voice
    seen(page, f"{lang}-4-preview")
    page.get_by_role("button", name=say["start"], exact=True).click()
    expect(page.locator("progress")).to_be_visible()
    seen(page, f"{lang}-5-goes")
    work(server)
    expect(page.get_by_role("button", name=say["undo"])).to_be_visible()
    seen(page, f"{lang}-6-report")
    asked = list[str]()
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name=say["undo"]).click()
    assert len(asked) == 1  # and nothing happens until it is said again
    expect(page.get_by_role("button", name=say["undo"])).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name=say["undo"]).click()
    expect(page.locator("progress")).to_be_visible()
    work(server)
    expect(page.locator("main").get_by_text(say["gone"])).to_be_visible()
    page.goto(f"{server.url}/desk/import")
    seen(page, f"{lang}-7-list")


WORDS = {
    "fr": (
        "Regarder ce fichier",
        "Voir ce qui arriverait",
        "Importer",
        "Annuler cet import",
        "Retirées : 2.",
    ),
    "en": (
        "Check this file",
        "See what would happen",
        "Import",
        "Undo this import",
        "Removed: 2.",
    ),
}
