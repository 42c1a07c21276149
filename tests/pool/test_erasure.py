"""Erased is erased: under whatever the person was ever known by, and in every file."""

import hashlib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from game.pool import lead as change
from game.pool import mailing, tag, touchpoint, view
from game.pool.letter import Text
from game.pool.merge import merge
from game.pool.touchpoint import Plan
from game.pool.verdict import review
from game.privacy import chain, inform, objection, own_link
from game.privacy.erase import erase, keep_out, keys_ever
from game.privacy.suppression import digest
from game.store import backup
from game.store.engine import Store
from game.store.migrate import upgrade
from game.store.scrub import scrub, tables
from game.store.tables import (
    Lead,
    Letter,
    Objection,
    Recommendation,
    SavedView,
    Suppression,
    User,
)
from game.workshop.me import mine
from tests.databases import postgres
from tests.table import SECRET, SLOTS, USUAL, Table, said
from tests.waiting import wait_until

NAME, MAIL, SECOND = "Maëlle Quillivic", "maelle@fonderies.example", "mq@ailleurs.example"
PHONE, COMPANY = "06 98 76 54 32", "Fonderies du Songe"
PROFILES = (
    "https://www.linkedin.com/in/maelle-quillivic/",
    "fr.linkedin.com/in/maelle-quillivic?utm_source=share&utm_medium=member",
    "http://linkedin.com/in/Maelle-Quillivic",
    "https://m.linkedin.com/in/maelle%2Dquillivic/details/experience/",
    "https://ca.linkedin.com/in/MAELLE-QUILLIVIC/fr#top",
)


@pytest.fixture
def table(store: Store) -> Table:
    return Table(store)


def person(slot: int = 0, **more: str) -> dict[str, Any]:
    return {"slot": SLOTS[slot], "name": NAME, "relationship": "former-colleague", **more}


def by(reach: str, value: str) -> dict[str, str]:
    return {"reach": reach, "reach_value": value}


def wipe(table: Table, lead: str) -> None:
    table.write(lambda s: erase(s, SECRET, lead, None))
    scrub(table.store)


def names(table: Table) -> list[str]:
    return sorted(row[0] for row in table.read(select(Lead.name)))


@pytest.mark.parametrize("was", PROFILES)
@pytest.mark.parametrize("comes", PROFILES)
def test_no_spelling_of_a_profile_brings_anybody_back(table: Table, was: str, comes: str) -> None:
    table.submit(0, person(**by("link", was)))
    wipe(table, table.leads()[0])
    assert table.submit(1, person(1, **by("link", comes)))["ok"]
    assert names(table) == []


@pytest.mark.parametrize(
    "back",
    [
        by("mail", SECOND),
        by("mail", MAIL.upper()),
        by("phone", "+33 6 98 76 54 32"),
        {"company": "FONDERIES  du songe"},
    ],
)
def test_what_a_merge_or_a_colleague_had_brought_keeps_out_too(
    table: Table, back: dict[str, str]
) -> None:
    table.submit(0, person(**by("mail", MAIL)))
    (kept,) = table.leads()
    table.submit(1, person(**by("mail", SECOND)))
    (other,) = set(table.leads()) - {kept}
    table.submit(1, person(1, company=COMPANY, **by("mail", SECOND)))
    table.submit(0, person(1, **by("phone", PHONE)))
    (third,) = set(table.leads()) - {kept, other}
    table.write(lambda s: merge(s, other, third, None, USUAL))
    table.write(lambda s: merge(s, kept, other, None, USUAL))
    wipe(table, kept)
    assert table.submit(0, person(2, **back))["ok"]
    assert names(table) == []


def test_what_was_corrected_keeps_out_too(table: Table) -> None:
    table.submit(0, person(**by("mail", MAIL)))
    (lead,) = table.leads()
    table.write(lambda s: change.correct(s, lead, {"name": NAME, "mail": SECOND}, None))
    wipe(table, lead)
    table.submit(0, person(1, **by("mail", MAIL)))
    table.submit(0, person(2, **by("mail", SECOND)))
    assert names(table) == []


def traces(store: Store) -> list[str]:
    """The files of a SQLite database that hold anything of the person."""
    file = Path(str(store.url.database))
    strings = (NAME, MAIL, SECOND, COMPANY, "+33698765432", "maelle-quillivic")
    found = []
    for path in (file, file.with_name(file.name + "-wal")):
        content = path.read_bytes() if path.exists() else b""
        found += [f"{text} in {path.name}" for text in strings if text.encode() in content]
    return found


