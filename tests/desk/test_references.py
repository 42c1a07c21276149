"""Public files at the desk: brought, read in a job, used for a sector and a title, taken out."""

import io
import os
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from game.jobs.references import folder
from game.jobs.worker import Worker
from game.pool import reference
from game.rules.occupation_title import genders, said
from game.store.tables import (
    BriefRow,
    Job,
    Lead,
    ListedCompany,
    OccupationTitle,
    ReferenceFile,
    TargetCompany,
    Workshop,
)
from tests.desk.at_desk import Desk
from tests.imports.test_reference import TITLES, UNIT_HEADER, UNITS, unit, written
from tests.reading import words_of
from tests.table import PACKS


@pytest.fixture(autouse=True)
def _clear(desk: Desk) -> None:
    tables = (ReferenceFile, ListedCompany, OccupationTitle, Job, TargetCompany, Workshop, Lead)
    for table in tables:
        desk.write(lambda s, table=table: s.execute(delete(table)))


def work(desk: Desk) -> None:
    worker = Worker(desk.game.store, PACKS, desk.game.settings)
    while worker.once():
        pass


def bring(client: Any, path: Path | None = None, **form: str) -> Any:
    sent: dict[str, Any] = dict(form)
    if path:
        sent["file"] = (io.BytesIO(path.read_bytes()), path.name)
    return client.post("/desk/references", data=sent)


