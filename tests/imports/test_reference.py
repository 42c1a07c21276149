"""Files of ROME and Sirene, with the true columns and made-up rows."""

import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.content.naf_labels import label, labels
from game.imports import reference as files
from game.imports import reference_lines, sirene
from game.pool import reference
from game.rules import naf
from game.rules.departments import departments_of
from game.store.engine import Store
from game.store.tables import ListedCompany, OccupationTitle, ReferenceFile
from tests.databases import opened

# the headings of StockUniteLegale and StockEtablissement, as their headers have them
UNIT_HEADER = (
    "siren,statutDiffusionUniteLegale,unitePurgeeUniteLegale,dateCreationUniteLegale,"
    "sigleUniteLegale,sexeUniteLegale,prenom1UniteLegale,prenom2UniteLegale,"
    "prenom3UniteLegale,prenom4UniteLegale,prenomUsuelUniteLegale,pseudonymeUniteLegale,"
    "identifiantAssociationUniteLegale,trancheEffectifsUniteLegale,anneeEffectifsUniteLegale,"
    "dateDernierTraitementUniteLegale,nombrePeriodesUniteLegale,categorieEntreprise,"
    "anneeCategorieEntreprise,dateDebut,etatAdministratifUniteLegale,nomUniteLegale,"
    "nomUsageUniteLegale,denominationUniteLegale,denominationUsuelle1UniteLegale,"
    "denominationUsuelle2UniteLegale,denominationUsuelle3UniteLegale,"
    "categorieJuridiqueUniteLegale,activitePrincipaleUniteLegale,"
    "nomenclatureActivitePrincipaleUniteLegale,nicSiegeUniteLegale,"
    "economieSocialeSolidaireUniteLegale,caractereEmployeurUniteLegale"
)
SITE_HEADER = (
    "siren,nic,siret,statutDiffusionEtablissement,etablissementSiege,codePostalEtablissement,"
    "libelleCommuneEtablissement,codeCommuneEtablissement,etatAdministratifEtablissement,"
    "activitePrincipaleEtablissement"
)
UNIT, SITE = UNIT_HEADER.split(","), SITE_HEADER.split(",")
TITLES = (
    '"code_ogr","libelle_appellation_long","libelle_appellation_court","code_rome",'
    '"transition_eco","transition_num","transition_demo","emploi_reglemente","emploi_cadre",'
    '"classification","origine","code_rome_parent","peu_usite"'
)
DAY = date(2026, 11, 1)


def unit(siren: int, name: str, **more: str) -> str:
    """A line of StockUniteLegale: an open company of forty, of programmers."""
    usual = {
        **{"siren": f"{siren:09}", "denominationUniteLegale": name},
        **{"statutDiffusionUniteLegale": "O", "etatAdministratifUniteLegale": "A"},
        **{"categorieJuridiqueUniteLegale": "5710", "activitePrincipaleUniteLegale": "62.01Z"},
        "nomenclatureActivitePrincipaleUniteLegale": "NAFRev2",
        "trancheEffectifsUniteLegale": "12",
    }
    row = {**usual, **{f"{key}UniteLegale": value for key, value in more.items()}}
    return ",".join(f'"{row.get(name, "")}"' for name in UNIT)


def site(siren: int, town: str, state: str = "A", shown: str = "O") -> str:
    row = {"siren": f"{siren:09}", "codeCommuneEtablissement": town}
    row |= {"etatAdministratifEtablissement": state, "statutDiffusionEtablissement": shown}
    return ",".join(row.get(name, "") for name in SITE)


UNITS = [
    unit(1, "ATELIERS MÉLUSINE"),
    unit(2, "VERRERIE DU SCORFF", activitePrincipale="62.02A", trancheEffectifs="32"),
    unit(3, "BOULANGERIE", activitePrincipale="10.71C"),
    unit(4, "", nom="LE GUIRRIEC", categorieJuridique="1000"),
    unit(5, "LE GUIRRIEC ENORA", nom="LE GUIRRIEC", categorieJuridique="5710"),
    unit(6, "INDIVISION LE GUIRRIEC", categorieJuridique="2110"),
    unit(7, "CACHÉE", statutDiffusion="P"),
    unit(8, "FERMÉE", etatAdministratif="C"),
    unit(9, "TOUTE PETITE", trancheEffectifs="02"),
    unit(10, "SANS PERSONNE", trancheEffectifs="NN"),
    unit(11, "[ND]"),
]


