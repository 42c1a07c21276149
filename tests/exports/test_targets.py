"""Targets: their files as each takes them, nothing made up, no cell that is a formula."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from game.exports import beside, target_file
from game.exports.mapping import told_as_target
from game.exports.person import Person, persons
from game.exports.ready import Ready, lacks, sort_out
from game.exports.target import Target, headings, row, settled
from game.exports.target_file import Sheet
from game.exports.targets import targets
from game.exports.words import words
from game.pool.lead_filter import Filter
from game.store.engine import Store
from game.store.tables import Lead, Player, Recommendation, Workshop
from tests.databases import opened
from tests.exports.test_files import TEXTS, begins_a_formula
from tests.table import PACKS

ANNE = Person(
    **{"id": "a1", "name": "Anne-Lise de La Tour", "role": "Soudeuse", "company": "Ateliers Łoś"},
    **{"skills": ("TIG, MIG", "inox"), "mail": "anne@exemple.fr", "phone": "+33612345687"},
    **{"link": "https://www.linkedin.com/in/anne", "known": True, "note": "Notice n° 2."},
    **{"recommender": "Camille B.", "recommender_mail": "Camille@maison.fr"},
)
FILES = {key: target for key, target in targets().items() if target.form}
# as each target's own pages have them; what is not among them is not in our files either
HEADINGS = {
    "greenhouse": "First Name,Last Name,Company,Title,Notes,Email,Phone,Social Media,Website,"
    "Source,Who gets credit,Job,Department,Office,Prospect Pool,Prospect Stage",
    "lever": "Full name,Stage,Sources,Origin,Lever Posting URL",
    "odoo": "name,partner_name,email_from,partner_phone,linkedin_profile,applicant_notes",
    "odoo_18": "partner_name,email_from,partner_phone,linkedin_profile",
    "french_excel": "Prénom,Nom,Email,Téléphone,Entreprise,Métier,Compétences,Lien,Canal,"
    "Poste visé,Référence,Recommandée par,Notice,Note",
    "frappe_hr": "applicant_name,email_id,status,phone_number,source_name,cover_letter",
}


def cells(key: str, person: Person = ANNE, **options: str) -> dict[str, str]:
    """What stands in the file of a target, by heading."""
    target, kept = targets()[key], settled(targets()[key], options)
    return dict(zip(headings(target, kept), row(target, kept, person), strict=True))


def test_every_target_is_there_and_takes_something() -> None:
    assert set(targets()) == {
        *("greenhouse", "lever", "teamtailor", "ashby", "recruitee", "taleez", "flatchr"),
        *("welcome_kit", "boondmanager", "odoo", "odoo_18", "opencats", "frappe_hr", "workable"),
        "french_excel",
    }
    assert {key for key, one in targets().items() if not one.form and not one.push} == {"flatchr"}


@pytest.mark.parametrize("key", sorted(HEADINGS))
def test_headings_are_the_targets_own(key: str) -> None:
    assert ",".join(cells(key)) == HEADINGS[key]


def test_each_file_says_things_as_its_target_reads_them() -> None:
    greenhouse = cells("greenhouse", credit="x = 1\ncamille@MAISON.fr = Camille Bernard")
    assert greenhouse["First Name"] == "Anne-Lise"
    assert greenhouse["Last Name"] == "de La Tour"
    assert greenhouse["Who gets credit"] == "Camille Bernard"
    assert greenhouse["Social Media"].endswith("/in/anne")
    assert greenhouse["Notes"] == "Notice n° 2."
    lever = cells("lever", heading_tags="Tags", heading_mail="Emails")
    assert (lever["Stage"], lever["Origin"], lever["Sources"]) == (
        "New Lead",
        "Referred",
        "Sourcerie",
    )
    assert lever["Tags"] == "TIG  MIG,inox"  # a comma without a space parts them
    assert lever["Emails"] == "anne@exemple.fr"
    assert cells("lever", replace(ANNE, known=False))["Origin"] == "Sourced"
    assert cells("frappe_hr")["status"] == "Open"
    assert cells("odoo", pool="Vivier")["talent_pool_ids"] == "Vivier"
    assert cells("french_excel", replace(ANNE, notice="Donnée le 2."))["Notice"] == "Donnée le 2."
    assert cells("opencats")["Last Name"] == "de La Tour"


def test_credit_needs_the_recommenders_yes() -> None:
    unnamed = replace(ANNE, recommender="", recommender_mail="")
    assert cells("greenhouse", unnamed, credit="=x\n = y")["Who gets credit"] == ""


@pytest.mark.parametrize("key", sorted(FILES))
def test_the_notice_stands_in_the_file_or_it_is_said_that_it_does_not(key: str) -> None:
    told = cells(key, heading_notes="Notes").values()
    left_out = any("Pas de champ de note" in text for text in FILES[key].remarks)
    assert (ANNE.note in told) is not left_out


def test_the_credit_is_in_each_field_that_a_target_has_for_it() -> None:
    line = {"credit": "camille@maison.fr = 77"}
    assert cells("frappe_hr", **line)["source_name"] == "77"
    for key, name, id in (("ashby", "creditedToUserId", "77"), ("taleez", "recruiterId", 77)):
        target = targets()[key]
        assert target.push
        kept = settled(target, line)
        assert target.push.body(ANNE, kept)[name] == id
        assert name not in target.push.body(replace(ANNE, recommender_mail=""), kept)


def test_nothing_is_sent_as_if_it_were_known() -> None:
    bare = Person("a1", "Ada Blanc")
    for key, target in targets().items():
        if target.push:
            options = {one.name: "1" for one in target.options if one.needed}
            told = str(target.push.body(bare, settled(target, options)))
            assert not [none for none in ("''", "[]", "None") if none in told], key


HOSTILE = st.builds(
    lambda texts, tags: Person("a1", *texts, skills=tuple(tags)),
    st.lists(TEXTS, min_size=3, max_size=3),
    st.lists(TEXTS, max_size=2),
).map(lambda p: replace(p, mail=p.role, phone=p.company, note=p.name, reason=p.role, link=p.name))


@settings(max_examples=150)
@given(person=HOSTILE, typed=TEXTS)
def test_no_preset_holds_a_formula_whatever_a_spreadsheet_splits_at(
    person: Person, typed: str
) -> None:
    own = [{"heading": typed or "x", "holds": "name", "fixed": "", "needed": False}]
    own.append({"heading": "y", "holds": "", "fixed": typed, "needed": False})
    every = [*FILES.values(), *(told_as_target("", "", own, s) for s in ("comma", "semicolon"))]
    for target in every:
        kept = settled(target, {one.name: typed for one in target.options})
        sheet = Sheet(target, kept, "csv", "fr", untold=True)
        raw = b"".join(target_file.stream(sheet, [row(target, kept, person)]))
        text = raw.decode().removeprefix("\ufeff")
        for split in ",;\t|":
            for line in csv.reader(io.StringIO(text, newline=""), delimiter=split):
                assert not any(map(begins_a_formula, line)), (target.key, split, line)


@pytest.mark.parametrize("key", sorted(FILES))
def test_bytes_of_a_file(key: str) -> None:
    target = FILES[key]
    made = b"".join(target_file.stream(_sheet(target), [row(target, settled(target, {}), ANNE)]))
    assert made.startswith(b"\xef\xbb\xbf") is (key == "french_excel")
    assert (b";" in made.splitlines()[0]) is (key == "french_excel")
    assert set(target_file.name_of(_sheet(target))) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-")


def _sheet(target: Target, kind: str = "csv", **more: Any) -> Sheet:
    return Sheet(target, settled(target, {}), kind, "fr", **{"untold": True, **more})


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_more_rows_than_a_target_takes_are_several_files(kind: str) -> None:
    greenhouse = targets()["greenhouse"]
    assert greenhouse.form is not None
    limits = {key: one.form.most for key, one in FILES.items() if one.form and one.form.most}
    assert limits == {"greenhouse": 8_000, "lever": 55_000}
    assert target_file.too_many(greenhouse, 8_001)
    assert not target_file.too_many(greenhouse, 8_000)
    small = replace(greenhouse, form=replace(greenhouse.form, most=2))
    lines = [row(small, settled(small, {}), replace(ANNE, name=f"Ada {n}")) for n in range(5)]
    raw = b"".join(target_file.stream(_sheet(small, kind, parted=True), lines))
    packed = zipfile.ZipFile(io.BytesIO(raw))
    assert packed.namelist() == [f"sourcerie_greenhouse_{n}.{kind}" for n in (1, 2, 3)]
    names = [name for part in packed.namelist() for name in _last_names(packed.read(part), kind)]
    assert names == ["0", "1", "2", "3", "4"]
    with pytest.raises(RuntimeError):
        list(target_file.stream(_sheet(small), lines))


def _last_names(raw: bytes, kind: str) -> list[str]:
    if kind == "csv":
        return [line["Last Name"] for line in csv.DictReader(io.StringIO(raw.decode()))]
    sheet = openpyxl.load_workbook(io.BytesIO(raw)).worksheets[0]
    assert sheet["A1"].value == "First Name"  # in each file
    return [str(line[1]) for line in sheet.iter_rows(min_row=2, values_only=True)]


@pytest.fixture
def store(either: str) -> Iterator[Store]:
    with opened(either) as made:
        with Session(made.writing) as s:
            for table in (Lead, Workshop):
                s.query(table).delete()
            s.commit()
        yield made


def lead(name: str, **more: Any) -> Lead:
    known = {"inform_by": date(2090, 1, 1), "informed_at": 1, "created_at": 1, "skills": []}
    return Lead(**{**known, "name": name, **more})


# what each target wants and somebody called "Cher", of whom no more is known, has not
LACKING = {
    **dict.fromkeys(("ashby", "french_excel", "lever", "odoo", "odoo_18", "recruitee"), ()),
    **dict.fromkeys(("boondmanager", "greenhouse", "opencats", "taleez"), ("first_name",)),
    **dict.fromkeys(("teamtailor", "workable"), ("first_name",)),
    **{"flatchr": ("first_name", "cv"), "frappe_hr": ("mail",)},
    "welcome_kit": ("first_name", "mail"),
}


def test_a_required_field_that_is_missing_is_told_and_never_made_up(store: Store) -> None:
    ada, solo = lead("Ada Blanc", mail="a@exemple.fr"), lead("Cher")
    assert {key for key, one in targets().items() if lacks(one, ada)} == {"flatchr"}
    assert lacks(targets()["flatchr"], ada) == ("cv",)
    assert {key: lacks(one, solo) for key, one in targets().items()} == LACKING
    with Session(store.writing) as s:
        rehearsed, untold = lead("Bo Noir", rehearsed=True), lead("Zoé Roux", informed_at=None)
        s.add_all((ada, rehearsed, untold))
        s.flush()
        every, target = (ada, rehearsed, untold), targets()["greenhouse"]

        def stand(**options: str) -> list[Ready]:
            found = sort_out(s, target, options, every, {}, untold=False)
            return [found[one.id] for one in every]

        held = [Ready("held", ("lead_rehearsed",)), Ready("held", ("lead_uninformed",))]
        assert stand() == [Ready("ready"), *held]
        assert stand(mails_people="yes") == [Ready("held", ("second_notice",)), *held]


def test_a_name_leaves_with_its_owners_yes_alone_and_a_file_is_made_aside(
    store: Store, tmp_path: Path
) -> None:
    with Session(store.writing) as s:
        workshop = Workshop(name="Atelier", code="T4RGET", created_at=1)
        s.add(workshop)
        s.flush()
        for n, speaks in enumerate(("named", "unnamed", "", "first", "together")):
            at = {"workshop_id": workshop.id}
            who = Player(
                **{"nickname": f"Loutre{n}", "folded": f"l{n}", "joined_at": 1, **at},
                **{"real_name": f"Camille Numéro{n}", "work_mail": f"c{n}@maison.fr"},
            )
            made = lead(f"Ada Blanc{n}", notice_version=2, informed_at=1_750_000_000_000)
            s.add_all((who, made))
            s.flush()
            s.add(
                Recommendation(
                    **{"lead_id": made.id, "player_id": who.id, "slot": f"lead:{n}", **at},
                    **{"name": made.name, "relationship": "school", "channel": "school"},
                    **{"known": True, "internal": False, "aware": False, "reach": "", "at": 1},
                    **{"reason": "=1+1", "speaks": speaks},
                )
            )
        s.add(lead("Gone Objected", objected_at=1))
        s.commit()
    with store.session() as s:
        leads = s.query(Lead).where(Lead.objected_at.is_(None)).order_by(Lead.name).all()
        told = list(persons(s, leads, words(PACKS["fr"], "fr"), "fr"))
    assert [one.recommender for one in told] == ["Camille Numéro0", "", "", "", "Camille Numéro4"]
    assert [bool(one.recommender_mail) for one in told] == [True, False, False, False, True]
    assert all(one.note.startswith("Notice n°") and "2025" in one.note for one in told)
    texts = "\n".join(str(one) for one in told[1:4])
    assert "Camille" not in texts
    assert "Loutre" not in texts
    asked = beside.Wanted(
        *(str(store.writing.url.render_as_string(hide_password=False)), Filter()),
        *(date(2026, 11, 28), "csv", "fr", ";", ()),
        beside.Handed("greenhouse", settled(targets()["greenhouse"], {}), False, False, [], 0),
    )
    with (tmp_path / "x.csv").open("wb") as into:
        beside.make(beside._asked(beside.orjson.dumps(beside.asdict(asked))), into)
    raw = (tmp_path / "x.csv").read_text()
    names = [one["Last Name"] for one in csv.DictReader(io.StringIO(raw))]
    assert sorted(names) == [f"Blanc{n}" for n in range(5)]
