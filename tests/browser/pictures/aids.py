"""The desk's aids on a position: dossier, grid on paper and tablet, CV, ways."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.imports.rome import folded
from game.pool.reference import told_by
from game.store.tables import (
    Draft,
    Lead,
    ListedCompany,
    Occupation,
    OccupationTitle,
    Position,
    ReferenceFile,
    Trial,
    User,
)
from tests.browser.pictures.state import State, nothing, sent
from tests.browser.pictures.whole import Whole

FILE = Path(__file__).parents[2] / "helpers" / "posts" / "soudure-fiche.txt"
POST = {"fr": "Soudeur·se TIG", "en": "TIG welder"}
MUSTS = {
    "fr": ["Souder au TIG sur inox", "Respecter les règles de sécurité", "Travailler en équipe"],
    "en": ["TIG welding on stainless steel", "Keeping to safety rules", "Working in a team"],
}
DAY = date(2026, 11, 1)
COMPANIES = (
    ("ATELIERS MÉLUSINE", "62.01Z", "32"),
    ("VERRERIE DU SCORFF", "62.01Z", "21"),
    ("NAVAL OUEST", "62.02A", "12"),
    ("CHANTIERS BRUN", "62.02A", "11"),
)
TITLES = (
    "Soudeur / Soudeuse TIG",
    "Soudeur / Soudeuse à l'arc",
    "Soudeur / Soudeuse en tuyauterie",
)
TRIED = {
    "fr": ("Chaudronnier", "Chef de quai", "Régleuse", "Agent de maintenance", "Grutier"),
    "en": ("Boilermaker", "Dock supervisor", "Machine setter", "Maintenance hand", "Crane driver"),
}
QUESTION = {"fr": "Quelle licence faut-il ?", "en": "Which licence is needed?"}
CV = {
    "fr": "Zéphyrine Inconnue\nSoudeuse TIG. Inox et acier.\nDeux apprentis formés\nNacelle",
    "en": "Zephyrine Unknown\nTIG welder. Stainless steel.\nTrained two apprentices\nAerial lift",
}
SAID = {"fr": "A posé la meuleuse.", "en": "Put the grinder down."}


def listed(s: Session) -> None:
    """A file of employers and one of titles, as if they had been read."""
    told = {"kept": {"units": 4, "titles": 3}, "passed": {"natural": 812}, "ended": "done"}
    given = {"name": "StockUniteLegale.zip", "day": DAY, "at": now_ms(), "report": told}
    s.add(ReferenceFile(id="stock", wanted={"activities": ["62"], "departments": ["35"]}, **given))
    s.flush()
    same = {"nomenclature": "NAFRev2", "places": ",35,", "day": DAY, "file_id": "stock"}
    for n, (name, naf, band) in enumerate(COMPANIES):
        row = {"siren": f"{n:09}", "name": name, "naf": naf, "band": band, **same}
        s.add(ListedCompany(told=told_by(name), **row))
    s.add(Occupation(code="H2913", label="Soudeur / Soudeuse", file_id="stock"))
    for n, title in enumerate(TITLES):
        row = {"title": title, "folded": folded(title), "file_id": "stock"}
        s.add(OccupationTitle(ogr=str(n), code="H2913", **row))


def trial(world: Whole) -> Iterator[State]:
    """A blind trial of a model: five cases to give, what came of them, and what was preferred."""
    path, staff = "/desk/aids/trial/wording", world.staff.http
    yield State("pages", "blind trial, five cases", path, http=staff)
    yield State("pages", "blind trial, with faults", path, sent, staff)
    store = world.server.store()
    with Session(store.writing) as s:
        cases = [_case(s, n, title) for n, title in enumerate(TRIED[world.lang])]
        who = s.scalars(select(User.id)).first()
        s.add(Trial(task="wording", user_id=who, cases=cases, created_at=now_ms()))
        s.commit()
    store.close()

    def chosen(page: Page) -> None:
        for n in range(len(cases)):
            page.locator(f"[name=pick-{n}]").nth(n % 3).check()
        sent(page)

    yield State("pages", "blind trial, to choose", path, http=staff)
    yield State("pages", "blind trial, chosen", path, chosen, staff)


def _case(s: Session, n: int, title: str) -> dict[str, object]:
    """A case as rules and model answered it."""
    answered = {"proposals": [f"{title} (F/H)", f"{title}, {POST['fr']}"]}
    made = Draft(task="wording", answer=answered, made_by="ministral-3b", created_at=now_ms())
    made.made_at = now_ms()
    s.add(made)
    s.flush()
    said = {"said": title, "draft": made.id, "model_first": n % 2 == 0, "pick": ""}
    return {**said, "rules": [f"{title} H/F"]}


def states(world: Whole) -> Iterator[State]:
    """From a position to an interview."""
    lang, staff, lead = world.lang, world.staff.http, f"/desk/leads/{world.lead_ids[-1]}"
    store = world.server.store()
    with Session(store.writing) as s:
        values = {"title": POST[lang], "must_haves": MUSTS[lang]}
        s.add(Position(lang=lang, changed_at=now_ms(), **values))
        listed(s)
        s.execute(update(Lead).values(informed_at=now_ms()))
        s.commit()
    store.close()
    topic = f"?topic={POST[lang]}"

    def brought(page: Page) -> None:
        page.locator("#p-file").set_input_files(FILE)
        page.locator("form:has(#p-file) [type=submit]").click()
        page.locator("#p-question").fill(QUESTION[lang])
        page.locator("form:has(#p-question) [type=submit]").first.click()
        page.locator("blockquote").first.wait_for()

    def read(page: Page) -> None:
        page.locator("#c-post").select_option(POST[lang])
        page.locator("#c-text").fill(CV[lang])
        page.locator("form:has(#c-text) [type=submit]").first.click()
        page.locator("q").first.wait_for()

    def kept(page: Page) -> None:
        page.locator("form:has(textarea) .main-button").last.click()
        page.wait_for_load_state()

    def begun(page: Page) -> None:
        page.locator("form:has(#i-grid) [type=submit]").click()
        page.locator(".tap").nth(1).click()
        page.locator("#n-note").fill(SAID[lang])

    for name, path, do in (
        ("aids", "/desk/aids", nothing),
        ("ways", "/desk/aids/ways", nothing),
        ("dossier", f"/desk/posts{topic}", nothing),
        ("dossier, asked", f"/desk/posts{topic}", brought),
        ("CV", f"{lead}/cv", nothing),
        ("CV, read", f"{lead}/cv", read),
        ("grid", f"/desk/grids{topic}", nothing),
        ("grid, kept", f"/desk/grids{topic}", kept),
        ("wordings", f"/desk/wordings?lang=fr&names={'%0A'.join(TITLES)}", nothing),
        ("employers, a sector", "/desk/employers?naf=62.01Z&near=62.02A", nothing),
        ("references", "/desk/references", nothing),
        ("drafts", f"{lead}/drafts", nothing),
    ):
        yield State("pages", name, path, do, staff)
    yield from trial(world)
    yield State("paper", "grid", f"/desk/grids/print{topic}", http=staff)
    yield State("tablet", "interview", f"{lead}/interviews", begun, staff)
