"""The pool to a file and back, with its state; a file twice; who was erased stays out."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from game import content
from game.base import paths
from game.base.clock import now_ms
from game.cli import main
from game.exports import csv_file
from game.exports.pool_file import export_pool
from game.imports import report
from game.imports.pool_file import Outcome, import_pool
from game.pool.lead import correct
from game.privacy.erase import erase
from game.store.engine import Store
from game.store.tables import (
    AuditEntry,
    Lead,
    LeadKey,
    Player,
    Recommendation,
    ToldOrigin,
    Verdict,
    Workshop,
)
from game.workshop.create import create_demo
from tests.databases import opened, postgres

PACKS = content.load(paths.content())
SECRET = "a secret of this test"
NOW = now_ms() // 1000 * 1000
DAY = 86_400_000


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with opened(f"sqlite:///{tmp_path / 'here.db'}") as made:
        yield made


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    with opened(f"sqlite:///{tmp_path / 'there.db'}") as made:
        yield made


def person(id: str, name: str, **more: Any) -> Lead:
    values = {"inform_by": date(2090, 12, 31), "created_at": NOW - DAY, "channel": "fair", **more}
    return Lead(id=id * 16, name=name, **values)


def said(lead: str, workshop: Workshop, player: str | None, n: int, **more: Any) -> Recommendation:
    return Recommendation(
        lead_id=lead * 16,
        player_id=player,
        workshop_id=workshop.id,
        slot=f"lead:{n}",
        name="x",
        at=NOW - DAY + n * 1000,
        **{
            "relationship": "former-colleague",
            "channel": "fair",
            "known": True,
            "internal": False,
            "aware": False,
            "reach": "",
            **more,
        },
    )


def fill(session: Session) -> None:
    """A pool with a lead in each state, and texts that are hard to write to a file."""
    workshop = create_demo(session, PACKS["fr"])
    workshop.sort = "real"
    workshop.name = "Atelier ; d'hiver, n° 1"
    player = Player(
        workshop_id=workshop.id,
        nickname="Ortie",
        folded="ortie",
        real_name="=SUM(A1)",
        joined_at=1,
    )
    session.add(player)
    session.add_all(
        (
            person(
                *("a", "Nora Blanc"),
                role="Acheteuse ; +1 =x",
                company="Œuvres, & Cie",
                skills=["tournage, fraisage", "TIG"],
                mail="nora.blanc@exemple.fr",
                phone="+33612345678",
                link="https://www.linkedin.com/in/nora-b",
                verdict="pursue",
                informed_at=NOW - 3_600_000,
            ),
            person("b", "BLANC Paul", verdict="nurture", internal=True, channel="mobility"),
            person("c", "Jean Martin", verdict="pass", company="Exemple SA"),
            person("d", "Jean Martin", company="Exemple SA", channel="Salon de Nantes"),
            person("e", "Jean Martin"),
            person("f", "Jean Martin", role="Soudeur"),
        )
    )
    session.flush()
    session.add_all(
        Verdict(lead_id=id * 16, verdict=verdict, reason=reason, at=NOW - at)
        for id, verdict, reason, at in (
            ("a", "pass", "Non.", 9_000),
            ("a", "pursue", "-Elle convient ;\n=oui", 5_000),
            ("b", "nurture", "Plus tard.", 4_000),
            ("c", "pass", "Déjà en poste.", 3_000),
        )
    )
    session.add_all(
        (
            said("a", workshop, player.id, 1, aware=True, reasons=["skilled"], reason="+1, douée"),
            said("a", workshop, None, 2, relationship="school", reasons=["team", "calm"]),
            said("f", workshop, player.id, 3, known=False, relationship="stranger"),
        )
    )


def state(store: Store) -> dict[str, Any]:
    """What stands in the pool, without what only this database knows."""
    with store.session() as s:
        leads = {
            row["id"]: {k: v for k, v in row.items() if k not in ("origin", "corrected_at")}
            for row in s.execute(select(Lead.__table__)).mappings()
        }
        newest = {
            v.lead_id: (v.verdict, v.reason, v.at)
            for v in s.scalars(select(Verdict).order_by(Verdict.at))
        }
        recommended = sorted(
            (r.lead_id, r.at, r.relationship, r.known, r.aware, tuple(r.reasons), r.reason)
            for r in s.scalars(select(Recommendation))
        )
        return {"leads": leads, "newest": newest, "recommended": recommended}


def out(store: Store, file: Path, lang: str) -> int:
    with Session(store.writing) as session:
        count = export_pool(session, SECRET, file, PACKS[lang], lang)
        session.commit()
    return count


def taken(store: Store, file: Path, country: str = "FR") -> Outcome:
    with Session(store.writing) as session:
        return import_pool(session, file, SECRET, PACKS, country)


def cells(file: Path) -> Any:
    """What a file of ours says, whatever it is made of."""
    from game.imports.headings import best_reading
    from game.imports.sheet import sheets

    (readings,) = sheets(file.read_bytes())
    best = best_reading(readings)
    assert best
    return [[str(cell) for cell in line.cells] for line in best[0]]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_we_write_comes_back_with_its_state(
    kind: str, lang: str, store: Store, other: Store, tmp_path: Path
) -> None:
    with Session(store.writing) as session:
        fill(session)
        session.commit()
    file, again = tmp_path / f"one.{kind}", tmp_path / f"two.{kind}"
    assert out(store, file, lang) == 6
    came = taken(other, file)
    assert (came.taken, came.known, came.refused, came.mended, came.unused) == (6, 0, {}, {}, [])
    assert state(other) == state(store)
    assert out(other, again, lang) == 6
    assert cells(again) == cells(file)  # the recommender, the brief, the workshop: all of it
    twice = taken(other, again)
    assert (twice.taken, twice.known) == (0, 6)
    assert state(other) == state(store)


def test_coming_home_a_file_changes_nothing(store: Store, tmp_path: Path) -> None:
    with Session(store.writing) as session:
        fill(session)
        session.commit()
    before = state(store)
    out(store, tmp_path / "x.csv", "fr")
    assert taken(store, tmp_path / "x.csv").taken == 0
    assert state(store) == before
    with store.session() as s:
        assert s.scalars(select(ToldOrigin)).all() == []  # recommenders stay who they are


def test_from_postgres_and_back(store: Store, tmp_path: Path) -> None:
    with Session(store.writing) as session:
        fill(session)
        session.commit()
    out(store, tmp_path / "x.xlsx", "fr")
    with ExitStack() as stack:
        address = stack.enter_context(postgres())
        url = address.replace("postgresql://", "postgresql+psycopg://")
        there = stack.enter_context(opened(url))
        assert taken(there, tmp_path / "x.xlsx").taken == 6
        assert taken(there, tmp_path / "x.xlsx").taken == 0
        assert state(there) == state(store)


FILES = {
    "name only": "Nom\nNora Blanc\nPaul Durand\n",
    "name and role": "Nom;Poste\nNora Blanc;Acheteuse\nPaul Durand;Soudeur\n",
    "mail": "Nom,E-mail\nNora Blanc,nora@exemple.fr\nPaul Durand,paul@exemple.fr\n",
    "company": "Prénom;Nom;Société\nNora;Blanc;Exemple SA\nPaul;Durand;Exemple SA\n",
    "bad mail": "Nom;E-mail\nNora Blanc;nora(at)exemple.fr\nPaul Durand;\n",
}


@pytest.mark.parametrize("text", FILES.values(), ids=FILES.keys())
def test_the_same_file_twice_adds_nobody(text: str, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(text)
    assert taken(store, file).taken == 2
    with Session(store.writing) as session:  # a recruiter worked on one of them in between
        lead = session.scalars(select(Lead).where(Lead.name == "Nora Blanc")).one()
        correct(session, lead.id, {"name": "Nora BLANC", "phone": "0612345678"}, None)
        session.commit()
    file.write_bytes(text.replace("\n", "\r\n").encode("utf-16"))  # saved anew by a spreadsheet
    again = taken(store, file)
    assert (again.taken, again.known) == (0, 2)


def test_two_who_share_a_name_stay_two(store: Store, tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("Nom;Poste\nJean Martin;Acheteur\n")
    second.write_text("Nom;Poste\nJean Martin;Soudeur\nJean Martin;Acheteur\n")
    assert taken(store, first).taken == 1
    assert taken(store, second).taken == 1
    with Session(store.writing) as session:  # one whom a player named is nobody's double
        session.add(person("a", "Zoé Vidal"))
        session.commit()
    first.write_text("Nom\nZoé Vidal\n")
    assert taken(store, first).taken == 1


def test_later_lines_of_a_person_add_what_was_missing(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("Nom;Mail;Tél\nN. Blanc;n@exemple.fr;\nNora B;n@exemple.fr;06 12 34 56 78\n")
    came = taken(store, file)
    assert (came.taken, came.known) == (1, 1)
    with store.session() as s:
        lead = s.scalars(select(Lead)).one()
        assert (lead.name, lead.phone) == ("N. Blanc", "+33612345678")
        assert set(s.scalars(select(LeadKey.key))) == {"m:n@exemple.fr", "p:+33612345678"}


def test_whom_the_pool_knows_stays_as_they_are(store: Store, tmp_path: Path) -> None:
    with Session(store.writing) as session:
        session.add(person("a", "Nora Blanc", mail="n@exemple.fr", verdict="pass"))
        session.add(LeadKey(key="m:n@exemple.fr", lead_id="a" * 16))
        session.commit()
    before = state(store)
    file = tmp_path / "x.csv"
    file.write_text("Nom;Mail;Poste;Avis\nNora B.;n@exemple.fr;Soudeuse;À contacter\n")
    assert taken(store, file).known == 1
    assert state(store) == before


WAYS_BACK = {
    "mail": "Nom;Mail\nNora;mailto:Nora@Exemple.fr\n",
    "second mail": "Nom;Mail;Mail 2\nNora;autre@exemple.fr;nora@exemple.fr\n",
    "phone": "Nom;Tél\nNora;+33 (0)6 12 34 56 78\n",
    "link": "Nom;Lien\nNora;fr.linkedin.com/in/nora-b?trk=x\n",
    "company": "Nom;Société\nNORA  BLANC;exemple sa\n",
}


@pytest.mark.parametrize("text", WAYS_BACK.values(), ids=WAYS_BACK.keys())
def test_who_was_erased_stays_out(text: str, store: Store, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(
        "Nom;Société;Mail;Tél;Lien\nNora Blanc;Exemple SA;nora@exemple.fr;0612345678;"
        "https://www.linkedin.com/in/nora-b/\n"
    )
    assert taken(store, file).taken == 1
    out(store, tmp_path / "ours.csv", "fr")
    erase_all(store)
    file.write_text(text)
    assert taken(store, file).taken == 0
    assert taken(store, tmp_path / "ours.csv").taken == 0
    assert state(store)["leads"] == {}


def erase_all(store: Store) -> None:
    with Session(store.writing) as session:
        for id in session.scalars(select(Lead.id)).all():
            erase(session, SECRET, id, None)
        session.commit()


@pytest.mark.parametrize("brought", ["by a player", "in a file"])
def test_who_was_erased_stays_out_though_only_a_name_was_known(
    brought: str, store: Store, tmp_path: Path
) -> None:
    file, ours = tmp_path / "x.csv", tmp_path / "ours.csv"
    file.write_text("Nom;Poste\nNora Blanc;Soudeuse\n")
    if brought == "in a file":
        taken(store, file)
    else:
        with Session(store.writing) as session:
            session.add(person("a", "Nora Blanc", role="Soudeuse"))
            session.commit()
    out(store, ours, "fr")
    erase_all(store)
    assert taken(store, ours).taken == 0
    if brought == "in a file":
        assert taken(store, file).taken == 0


def test_lines_are_refused_by_number_and_columns_are_named(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text(
        'Civilité;Nom;E-mail;Vide;\nMme;"Nora\nBlanc";n@exemple.fr;;x\n;;;;\n'
        "M.;;p@exemple.fr\nM.;Paul;p@exemple.fr;;;décalé\nM.;Luc;nope;\n"
    )
    came = taken(store, file)
    assert (came.taken, came.known) == (2, 0)
    assert {at: dict(why) for at, why in came.refused.items()} == {
        "5": {"name": "name_missing"},
        "6": {"line": "too_many_cells"},
    }
    assert came.mended == {"7": {"mail": "mail_invalid"}}
    assert came.unused == ["Civilité", "#5"]
    assert [*report.faults(came, "fr")] == [
        "ligne 5 : refusée – Nom complet : il manque un nom",
        "ligne 6 : refusée – plus de cellules que de colonnes : quelque chose est décalé",
        "ligne 7 : prise, sauf – Mail : l'adresse ne semble pas juste",
        "Colonnes non utilisées : Civilité, #5",
    ]
    english = [*report.faults(came, "en")]
    assert english[1].startswith("line 6: refused – more cells")
    assert english[2] == "line 7: taken, but for – Email: the address doesn't look right"
    assert report.summary(came, "en") == "Taken: 2. Already known: 0. Lines refused: 2."


def test_an_import_leaves_a_trace_without_names(store: Store, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("Nom\nNora Blanc\n")
    taken(store, tmp_path / "x.csv")
    with store.session() as s:
        entry = s.scalars(select(AuditEntry)).one()
        assert (entry.action, entry.detail["taken"]) == ("pool_imported", 1)
        assert "nora" not in str(entry.detail).lower()


def test_the_command_speaks_the_language_of_the_terminal(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes("Nom;Tél\nNora Blanc;0470 12 34 56\nZoé;nope\n".encode("cp1252"))
    env = {"INSTANCE_DIR": str(tmp_path / "i"), "DEFAULT_COUNTRY": "BE", "LC_ALL": "C.UTF-8"}
    done = CliRunner().invoke(main, ["pool", "import", str(file)], env=env)
    assert done.exit_code == 0, done.output
    assert done.stdout == "Prises : 2. Déjà connues : 0. Lignes refusées : 0.\n"
    assert "le numéro ne semble pas juste" in done.stderr
    env["LC_ALL"] = "en_GB.UTF-8"
    done = CliRunner().invoke(main, ["pool", "import", str(file)], env=env)
    assert done.stdout == "Taken: 0. Already known: 2. Lines refused: 0.\n"
    file.write_bytes(b"%PDF-1.7")
    done = CliRunner().invoke(main, ["pool", "import", str(file)], env=env)
    assert done.exit_code == 1
    assert "CSV, Excel or vCard" in done.stderr
    done = CliRunner().invoke(
        main, ["pool", "export", str(tmp_path / "o.csv"), "--lang", "fr"], env=env
    )
    assert (
        (tmp_path / "o.csv").read_text(encoding="utf-8-sig").startswith("Identifiant;Nom complet;")
    )
    assert "+32470123456" in (tmp_path / "o.csv").read_text()


def test_many_lines_are_taken_a_few_at_a_time(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    rows = ([f"Personne {n}", f"p{n}@exemple.fr"] for n in range(180))
    file.write_bytes(b"".join(csv_file.write(["Nom", "Mail"], rows, ";")))
    held: list[int] = []  # how many people each transaction brought

    @event.listens_for(store.writing, "commit")
    def _count(connection: Any) -> None:
        held.append(connection.scalar(select(func.count()).select_from(Lead)) - sum(held))

    assert taken(store, file).taken == 180
    assert sum(held) == 180
    assert max(held) <= 50


def test_a_mail_that_was_never_theirs_hides_nobody(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("Nom;Mail\nNora Blanc;paul@exemple.fr\n")
    taken(store, file)
    with Session(store.writing) as session:
        lead = session.scalars(select(Lead)).one()
        correct(session, lead.id, {"name": "Nora Blanc", "mail": "nora@exemple.fr"}, None)
        session.commit()
    file.write_text("Nom;Mail\nPaul Durand;paul@exemple.fr\n")
    assert taken(store, file).taken == 1