def at_the_desk(session: Session, lead: str) -> None:
    """What recruiters write of a person, or to them."""
    session.add(User(id="rosa", mail="r@maison.fr", role="admin", created_at=1))
    session.flush()
    text = Text("fr", "notice", "{prénom}", "{notice}")
    mailing.make_one(session, text, lead, (f"Bonjour {NAME}", f"{NAME}, {COMPANY}"), "rosa")
    touchpoint.note_sent(session, lead, Plan("notice", "mail", note=f"À {NAME}, {MAIL}"), "rosa")
    wanted = Plan("call", "phone", date(2030, 1, 1), f"{NAME} au +33698765432", user_id="rosa")
    touchpoint.plan(session, SECRET, lead, wanted, "rosa")
    tag.put(session, lead, COMPANY, "rosa")
    review(session, lead, None, "pursue", f"{NAME} convient", USUAL)
    own_link.token(session, SECRET, lead, "rosa")


def test_nothing_is_left_in_the_files(table: Table) -> None:
    table.submit(0, person(company=COMPANY, **by("mail", MAIL)))
    table.submit(1, person(company=COMPANY, **by("phone", PHONE)))
    table.submit(1, person(1, **by("link", PROFILES[0])))
    for n in range(40):
        table.submit(0, said(f"lead:other{n:03}", n % 6, detailed=True))
    first, *others = [
        row[0] for row in table.read(select(Lead.id).where(Lead.name == NAME).order_by(Lead.id))
    ]
    for other in others:
        table.write(lambda s, other=other: merge(s, first, other, None, USUAL))
    table.write(lambda s: at_the_desk(s, first))
    assert traces(table.store)  # there was something to find
    wipe(table, first)
    assert traces(table.store) == []


def test_saved_views_that_tell_of_the_person_go_too(table: Table) -> None:
    """Their name as its name, or their employer where nobody else is there; the others stay."""
    table.submit(0, person(company=COMPANY, **by("mail", MAIL)))
    table.submit(1, said(SLOTS[1], 1, detailed=True))
    (lead,) = (row[0] for row in table.read(select(Lead.id).where(Lead.name == NAME)))

    def keep(s: Session) -> None:
        s.add(User(id="rosa", mail="r@maison.fr", role="admin", created_at=1))
        s.flush()
        view.save(s, "rosa", "Suivre maelle QUILLIVIC", {"sort": "name"})
        view.save(s, "rosa", "Ceux du Songe", {"company": COMPANY})
        view.save(s, "rosa", "Chantiers", {"company": "Chantiers Imaginaires"})
        view.save(s, "rosa", "Soudure", {"skill": "TIG"})

    table.write(keep)
    wipe(table, lead)
    assert {row[0] for row in table.read(select(SavedView.name))} == {"Chantiers", "Soudure"}
    assert traces(table.store) == []


def standing(table: Table, player: int) -> dict[str, Any]:
    with table.store.reading.connect() as connection:
        id = table.players[player]
        return dict(mine(connection, SECRET, [id], lambda _: {})[id]["standing"])


def test_nobody_can_tell_from_their_own_list_who_was_erased(table: Table) -> None:
    """Neither at the erasure nor when the person is named again: own words stay their author's."""
    for n in range(2):
        table.submit(0, said(SLOTS[n], n, detailed=True))
    before = standing(table, 0)
    wipe(table, table.leads()[0])
    assert standing(table, 0) == before
    assert len(table.leads()) == 1
    for n in range(2):
        table.submit(1, said(SLOTS[n], n, detailed=True))
    mine_now = standing(table, 1)
    assert {slot: set(said) for slot, said in mine_now.items()} == {
        slot: set(said) for slot, said in before.items()
    }
    assert {said["name"] for said in mine_now.values()} == {
        said["name"] for said in before.values()
    }
    table.submit(0, {"slot": SLOTS[0], "withdraw": True})
    table.submit(0, {"slot": SLOTS[1], "withdraw": True})
    assert standing(table, 0) == {}