def written(folder: Path, name: str, lines: list[str]) -> Path:
    """A zip as it is downloaded, with one table."""
    path = folder / f"{name}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack:
        pack.writestr(f"{name}.csv", "\n".join(lines) + "\n")
    return path


class Taking:
    def __init__(self, store: Store) -> None:
        self.store, self.steps = store, 0

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        with self.store.writing.begin() as connection:
            yield connection

    def step(self, _connection: Connection, done: int, total: int = 0) -> None:
        assert 0 <= done <= total
        self.steps += 1


def taken(store: Store, file: Path, wanted: sirene.Wanted) -> files.Taken:
    from sqlalchemy.orm import Session

    with Session(store.writing) as s:
        id = reference.begin(s, file.name, DAY, files.said(wanted), None)
        s.commit()
    found = files.Taken()
    files.take(Taking(store), file, id, DAY, wanted, found)
    return found


def names(store: Store) -> list[str]:
    with store.session() as s:
        return list(s.scalars(select(ListedCompany.name).order_by(ListedCompany.siren)))


def test_only_legal_persons_that_employ_people_are_kept(either: str, tmp_path: Path) -> None:
    wanted = sirene.Wanted(("62",))
    with opened(either) as store:
        found = taken(
            store, written(tmp_path, "StockUniteLegale", [",".join(UNIT), *UNITS]), wanted
        )
        assert names(store) == ["ATELIERS MÉLUSINE", "VERRERIE DU SCORFF"]
        told = {"elsewhere": 1, "natural": 3, "withheld": 2, "closed": 1, "small": 2}
        assert found.passed == told
        sites = [SITE_HEADER, site(1, "35238"), site(1, "97411"), site(2, "35121", "F")]
        sites += [site(2, "35113", shown="P"), site(3, "35001"), site(2, "2A004")]
        where = sirene.Wanted(("62",), ("35",))
        counted = taken(store, written(tmp_path, "StockEtablissement", sites), where)
        assert counted.passed["outside"] == 1
        with store.session() as s:
            (one,) = s.scalars(select(ListedCompany)).all()
        assert (one.name, one.places, one.day) == ("ATELIERS MÉLUSINE", ",35,974,", DAY)
        newer = [UNIT_HEADER, unit(12, "NOUVELLE")]
        taken(store, written(tmp_path, "StockUniteLegale", newer), wanted)
        assert names(store) == ["NOUVELLE"]  # what the newer file does not have is gone


def test_no_name_of_a_natural_person_is_ever_written(tmp_path: Path) -> None:
    row = dict(zip(UNIT, UNITS[4].replace('"', "").split(","), strict=True))
    line = [row[name] for name in sirene.UNITS]
    everything = sirene.Wanted(("",), least="01")
    assert sirene.unit_of(line, everything) == "natural"
    for category in ("1000", "1", "2110", "", "0"):
        person = {**row, "nomUniteLegale": "", "categorieJuridiqueUniteLegale": category}
        assert sirene.unit_of([person[name] for name in sirene.UNITS], everything) == "natural"


def test_titles_of_an_occupation_are_found_in_both_genders(tmp_path: Path) -> None:
    made = {
        "unix_referentiel_appellation_v460_utf8": [
            TITLES,
            '"1","Développeur / Développeuse web","Développeur","M1805","","","","","","","","",""',
            '"2","Développeur / Développeuse mobile","D","M1805","","","","","","","","",""',
            '"3","Soudeur / Soudeuse TIG","Soudeur","H2913","","","","","","","","",""',
        ],
        "unix_referentiel_code_rome_v460_utf8": [
            '"code_rome","code_fiche_metier","code_ogr","libelle_rome"',
            '"M1805","567","494","Développeur / Développeuse informatique"',
        ],
        "unix_texte_v460_utf8": ['"code_rome","libelle_texte"', '"M1805","Non lu"'],
    }
    path = tmp_path / "RefRomeCsv.zip"
    with zipfile.ZipFile(path, "w") as pack:
        for name, lines in made.items():
            pack.writestr(f"{name}.csv", "\n".join(lines))
    with opened(f"sqlite:///{tmp_path / 'one.db'}") as store:
        found = taken(store, path, sirene.Wanted(()))
        assert found.kept == {"appellations": 3, "occupations": 1}
        with store.session() as s:
            for wording in ("Développeuse web", "développeur", "Développeur·se backend"):
                (one, *_rest) = reference.occupations(s, wording)
                assert one.code == "M1805", wording
                assert one.label == "Développeur / Développeuse informatique"
            assert reference.occupations(s, "Chef") == []
            (welder,) = reference.occupations(s, "Soudeuse TIG")
            assert (welder.code, welder.label) == ("H2913", "")  # no label was brought
        taken(store, path, sirene.Wanted(()))  # the same file twice adds nothing
        with store.session() as s:
            assert len(s.scalars(select(OccupationTitle)).all()) == 3


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"a,b\n1,2\n", "reference_unknown"),
        (b"", "reference_unknown"),
        (b"PK\x03\x04 no zip at all", "reference_unknown"),
        (b"x" * 70_000, "reference_unreadable"),  # one line that never ends
        (b"\xff\xfe\x00s", "reference_unreadable"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, raw: bytes, why: str) -> None:
    path = tmp_path / "x"
    path.write_bytes(raw)
    with pytest.raises(Refusal) as refused:
        files.look(path)
    assert refused.value.fields == {"file": why}