def page(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return words_of(answer.get_data(as_text=True))


def test_a_sector_s_employers_are_kept_with_their_source_and_day(
    desk: Desk, tmp_path: Path
) -> None:
    client, _by = desk.person()
    stock = written(tmp_path, "StockUniteLegale", [UNIT_HEADER, *UNITS])
    answer = bring(client, stock, naf="62", day="2026-11-01")
    assert answer.status_code == 302
    assert "attend" in page(client, "/desk/references")
    work(desk)
    shown = page(client, "/desk/references")
    assert "2 employeurs" in shown
    assert "3 personnes physiques, jamais prises" in shown
    assert "LE GUIRRIEC" not in shown
    assert list((desk.game.settings.instance_dir / "imports").glob("*")) == []
    for company in ("Ateliers Mélusine", "Seule"):
        desk.lead(f"Nolwenn {company}", company=company)
    found = page(client, "/desk/employers?naf=62.02A")
    assert "VERRERIE DU SCORFF" in found
    assert "62.01Z Programmation informatique (1)" in found  # the neighbour, and a known sector
    assert "Ateliers Mélusine" not in found  # one lead alone speaks for nobody
    assert "Seule" not in found
    assert 'name="near" value="62.01Z"' in client.get("/desk/employers?naf=62.02A").text
    both = page(client, "/desk/employers?naf=62.02A&near=62.01Z")
    assert "ATELIERS MÉLUSINE" in both.upper()
    assert "Sirene, fichier du 1er nov. 2026" in both
    form = {"name": "VERRERIE DU SCORFF", "state": "kept", "source": "register", "naf": "62.02A"}
    kept = client.post("/desk/employers", data=form)
    assert "naf=62.02A" in kept.headers["Location"]
    row = desk.read(lambda s: s.scalars(select(TargetCompany)).one())
    assert (row.source, str(row.source_day)) == ("register", "2026-11-01")
    file = client.get("/desk/employers.csv").get_data(as_text=True)
    assert "VERRERIE DU SCORFF;;Sirene;2026-11-01" in file
    assert "programmation" in page(client, "/desk/employers?naf=programmation").lower()
    (one,) = desk.read(reference.files)
    gone = client.post(f"/desk/references/{one.id}/drop")
    assert gone.status_code == 302
    assert desk.read(lambda s: s.scalars(select(ListedCompany)).all()) == []


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_begun(
    desk: Desk, tmp_path: Path
) -> None:
    client, _by = desk.person()
    stock = written(tmp_path, "StockUniteLegale", [UNIT_HEADER, *UNITS])
    other = tmp_path / "x.csv"
    other.write_text("nom,prenom\nA,B\n")
    for path, form, told in (
        (stock, {"departments": "35"}, "Dites quelles activités garder"),
        (stock, {"naf": "informatique"}, "Des codes de la NAF"),
        (stock, {"naf": "62", "departments": "Ille-et-Vilaine"}, "Des numéros de département"),
        (stock, {"naf": "62", "departments": "35, 20"}, "Des numéros de département"),
        (other, {"naf": "62"}, "Ce n'est ni un fichier du ROME"),
        (stock, {"naf": "62", "day": "hier"}, ""),
    ):
        answer = bring(client, path, **form)
        assert answer.status_code == 422
        shown = words_of(answer.get_data(as_text=True))
        assert told.replace("'", "’") in shown
        for value in form.values():
            assert f'value="{value}"' in answer.get_data(as_text=True)
    assert bring(client, None, naf="62").status_code == 422
    assert bring(client, None, naf="62", there="../secret").status_code == 422
    assert desk.read(lambda s: s.scalars(select(ReferenceFile)).all()) == []
    assert list((desk.game.settings.instance_dir / "imports").glob("*")) == []


def test_a_file_whose_name_is_no_text_hides_no_other(desk: Desk) -> None:
    client, _by = desk.person()
    here = folder(desk.game.settings.instance_dir)
    here.mkdir(exist_ok=True)
    names = [os.fsencode(here / "stock.csv"), os.fsencode(here) + b"/cafeti\xe8re.csv"]
    for name in names:
        Path(os.fsdecode(name)).write_bytes(b"a")
    try:
        shown = page(client, "/desk/references")
    finally:
        for name in names:
            Path(os.fsdecode(name)).unlink()
    assert "stock.csv" in shown
    assert "cafeti" not in shown


def test_a_file_of_the_folder_is_read_and_left_there_and_its_reading_stops(
    desk: Desk, tmp_path: Path
) -> None:
    client, _by = desk.person()
    here = folder(desk.game.settings.instance_dir)
    here.mkdir(exist_ok=True)
    lines = [UNIT_HEADER, *(unit(n, f"MAISON {n}") for n in range(1, 30))]
    stock = written(here, "StockUniteLegale", lines)
    assert "StockUniteLegale.zip" in page(client, "/desk/references")
    assert bring(client, None, naf="62", there=stock.name).status_code == 302
    (one,) = desk.read(reference.files)
    assert client.post(f"/desk/references/{one.id}/stop").status_code == 302
    work(desk)
    assert "arrêté" in page(client, "/desk/references")
    assert desk.read(lambda s: s.scalars(select(ListedCompany)).all()) == []
    bring(client, None, naf="62", there=stock.name)
    desk.write(lambda s: s.execute(update(Job).values(cancelling=True)))  # while it is read
    work(desk)
    newest = desk.read(reference.files)[0]
    assert newest.report["ended"] == "stopped"
    assert desk.read(lambda s: s.scalars(select(ListedCompany)).all()) == []
    bring(client, None, naf="62", there=stock.name)
    work(desk)
    assert stock.exists()
    assert len(desk.read(lambda s: s.scalars(select(ListedCompany)).all())) == 29
    stock.unlink()


def test_a_nomenclature_that_has_no_labels_yet_is_called_by_its_name(
    desk: Desk, tmp_path: Path
) -> None:
    client, _by = desk.person()
    newer = {"activitePrincipale": "62.10Y", "nomenclatureActivitePrincipale": "NAF2025"}
    older = unit(1, "MAISON D'AVANT", activitePrincipale="62.09Z")
    lines = [UNIT_HEADER, older, unit(2, "MAISON D'APRÈS", **newer)]
    bring(client, written(tmp_path, "StockUniteLegale", lines), naf="62")
    work(desk)
    shown = page(client, "/desk/employers?naf=62.09Z")
    assert "62.10Y NAF2025 (1)" in shown
    assert "MAISON D'AVANT" in shown


def test_titles_of_the_rome_stand_in_a_post_s_dossier_and_beside_titles(
    desk: Desk, tmp_path: Path
) -> None:
    client, _by = desk.person()
    rows = [
        f'"{n}","Soudeur / Soudeuse {word}","S","H2913","","","","","","","","",""'
        for n, word in enumerate(("TIG", "à l'arc", "en tuyauterie"), 1)
    ]
    rome = written(tmp_path, "unix_referentiel_appellation_v460_utf8", [TITLES, *rows])
    assert bring(client, rome).status_code == 302
    work(desk)

    def post(s: Any) -> None:
        s.add(Workshop(id="w", name="A", code="ROME", sort="real", created_at=1, lang="fr"))
        s.flush()
        s.add(BriefRow(workshop_id="w", key="k", title="Soudeur·se TIG", must_haves=["TIG"]))

    desk.write(post)
    dossier = page(client, "/desk/posts?topic=Soudeur·se TIG")
    assert "Soudeur / Soudeuse en tuyauterie" in dossier
    assert "« Soudeuse TIG »" in dossier or '"Soudeuse TIG"' in dossier
    beside = page(client, "/desk/wordings?names=Soudeuse&lang=fr")
    assert "Soudeur / Soudeuse à l'arc" in beside


def test_a_title_is_said_in_each_gender() -> None:
    assert genders("Accordeur / Accordeuse de pianos") == (
        "Accordeur de pianos",
        "Accordeuse de pianos",
    )
    assert (
        genders("Ouvrier agricole / Ouvrière agricole de serre")[0] == "Ouvrier agricole de serre"
    )
    assert genders("Actuaire") == ("Actuaire",)
    assert said(["Actuaire", "Actuaire", "Acteur / Actrice"], 2) == ("Actuaire", "Acteur")
