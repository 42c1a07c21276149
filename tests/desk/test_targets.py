"""The export page: who is ready for what, files and pushes from it, columns of one's own."""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete, select

from game.exports import delivery
from game.exports.targets import targets
from game.jobs.worker import Worker
from game.privacy.objection import object
from game.store.tables import (
    AuditEntry,
    CompanyFact,
    ExportMapping,
    Lead,
    PushItem,
    Remote,
    TargetSetting,
)
from tests.ats import KEY, Ats, ats_server
from tests.desk.at_desk import Desk
from tests.desk.test_imports import plain


@pytest.fixture
def ats(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ats]:
    monkeypatch.setattr(delivery, "_pause", lambda _seconds: None)
    with ats_server(monkeypatch) as made:
        yield made


def people(desk: Desk) -> dict[str, str]:
    """One of each sort."""
    late = {"informed": False, "inform_by": date(2026, 1, 1)}
    return {
        "ready": desk.lead("Ada Blanc", mail="ada@exemple.fr"),
        "lacks": desk.lead("Cher"),
        "untold": desk.lead("Bo Noir", informed=False, mail="bo@exemple.fr"),
        "late": desk.lead("Eve Rose", **late),
        "objected": desk.lead("Di Vert", objected_at=1),
        "rehearsed": desk.lead("Zoé Démo", rehearsed=True),
    }


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_says_who_is_ready_for_each_target(desk: Desk, lang: str) -> None:
    ids = people(desk)
    desk.write(
        lambda s: s.add(Remote(target="taleez", lead_id=ids["ready"], remote_id="t-7", at=1))
    )
    who, by = desk.person(lang=lang)
    first = plain(who.get("/desk/export").text)
    for one in targets().values():
        assert f'value="{one.key}"' in first
        page = who.post("/desk/export", data={"target": one.key})
        assert page.status_code == 200, one.key
    page = plain(who.post("/desk/export", data={"target": "taleez"}).text)
    assert "t-7" in page
    assert {"fr": "il manque : prénom", "en": "lacks first name"}[lang] in page
    assert "Zoé Démo" not in page
    noted = desk.read(
        lambda s: [e for e in s.scalars(select(AuditEntry)) if e.action == "targets_shown"]
    )
    assert noted[-1].user_id == by
    assert "Blanc" not in str(noted[-1].detail)
    lead = plain(who.get(f"/desk/leads/{ids['ready']}").text)
    assert "t-7" in lead
    assert "Greenhouse (prospects)" in lead


def names(text: str, column: str, separator: str = ",") -> list[str]:
    lines = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=separator)
    return sorted(line[column] for line in lines)


def test_a_file_has_those_who_are_ready_and_is_noted(desk: Desk) -> None:
    ids = people(desk)
    who, by = desk.person()
    excel = who.post("/desk/export/french_excel/csv")
    assert names(excel.get_data(as_text=True), "Nom", ";") == ["Blanc", "Cher", "Noir"]
    odoo = who.post("/desk/export/odoo/csv", data={"text": "blanc"})
    assert names(odoo.get_data(as_text=True), "partner_name") == ["Ada Blanc"]
    assert "sourcerie_odoo-" in odoo.headers["Content-Disposition"]
    assert who.post("/desk/export/odoo/xlsx", data={"again": "1"}).data[:2] == b"PK"
    cats = who.post("/desk/export/opencats/csv", data={"untold": "1"})
    assert names(cats.get_data(as_text=True), "Last Name") == ["Blanc", "Noir"]
    told = desk.read(lambda s: s.get_one(Lead, ids["untold"]).inform_by)
    assert told == desk.today()  # handed to another system: they are to be told today
    formats = desk.read(
        lambda s: {
            str(e.detail["format"])
            for e in s.scalars(select(AuditEntry))
            if e.action == "leads_exported" and e.user_id == by
        }
    )
    assert {"french_excel.csv", "odoo.csv", "odoo.xlsx", "opencats.csv"} <= formats
    assert who.post("/desk/export/taleez/csv").status_code == 404
    assert who.post("/desk/export/nowhere/csv").status_code == 404
    nobody = who.post("/desk/export/opencats/csv", data={"text": "cher"})
    assert nobody.status_code == 422


