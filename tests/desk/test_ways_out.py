"""Every way out, by what the company said of its exports: who leaves by it, and by when to be told.

Article 14(3)(c): a person is told at the latest when their data first go to another recipient.
"""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete
from sqlalchemy.orm import Session

from game.accounts.policy import EXPORT_LEADS
from game.exports.pool_file import export_pool
from game.exports.target import Target
from game.exports.targets import targets
from game.store.tables import CompanyFact, ExportMapping, Lead, TargetSetting
from game.web.api.surface import operations
from tests.api.program import Program
from tests.desk.at_desk import Desk

TOLD, UNTOLD = "Adalberte Blanc", "Bogomil Noir"
FIELD = {"heading": "Nom", "holds": "name", "fixed": ""}
COLUMNS = {"name": "Softy", "separator": "semicolon", **FIELD}


class House:
    """A recruiter, a program and a command, before one who was told and one who was not."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk, folder
        self.who: FlaskClient = desk.person()[0]
        self.program = Program(desk)
        self.who.post("/desk/targets/greenhouse", data={"mails_people": "no"})
        self.ids = {
            TOLD: desk.lead(TOLD, mail="ada@exemple.fr"),
            UNTOLD: desk.lead(UNTOLD, mail="bo@exemple.fr", informed=False),
        }

    def file(self, path: str, **form: str) -> str:
        answer = self.who.post(path, data=form)
        return _text(answer.data) if answer.status_code == 200 else ""

    def target(self, target: Target, **form: str) -> str:
        assert target.form is not None
        return self.file(f"/desk/export/{target.key}/{target.form.kinds[0]}", **form)

    def own_columns(self, **form: str) -> str:
        saved = self.who.post("/desk/mappings", data=COLUMNS)
        key = saved.headers["Location"].partition("target=")[2]
        return self.file(f"/desk/export/{key}/csv", **form)

    def each(self, ask: Callable[[str], str]) -> str:
        return "".join(map(ask, self.ids.values()))

    def command(self) -> str:
        file, game = self.folder / "pool.csv", self.desk.game
        with Session(game.store.writing) as s:
            export_pool(s, game.secret, file, game.packs["fr"], "fr")
            s.commit()
        return file.read_text()

    def last_day(self) -> date:
        found: date = self.desk.read(lambda s: s.get(Lead, self.ids[UNTOLD]).inform_by)
        return found


def _text(data: bytes) -> str:
    if data[:2] != b"PK":
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return "".join(packed.read(name).decode(errors="ignore") for name in packed.namelist())


Ways = Mapping[str, Callable[[House], str]]
FILES = [one for one in targets().values() if one.form]
# whoever makes it reads the same at the desk: there is no other recipient
OWN: Ways = {
    "list": lambda house: house.file("/desk/export/csv"),
    "sheet": lambda house: house.file("/desk/export/xlsx"),
    "card": lambda house: house.each(lambda id: house.file(f"/desk/leads/{id}/card/vcard")),
    "cv": lambda house: house.each(lambda id: house.file(f"/desk/leads/{id}/card/resume")),
    "command": House.command,
    **{one.key: lambda house, one=one: house.target(one) for one in FILES if not one.recipient},
}
# to another system, to a program, or said to go out of the house
HANDED: Ways = {
    "list": lambda house: house.file("/desk/export/csv", outside="1"),
    "sheet": lambda house: house.file("/desk/export/xlsx", outside="1"),
    "program: list": lambda house: house.program.get("/leads").text,
    "program: search": lambda house: house.program.post("/leads/search", {"text": ""}).text,
    "program: one": lambda house: house.each(lambda id: house.program.get(f"/leads/{id}").text),
    "columns": House.own_columns,
    **{one.key: lambda house, one=one: house.target(one) for one in FILES if one.recipient},
}
# the same, where somebody says that those go along who were not told
WANTED: Ways = {
    "columns": lambda house: house.own_columns(untold="1"),
    **{
        one.key: lambda house, one=one: house.target(one, untold="1")
        for one in FILES
        if one.recipient
    },
}


@pytest.fixture(params=["unsaid", "no", "yes"])
def said(request: pytest.FixtureRequest, desk: Desk) -> Iterator[str]:
    """What the company said of whether its exports go to another one."""
    value = "" if request.param == "unsaid" else request.param
    desk.exports_to_others(value)
    yield request.param
    for table in (CompanyFact, ExportMapping, TargetSetting):
        desk.write(lambda s, table=table: s.execute(delete(table)))


def left_by(house: House, way: Callable[[House], str]) -> tuple[set[str], bool]:
    """(who left by it, is the one who was not told to be told today since)."""
    text = way(house)
    there = {name for name in house.ids if name.split()[0] in text}
    return there, house.last_day() == house.desk.today()


@pytest.mark.parametrize("way", OWN.values(), ids=OWN)
def test_a_file_for_oneself_discloses_nothing(
    way: Callable[[House], str], said: str, desk: Desk, tmp_path: Path
) -> None:
    everybody = {TOLD} if said == "yes" else {TOLD, UNTOLD}
    assert left_by(House(desk, tmp_path), way) == (everybody, False)


@pytest.mark.parametrize("way", HANDED.values(), ids=HANDED)
def test_who_was_not_told_is_handed_to_nobody_unless_all_stays_in_the_house(
    way: Callable[[House], str], said: str, desk: Desk, tmp_path: Path
) -> None:
    everybody = {TOLD, UNTOLD} if said == "no" else {TOLD}
    assert left_by(House(desk, tmp_path), way) == (everybody, False)


@pytest.mark.parametrize("way", WANTED.values(), ids=WANTED)
def test_who_goes_along_untold_by_somebody_s_will_is_to_be_told_the_same_day(
    way: Callable[[House], str], said: str, desk: Desk, tmp_path: Path
) -> None:
    everybody = {TOLD} if said == "yes" else {TOLD, UNTOLD}
    assert left_by(House(desk, tmp_path), way) == (everybody, said == "unsaid")


def test_no_way_out_is_without_its_rule(desk: Desk) -> None:
    """A new page that exports, or a new operation that reads leads, has a row above."""
    views = desk.app.view_functions
    takes = {name for name, view in views.items() if getattr(view, "right", None) is EXPORT_LEADS}
    files = {"desk.export", "desk.export_to", "desk.lead_card", "desk.push_to"}
    told = {"desk.export_page", "desk.of_target", "desk.set_target", "desk.push_page"}
    kept = {"desk.stop_push", "desk.resume_push", "desk.settle_push"}
    columns = {"desk.new_mapping", "desk.edit_mapping", "desk.save_mapping", "desk.remove_mapping"}
    assert takes == files | told | kept | columns
    reads = {one.name for one, _view in operations if one.scope == "leads:read"}
    assert reads == {"list_leads", "search_leads", "one_lead"}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_who_makes_a_file_is_told_what_it_is(desk: Desk, said: str, lang: str) -> None:
    who, _by = desk.person(lang=lang)
    lead = desk.lead(UNTOLD, informed=False)
    page = who.get("/desk/export").text
    assert ('name="outside"' in page) is (said == "unsaid")
    words = {"fr": "Ce fichier est pour vous", "en": "This file is for you"}[lang]
    shown = who.post("/desk/export", data={"target": "french_excel"}).text
    assert (words in shown) is (said == "unsaid")
    assert (words in who.get(f"/desk/leads/{lead}").text) is (said != "no")
    admin, _ = desk.person("admin", lang=lang)
    words = {"fr": "un programme ne lit que les", "en": "a program reads only"}[lang]
    assert (words in admin.get("/integrations").text) is (said == "unsaid")
