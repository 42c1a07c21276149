"""What would come of a file, line by line; vCards; an import taken back."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select
from sqlalchemy.orm import Session

from game import content
from game.accounts.user import add_user
from game.base import paths
from game.base.clock import now_ms
from game.cli import main
from game.content import short_names
from game.imports.pool_file import import_pool
from game.imports.rehearsal import Rehearsal
from game.imports.table import tables
from game.pool.lead import correct
from game.pool.merge import merge
from game.pool.offered import offer
from game.pool.taken_back import take_back
from game.pool.verdict import review
from game.privacy.erase import erase
from game.store.engine import Store
from game.store.tables import (
    Lead,
    LeadKey,
    LeadTag,
    PoolImport,
    Recommendation,
    Touchpoint,
)
from tests.databases import opened
from tests.table import USUAL

PACKS = content.load(paths.content())
SECRET = "a secret of this test"
SHORT = short_names.load(paths.content())


def add(store: Store, name: str, **more: str) -> str:
    with Session(store.writing) as s:
        lead = Lead(name=name, inform_by=date(2090, 1, 1), created_at=now_ms(), **more)
        s.add(lead)
        s.flush()
        if lead.mail:
            s.add(LeadKey(key=f"m:{lead.mail}", lead_id=lead.id))
        s.commit()
        return lead.id


def rehearsed(store: Store, file: Path) -> list[dict[str, object]]:
    rehearsal = Rehearsal(store, SECRET, SHORT)
    return [row.said() for row in rehearsal.rows(file, PACKS, "FR")]


def taken(store: Store, file: Path) -> tuple[int, int]:
    with Session(store.writing) as s:
        outcome = import_pool(s, file, SECRET, PACKS, "FR")
    return outcome.taken, outcome.known


def leads(store: Store) -> list[str]:
    with store.session() as s:
        return sorted(s.scalars(select(Lead.name)))


LINES = (
    "Nom;Mail;Société\nNora Blanc;nora@exemple.fr;Acier\nBob Henaff;;ACIER SA\n;x@exemple.fr;\n"
    "Zoé Vidal;zoe@exemple.fr;\nZ. Vidal;zoe@exemple.fr;\nLuc Morin;faux;\n"
)


def test_each_line_is_told_and_nobody_is_added(either: str, tmp_path: Path) -> None:
    with opened(either) as store:
        with store.writing.begin() as connection:
            connection.execute(Lead.__table__.delete())
        nora = add(store, "Nora Blanc", mail="nora@exemple.fr")
        bob = add(store, "Robert Hénaff", company="Acier")
        (tmp_path / "x.csv").write_text(LINES)
        assert rehearsed(store, tmp_path / "x.csv") == [
            {"line": "2", "state": "same", "lead": nora, "why": ["same_mail"]},
            {"line": "3", "state": "likely", "lead": bob, "why": ["short_name", "same_company"]},
            {"line": "4", "state": "refused", "faults": {"name": "name_missing"}},
            {"line": "5", "state": "new"},
            {"line": "6", "state": "same", "why": ["same_mail"]},
            {"line": "7", "state": "new", "faults": {"mail": "mail_invalid"}},
        ]
        assert leads(store) == ["Nora Blanc", "Robert Hénaff"]
        assert taken(store, tmp_path / "x.csv") == (3, 2)  # as it was told


def test_who_was_erased_is_told_like_one_who_is_there(store: Store, tmp_path: Path) -> None:
    nora = add(store, "Nora Blanc", mail="nora@exemple.fr")
    with Session(store.writing) as s:
        erase(s, SECRET, nora, None)
        s.commit()
    (tmp_path / "x.csv").write_text("Nom;Mail\nNora Blanc;nora@exemple.fr\n")
    assert rehearsed(store, tmp_path / "x.csv") == [{"line": "2", "state": "same"}]


def command(tmp_path: Path, *asked: str) -> Result:
    env = {"INSTANCE_DIR": str(tmp_path / "i"), "LC_ALL": "fr_FR.UTF-8"}
    return CliRunner().invoke(main, ["pool", *asked], env=env)


def test_the_command_tells_it_to_people_and_to_programs(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(LINES)
    said = command(tmp_path, "import", str(tmp_path / "x.csv"), "--dry-run", "--json")
    assert said.exit_code == 1  # a line is refused
    rows = [json.loads(line) for line in said.stdout.splitlines()]
    assert [row["state"] for row in rows] == ["new", "new", "refused", "new", "same", "new"]
    said = command(tmp_path, "import", str(tmp_path / "x.csv"), "--dry-run")
    assert said.stdout.splitlines()[0] == "ligne 2 : nouvelle"
    said = command(tmp_path, "import", str(tmp_path / "x.csv"), "--json")
    assert json.loads(said.stdout)["taken"] == 4
    (made,) = command(tmp_path, "imports").stdout.splitlines()
    assert made.split()[1:3] == ["taken", "4"]
    assert "Retirées : 4." in command(tmp_path, "undo", made.split()[0]).stdout
    assert command(tmp_path, "undo", "0" * 16).exit_code == 1


CARDS = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Blanc;Nora;;;\r\nFN:Nora Blanc\r\nORG:Acier;Atelier\r\n"
    "TITLE:Soudeuse\r\nEMAIL;TYPE=WORK:nora@exemple.fr\r\nEMAIL:nb@exemple.fr\r\n"
    "TEL;TYPE=CELL:06 12 34 56 78\r\nURL:https://www.linkedin.com/in/nora-b\r\n"
    "CATEGORIES:TIG,MIG\r\nPHOTO;ENCODING=b;TYPE=JPEG:AAAA\r\nBDAY:1980-01-01\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\nVERSION:4.0\nFN:Zoé Vidal\nTEL;VALUE=uri:tel:+33-6-98-76-54-32\nEND:VCARD\n"
    "BEGIN:VCARD\nVERSION:3.0\nEMAIL:perdu@exemple.fr\nEND:VCARD\n"
    "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:L=C3=A9a Roy\r\n"
    "ORG;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Soci=C3=A9t=C3=A9 G=C3=A9n=C3=A9rique =\r\n"
    "des Fonderies=\r\n de l=E2=80=99Ouest\r\nTEL;CELL:0612345679\r\nEND:VCARD\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
def test_cards_of_an_address_book_are_people(store: Store, tmp_path: Path, encoding: str) -> None:
    """Of whatever age and encoding: a value may go on in further lines."""
    (tmp_path / "x.vcf").write_bytes(CARDS.encode(encoding))
    (table,) = tables(tmp_path / "x.vcf")
    assert table.total == 4
    assert [row["state"] for row in rehearsed(store, tmp_path / "x.vcf")] == [
        *("new", "new", "refused", "new"),
    ]
    assert taken(store, tmp_path / "x.vcf") == (3, 0)
    with store.session() as s:
        lea, nora, zoe = s.scalars(select(Lead).order_by(Lead.name))
        assert (lea.name, lea.phone) == ("Léa Roy", "+33612345679")
        assert lea.company == "Société Générique des Fonderies de l’Ouest"
        assert zoe.name == "Zoé Vidal"
        assert (nora.role, nora.company, nora.skills) == ("Soudeuse", "Acier", ["TIG", "MIG"])
        assert (nora.mail, nora.phone) == ("nora@exemple.fr", "+33612345678")
        assert nora.link == "https://www.linkedin.com/in/nora-b"
        assert zoe.phone == "+33698765432"
        assert "m:nb@exemple.fr" in set(s.scalars(select(LeadKey.key)))


def test_a_line_that_cannot_be_read_is_quoted_nowhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:Nora Blanc\nJeanne Inconnue, à rappeler\nEND:VCARD\n"
    (tmp_path / "x.vcf").write_text(card)
    (table,) = tables(tmp_path / "x.vcf")
    assert [line.cells[0] for line in table.lines] == ["Nora Blanc"]
    assert caplog.text == ""


def test_a_switchboard_makes_no_two_people_one(store: Store, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(
        "Nom;Tél\nNora Blanc;02 40 12 34 56\nPaul Durand;02 40 12 34 56\nN. Blanc;0240123456\n"
    )
    assert taken(store, tmp_path / "x.csv") == (2, 1)


def worked_on(s: Session, by: str) -> dict[str, Callable[[str], object]]:
    """Whatever may be done with somebody since they came."""
    call, now = {"kind": "call", "medium": "phone", "created_at": 1}, now_ms() + 60_000
    other = Lead(name="Une autre", inform_by=date(2090, 1, 1), created_at=1)
    s.add(other)
    s.flush()
    said = {"slot": "lead:1", "name": "x", "relationship": "friend", "channel": "people", "at": 1}
    said |= {"reach": "", **dict.fromkeys(("known", "internal", "aware"), False)}
    change = {name: lambda id, name=name: setattr(s.get_one(Lead, id), name, now) for name in CAME}
    return {
        "judged": lambda id: review(s, id, by, "nurture", "vu", USUAL),
        "corrected": lambda id: correct(s, id, {"name": "Corrigée"}, by),
        "merged": lambda id: merge(s, id, other.id, by, USUAL),
        "named": lambda id: s.add(Recommendation(lead_id=id, **said)),
        "planned": lambda id: s.add(Touchpoint(lead_id=id, due_on=date(2090, 1, 1), **call)),
        "called": lambda id: s.add(Touchpoint(lead_id=id, done_at=2, **call)),
        "tagged": lambda id: s.add(LeadTag(lead_id=id, tag="x")),
        "offered": lambda id: offer(s, id, {"mail": "x@exemple.fr"}, "Salon", 1),
        **change,
    }


CAME = ("informed_at", "agreed_at", "hired_at", "not_now_at")


def test_whoever_was_worked_on_in_any_way_stays(store: Store, tmp_path: Path) -> None:
    with Session(store.writing) as s:
        by = add_user(s, "rosa@maison.fr", "recruiter").id
        work = worked_on(s, by)
        rows = "\n".join(f"{name};{name}@exemple.fr" for name in ("untouched", *work))
        (tmp_path / "x.csv").write_text(f"Nom;Mail\n{rows}\n")
        s.commit()
        assert taken(store, tmp_path / "x.csv") == (len(work) + 1, 0)
        ids = {row[0]: row[1] for row in s.execute(select(Lead.name, Lead.id))}
        for name, do in work.items():
            do(ids[name])
            s.commit()
        made = s.scalars(select(PoolImport.id)).one()
        assert take_back(s, made, by) == (1, len(work))
        left = set(s.scalars(select(Lead.id)))
    assert {name for name in work if ids[name] not in left} == set()
    assert ids["untouched"] not in left


def test_an_import_is_taken_back_but_for_whom_somebody_worked_on(
    store: Store, tmp_path: Path
) -> None:
    add(store, "Luc Morin")
    (tmp_path / "x.csv").write_text("Nom;Relation\nNora Blanc;Ancien collègue\nPaul Durand;\n")
    assert taken(store, tmp_path / "x.csv") == (2, 0)
    with Session(store.writing) as s:
        paul = s.scalars(select(Lead).where(Lead.name == "Paul Durand")).one()
        correct(s, paul.id, {"name": "Paul Durand", "role": "Soudeur"}, None)
        s.commit()
        made = s.scalars(select(PoolImport.id)).one()
        assert take_back(s, made, None) == (1, 1)
        assert s.get_one(PoolImport, made).undone_at
    assert leads(store) == ["Luc Morin", "Paul Durand"]