def test_who_left_in_a_file_does_not_leave_again_unawares(desk: Desk) -> None:
    ids = people(desk)
    who, _ = desk.person()
    first = who.post("/desk/export/odoo/csv", data={"text": "blanc"}).get_data(as_text=True)
    assert names(first, "partner_name") == ["Ada Blanc"]
    page = plain(who.post("/desk/export", data={"target": "odoo"}).text)
    assert "Déjà parties dans un fichier <strong>1<" in page
    assert "partie dans un fichier le" in page
    assert "partie dans un fichier le" in plain(who.get(f"/desk/leads/{ids['ready']}").text)
    rest = who.post("/desk/export/odoo/csv").get_data(as_text=True)
    assert names(rest, "partner_name") == ["Cher"]  # who was not there before
    assert who.post("/desk/export/odoo/csv").status_code == 422  # nobody is left
    again = who.post("/desk/export/odoo/csv", data={"again": "1"}).get_data(as_text=True)
    assert names(again, "partner_name") == ["Ada Blanc", "Cher"]
    assert "gare aux doublons" in plain(
        who.post("/desk/export", data={"target": "odoo", "again": "1"}).text
    )
    for _twice in range(2):  # a file that stays in the house leaves no mark
        kept = who.post("/desk/export/french_excel/csv").get_data(as_text=True)
        assert "Blanc" in names(kept, "Nom", ";")
    assert "Odoo" in plain(who.get(f"/desk/leads/{ids['ready']}/erase").text)
    marks = desk.read(lambda s: s.scalars(select(Remote.lead_id).filter_by(filed=True)).all())
    assert sorted(marks) == sorted([ids["ready"], ids["lacks"]])


def test_a_target_that_writes_by_itself_is_asked_about_first(desk: Desk) -> None:
    people(desk)
    desk.write(lambda s: s.execute(delete(TargetSetting)))
    who, _ = desk.person()
    assert who.post("/desk/export/greenhouse/csv").status_code == 422
    assert "écrit de lui-même" in plain(
        who.post("/desk/export", data={"target": "greenhouse"}).text
    )
    bad = who.post("/desk/targets/greenhouse", data={"mails_people": "perhaps", "pool": "Kept"})
    assert bad.status_code == 422
    assert 'value="Kept"' in bad.text
    page = who.post("/desk/targets/greenhouse", data={"mails_people": "no", "pool": "Soudure"})
    assert page.status_code == 200
    sent = who.post("/desk/export/greenhouse/csv").get_data(as_text=True)
    assert names(sent, "Prospect Pool") == ["Soudure"]
    who.post("/desk/targets/greenhouse", data={"mails_people": "yes"})
    assert who.post("/desk/export/greenhouse/csv").status_code == 422  # who is told stays
    asked = {"target": "greenhouse", "untold": "1"}
    assert "une seconde fois" in plain(who.post("/desk/export", data=asked).text)
    sent = who.post("/desk/export/greenhouse/csv", data={"untold": "1"}).get_data(as_text=True)
    assert names(sent, "Last Name") == ["Noir"]


def test_a_list_is_pushed_followed_and_its_key_never_shown(desk: Desk, ats: Ats) -> None:
    ids = people(desk)
    desk.write(lambda s: s.execute(delete(TargetSetting)))
    admin, _ = desk.person("admin")
    who, _ = desk.person()
    assert who.post("/desk/export/taleez/push").status_code == 422  # no key yet
    assert who.post("/desk/targets/taleez/key", data={"key": KEY}).status_code == 403
    page = admin.post("/desk/targets/taleez/key", data={"key": KEY})
    assert page.status_code == 200
    assert KEY not in page.text
    assert admin.post("/desk/targets/odoo/key", data={"key": KEY}).status_code == 422
    sent = who.post("/desk/export/taleez/push")
    assert sent.status_code == 302
    at = sent.headers["Location"]
    assert "data-watch" in who.get(at).text
    assert who.post("/desk/export/taleez/push").status_code == 422  # one at a time
    Worker(desk.game.store, desk.game.packs, desk.game.settings).once()
    for _ in range(8):  # the day's own jobs come first
        Worker(desk.game.store, desk.game.packs, desk.game.settings).once()
    assert [one["lastName"] for one in ats.people["taleez"]] == ["Blanc"]
    page = plain(who.get(at).text)
    assert "data-watch" not in who.get(at).text
    assert "1 / 1" in page
    assert "Ada Blanc" in page
    assert KEY not in page
    assert desk.read(lambda s: s.scalars(select(Remote.remote_id)).all()) == ["taleez-1"]
    assert who.post("/desk/export/taleez/push").status_code == 422  # nobody is ready any more
    assert "taleez-1" in plain(who.get(f"/desk/leads/{ids['ready']}").text)
    desk.write(lambda s: object(s, desk.game.secret, ids["ready"], None))
    assert "taleez-1" in plain(who.get(f"/desk/leads/{ids['ready']}").text)  # to be told there too
    assert "Taleez (taleez-1)" in plain(who.get(f"/desk/leads/{ids['ready']}/erase").text)
    assert who.post(f"{at}/resume").status_code == 422
    assert who.get("/desk/pushes/nowhere").status_code == 404
    doubt = desk.read(lambda s: s.scalars(select(PushItem.id)).one())
    assert who.post(f"/desk/pushes/items/{doubt}/lost").status_code == 404  # there is no doubt
    assert who.post(f"{at}/stop").status_code == 302