def test_a_restore_keeps_the_erased_out(table: Table, tmp_path: Path) -> None:
    table.submit(0, person(company=COMPANY, **by("mail", MAIL)))
    table.submit(0, said(SLOTS[1], 1))
    backup.backup(table.store, tmp_path / "before.zip", SECRET)
    (lead,) = [r[0] for r in table.read(select(Lead.id).where(Lead.name == NAME))]
    wipe(table, lead)
    left = names(table)
    backup.restore(
        table.store,
        tmp_path / "before.zip",
        replace=True,
        secret=SECRET,
        then=lambda connection: keep_out(Session(connection), SECRET),
    )
    assert names(table) == left
    table.submit(1, person(3, **by("mail", MAIL)))
    assert names(table) == left


def test_a_restore_forgets_no_objection_and_sends_nothing_twice(
    table: Table, tmp_path: Path
) -> None:
    table.submit(0, person(**by("mail", MAIL)))
    (lead,) = table.leads()
    text = Text("fr", "message", "Bonjour", "Bonjour")
    table.write(lambda s: s.add(User(id="rosa", mail="r@maison.fr", role="admin", created_at=1)))
    table.write(lambda s: mailing.make(s, text, [lead], "rosa"))
    backup.backup(table.store, tmp_path / "before.zip", SECRET)
    table.write(lambda s: objection.object(s, SECRET, lead, None))
    backup.restore(
        table.store,
        tmp_path / "before.zip",
        replace=True,
        secret=SECRET,
        then=lambda connection: objection.recall(Session(connection), SECRET),
    )
    assert table.read(select(Letter.state)) == [("unsure",)]
    assert table.write(lambda s: objection.has_objected(s, SECRET, lead))
    with table.store.session() as s:
        assert inform.barred(s, [lead], "export", date(2026, 1, 1)) == {lead: "lead_objected"}
    assert table.write(chain.verify).broken is None


def test_another_secret_would_let_them_in_and_is_refused(table: Table, tmp_path: Path) -> None:
    table.submit(0, person(**by("mail", MAIL)))
    backup.backup(table.store, tmp_path / "old.zip", "the secret of another house")
    wipe(table, table.leads()[0])
    with pytest.raises(backup.BackupError, match="secret"):
        backup.restore(table.store, tmp_path / "old.zip", replace=True, secret=SECRET)


def test_nobody_without_the_secret_can_try_names_against_what_is_kept(table: Table) -> None:
    """Mails and numbers can be guessed: an unkeyed hash of them would be a list of the erased."""
    table.submit(0, person(company=COMPANY, **by("mail", MAIL)))
    (lead,) = table.leads()
    with table.store.session() as s:
        said = s.scalars(select(Recommendation)).all()
        known = keys_ever(s, lead, said)
    assert f"m:{MAIL}" in known
    table.write(lambda s: objection.object(s, SECRET, lead, None))
    wipe(table, lead)
    kept = {row[0] for row in table.read(select(Suppression.digest))}
    kept |= {row[0] for row in table.read(select(Objection.digest))}
    assert kept == {digest(SECRET, key) for key in known}
    for guess in ("", "another secret"):
        assert kept.isdisjoint(digest(guess, key) for key in known)
    for name in ("sha256", "sha1", "md5", "sha512"):
        assert kept.isdisjoint(hashlib.new(name, key.encode()).hexdigest() for key in known)


def test_what_holds_a_persons_words_is_scrubbed() -> None:
    held = {"cv_readings", "grid_interviews", "grid_passages", "told_origins", "interviews"}
    held |= {"touchpoints", "drafts", "own_words", "arrivals", "letters", "recommendations"}
    assert held <= set(tables())


def test_on_postgres_too() -> None:
    with postgres() as address:
        url = address.replace("postgresql://", "postgresql+psycopg://")
        upgrade(url)
        table = Table(Store(url))
        table.submit(0, person(company=COMPANY, **by("mail", MAIL)))
        table.submit(1, person(**by("mail", MAIL)))
        wipe(table, table.leads()[0])
        freed = text("SELECT relname FROM pg_stat_user_tables WHERE last_vacuum IS NOT NULL")
        wait_until(lambda: {row[0] for row in table.read(freed)} >= set(tables()))
        table.submit(1, person(1, company=COMPANY))
        assert names(table) == []
        assert table.read(select(Recommendation.id)) == []
        assert len(standing(table, 1)) == 2
        table.store.close()