@pytest.mark.parametrize("packed", [zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_zip_that_was_damaged_on_its_way_is_refused(tmp_path: Path, packed: int) -> None:
    path, rows = tmp_path / "x.zip", [unit(n, f"ATELIER {n}") for n in range(300)]
    with zipfile.ZipFile(path, "w", packed) as pack:
        pack.writestr("a.csv", "\n".join([UNIT_HEADER, *rows]))
    whole, refused = path.read_bytes(), 0
    for at in range(40, len(whole) - 100, max(1, len(whole) // 80)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x5A]) + whole[at + 1 :])
        try:
            for found in files.look(path):
                list(reference_lines.lines(path, found, sirene.UNITS))
        except Refusal as refusal:
            refused += refusal.fields == {"file": "reference_unreadable"}
    assert refused > 20


def test_lines_are_streamed_not_held(tmp_path: Path) -> None:
    """A zip is read with a small part of it in memory."""
    import tracemalloc

    path = tmp_path / "big.zip"
    line = unit(3, "BOULANGERIE", activitePrincipale="10.71C") + "\n"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as pack, pack.open("a.csv", "w") as out:
        out.write(f"{UNIT_HEADER}\n".encode())
        out.write((line * 15_000).encode())
    (found,) = files.look(path)
    tracemalloc.start()
    count = sum(1 for _ in reference_lines.lines(path, found, sirene.UNITS))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 15_000
    assert peak < 300_000
    assert found.size > 5 * peak


def test_as_many_as_there_are_can_be_asked_for_and_no_more(either: str) -> None:
    every = [f"{n:02}" for n in range(1, 96) if n != 20] + ["2A", "2B"]
    every += [f"{n}" for n in (*range(970, 990),)]
    assert departments_of(", ".join(every)) == tuple(every)
    for none in ("20", "20A", "3٥", "00", "96", "Paris", "3%", "35;29", "٣٥"):
        assert departments_of(none) is None
    codes = [f"{n // 10:02}.{n % 10}" for n in range(naf.MOST)]
    assert naf.codes_of(" ".join([*codes, codes[0]])) == tuple(codes)
    assert naf.codes_of(" ".join([*codes, "99"])) is None
    with opened(either) as store, store.writing.begin() as connection:
        reference.drop_outside(connection, every)
        reference.drop_older(connection, ListedCompany, "none", codes)
        assert connection.scalars(select(ListedCompany.siren)).all() == []


def test_a_file_s_name_that_is_no_text_is_kept_as_far_as_it_is(tmp_path: Path) -> None:
    named = os.fsdecode(b"caf\xe9.csv")  # as an old disk has it
    with opened(f"sqlite:///{tmp_path / 'x.db'}") as store, Session(store.writing) as s:
        id = reference.begin(s, named, DAY, {}, None)
        assert s.get_one(ReferenceFile, id).name == "caf.csv"


def test_neighbours_stand_near_in_the_hierarchy() -> None:
    assert len(labels()) == 732
    known = labels()
    assert naf.neighbours("62.01Z", known)[:3] == ["62.02A", "62.02B", "62.03Z"]
    assert naf.neighbours("62.02A", known)[0] == "62.02B"  # of its class, before its group
    assert "63.11Z" not in naf.neighbours("62.01Z", known)
    assert naf.neighbours("62.10Y", ["62.10X", "62.20Z", "63.10Z"]) == ["62.10X", "62.20Z"]
    assert label("62.01Z", "NAFRev2") == "Programmation informatique"
    assert label("62.01Z", "NAF2025") == ""  # the same figures mean something else there
    assert naf.codes_of("6201z, 62.02A 63") == ("62.01Z", "62.02A", "63")
    assert naf.codes_of("62.01Z, informatique") is None