def test_columns_of_ones_own_are_saved_shared_and_copied(desk: Desk) -> None:
    people(desk)
    desk.write(lambda s: s.execute(delete(ExportMapping)))
    (rosa, _), (other, _) = desk.person(), desk.person()
    assert "Nom de famille" in plain(rosa.get("/desk/mappings").text)
    form = {
        "name": "Softy",
        "separator": "semicolon",
        "heading": ["=Nom", "", "Origine", ""],
        "holds": ["name", "mail", "", ""],
        "fixed": ["", "", "=cmd", ""],
        "needed": ["1"],
    }
    bad = rosa.post("/desk/mappings", data=form)
    assert bad.status_code == 422
    assert 'id="h-1-e"' in bad.text  # at the column without a title
    assert "=cmd" in bad.text
    form["heading"] = ["=Nom", "Mail", "Origine", ""]
    saved = rosa.post("/desk/mappings", data=form)
    assert saved.status_code == 302
    key = saved.headers["Location"].partition("target=")[2]
    text = rosa.post(f"/desk/export/{key}/csv", data={"untold": "1"}).get_data(as_text=True)
    assert text.splitlines()[0] == "\ufeff'=Nom;Mail;Origine"
    assert names(text, "'=Nom", ";") == ["Ada Blanc", "Bo Noir"]  # a mail is needed
    assert names(text, "Origine", ";") == ["'=cmd", "'=cmd"]
    assert other.post(f"/desk/export/{key}/csv").status_code == 404
    id = key.removeprefix("m-")
    assert other.get(f"/desk/mappings/{id}").status_code == 404
    rosa.post("/desk/mappings", data={**form, "id": id, "shared": "1"})
    assert other.post(f"/desk/export/{key}/xlsx", data={"again": "1"}).data[:2] == b"PK"
    assert "copie" in plain(other.get(f"/desk/mappings/{id}").text)
    other.post("/desk/mappings", data={**form, "id": id, "name": "À moi"})
    kept = desk.read(lambda s: sorted(s.scalars(select(ExportMapping.name))))
    assert kept == ["Softy", "À moi"]
    assert other.post(f"/desk/mappings/{id}/remove").status_code == 404
    assert rosa.post(f"/desk/mappings/{id}/remove").status_code == 302


def test_too_many_rows_are_a_zip_and_a_form_that_is_left_is_found_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(desk)
    desk.lead("Ada Roux")
    cats = targets()["opencats"]
    assert cats.form is not None
    known = {**targets(), "opencats": replace(cats, form=replace(cats.form, most=1))}
    for name in ("exports.targets", "web.desk.transfer.target_look"):
        monkeypatch.setattr(f"game.{name}.targets", lambda: known)
    who, _ = desk.person()
    sent = who.post("/desk/export/opencats/csv")
    assert sent.headers["Content-Disposition"].endswith('.zip"')
    with zipfile.ZipFile(io.BytesIO(sent.data)) as packed:
        texts = [packed.read(name).decode() for name in packed.namelist()]
    assert sorted(name for text in texts for name in names(text, "Last Name")) == ["Blanc", "Roux"]
    for path in ("/desk/export/opencats/csv", "/desk/targets/taleez", "/desk/targets/taleez/key"):
        assert who.get(path).headers["Location"].startswith("/desk/export?target=")


def test_one_person_as_a_file(desk: Desk) -> None:
    ids = people(desk)
    who, _by = desk.person()
    dpo, _ = desk.person("dpo")
    card = who.post(f"/desk/leads/{ids['ready']}/card/vcard")
    assert b"VERSION:4.0" in card.data
    assert "Blanc" not in card.headers["Content-Disposition"]
    assert who.post(f"/desk/leads/{ids['ready']}/card/resume").json["basics"]["name"] == "Ada Blanc"
    for name in ("late", "objected", "rehearsed"):
        assert who.post(f"/desk/leads/{ids[name]}/card/vcard").status_code == 422
    assert dpo.post(f"/desk/leads/{ids['ready']}/card/vcard").status_code == 403
    held = dpo.post(f"/desk/leads/{ids['objected']}/held/json")  # who asks what is held is told
    assert held.json["name"] == "Di Vert"
    assert "Di Vert" in who.post(f"/desk/leads/{ids['objected']}/held/html").text
    actions = desk.read(lambda s: [e.action for e in s.scalars(select(AuditEntry))])
    assert "lead_filed" in actions


def test_where_exports_go_to_another_company_nobody_leaves_untold(desk: Desk) -> None:
    people(desk)
    who, _ = desk.person()
    fact = CompanyFact(name="exports_to_others", value="yes", at=1)
    desk.write(lambda s: s.merge(fact))
    try:
        sent = who.post("/desk/export/opencats/csv", data={"untold": "1"}).get_data(as_text=True)
        assert names(sent, "Last Name") == ["Blanc"]
    finally:
        desk.write(lambda s: s.execute(delete(CompanyFact)))
