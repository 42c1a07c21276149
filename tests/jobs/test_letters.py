"""A mailing as a job: each person once, nobody who objected, no second letter after a death."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.config import Settings, load
from game.base.days import day_of
from game.base.secret import secret_key
from game.jobs import letters, queue
from game.jobs.run import Run
from game.jobs.worker import Worker
from game.pool import mailing
from game.pool.letter import Text
from game.pool.merge import merge, unmerge
from game.privacy import chain
from game.privacy.objection import object
from game.store.database_clock import clock
from game.store.engine import Store
from game.store.tables import (
    AuditEntry,
    AuditHead,
    Job,
    Lead,
    Letter,
    Mailing,
    Merge,
    Notice,
    Objection,
    Touchpoint,
    User,
)
from tests.databases import opened
from tests.privacy.test_papers import FACTS
from tests.published import publish_notice
from tests.smtp import Post, smtp_server
from tests.table import PACKS, USUAL

TEXT = Text("fr", "message", "Bonjour {prénom}", "Chez {entreprise} ?\n\n{recruteur}", "Essai")


@pytest.fixture
def post() -> Iterator[Post]:
    with smtp_server() as made:
        yield made


@pytest.fixture
def settings(post: Post, tmp_path: Any) -> Settings:
    given = {"smtp_url": post.url, "mail_from": "talents@maison.fr", "instance_dir": tmp_path}
    return load(_env_file=None, **given)


@pytest.fixture
def store(either: str) -> Iterator[Store]:
    with opened(either) as made:
        with Session(made.writing) as s:
            for table in (Lead, Mailing, Job, User, Objection, Notice, AuditEntry, AuditHead):
                s.execute(delete(table))
            s.add(
                User(id="rosa", mail="rosa@maison.fr", name="Rosa", role="recruiter", created_at=1)
            )
            s.commit()
        yield made


def lead(store: Store, name: str, **more: Any) -> str:
    given = {"mail": f"{name.lower()}@exemple.fr", "company": "Ateliers", "informed_at": now_ms()}
    with Session(store.writing) as s:
        made = Lead(
            name=name, skills=[], inform_by=date(2090, 1, 1), created_at=1, **{**given, **more}
        )
        s.add(made)
        s.commit()
        return made.id


def ask(store: Store, ids: list[str], text: Text = TEXT) -> str:
    with Session(store.writing) as s:
        made = mailing.make(s, text, ids, "rosa")
        letters.ask(s, made, "rosa")
        s.commit()
    return made


def work(store: Store, settings: Settings, times: int = 1) -> None:
    with store.writing.begin() as connection:
        connection.execute(update(Job).where(Job.state == "waiting").values(due_at=0))
        today = day_of(clock(connection))
    worker = Worker(store, PACKS, settings)
    worker.asked = today
    for _ in range(times):
        worker.once()


def outcome(store: Store) -> dict[str, tuple[str, str]]:
    with store.session() as s:
        rows = s.execute(select(Lead.name, Letter.state, Letter.reason).join_from(Letter, Lead))
        return {name: (state, reason) for name, state, reason in rows}


def job(store: Store) -> Any:
    with store.session() as s:
        return s.scalars(select(Job)).one()


def test_each_reachable_person_gets_one_letter_and_a_touchpoint(
    store: Store, post: Post, settings: Settings
) -> None:
    ids = [
        lead(store, "Ada"),
        lead(store, "Objecte"),
        lead(store, "Ignore", informed_at=None),
        lead(store, "Muette", mail=""),
        lead(store, "Libre", company=""),
        lead(store, "Zoe"),
    ]
    made = ask(store, [*ids, ids[0]])
    with Session(store.writing) as s:  # after the mailing was asked for, before it leaves
        object(s, secret_key(settings), ids[1], None)
        s.commit()
    work(store, settings)
    assert outcome(store) == {
        "Ada": ("sent", ""),
        "Objecte": ("skipped", "objected"),
        "Ignore": ("skipped", "lead_uninformed"),
        "Muette": ("skipped", "no_mail"),
        "Libre": ("skipped", "lacks_field"),
        "Zoe": ("sent", ""),
    }
    assert sorted(post.to) == ["ada@exemple.fr", "zoe@exemple.fr"]
    first = next(mail for mail in post.mails if mail["To"] == "ada@exemple.fr")
    assert first["Subject"] == "Bonjour Ada"
    assert first["Reply-To"] == "rosa@maison.fr"
    assert first.get_content().strip() == "Chez Ateliers ?\n\nRosa"
    with store.session() as s:
        done = s.execute(select(Touchpoint.lead_id, Touchpoint.kind, Touchpoint.medium)).all()
        told = str(s.scalars(select(AuditEntry.detail)).all())
        assert mailing.states(s, made) == {"sent": 2, "skipped": 4}
        assert chain.verify(s).broken is None  # what a job notes is linked too
    assert {tuple(row) for row in done} == {(ids[0], *K), (ids[5], *K)}
    assert "exemple.fr" not in told
    assert "Ada" not in told
    ended = job(store)
    assert (ended.state, ended.done, ended.total) == ("done", 6, 6)


K = ("message", "mail")


def test_a_notice_informs_who_was_not(store: Store, post: Post, settings: Settings) -> None:
    id = lead(store, "Ignore", informed_at=None)
    text = Text("fr", "notice", "Vos données", "{notice}")
    ask(store, [id], text)
    work(store, settings)
    assert outcome(store) == {"Ignore": ("skipped", "notice_unpublished")}
    with Session(store.writing) as s:
        version = publish_notice(s)
        s.commit()
    ask(store, [id], text)
    work(store, settings)
    assert FACTS["controller"] in post.mails[0].get_content()
    with store.session() as s:
        assert s.get_one(Lead, id).notice_version == version
    ask(store, [id])
    work(store, settings)
    assert len(post.mails) == 2


def test_a_server_that_is_full_is_tried_again_and_nobody_gets_two(
    store: Store, post: Post, settings: Settings
) -> None:
    ask(store, [lead(store, name) for name in ("Ada", "Bea", "Zoe")])
    post.full = 2
    work(store, settings)
    assert (job(store).state, len(post.to)) == ("waiting", 2)
    post.full = 0
    work(store, settings)
    assert job(store).state == "done"
    assert sorted(post.to) == ["ada@exemple.fr", "bea@exemple.fr", "zoe@exemple.fr"]


def test_a_box_that_does_not_exist_is_told_and_stops_nobody(
    store: Store, post: Post, settings: Settings
) -> None:
    post.refuses = {"bea@exemple.fr": "550 no such box"}
    ask(store, [lead(store, name) for name in ("Ada", "Bea", "Zoe")])
    work(store, settings)
    found = {name: state for name, (state, _) in outcome(store).items()}
    assert found == {"Ada": "sent", "Bea": "refused", "Zoe": "sent"}


def test_a_worker_that_died_while_sending_leaves_a_doubt_and_no_second_letter(
    store: Store, post: Post, settings: Settings
) -> None:
    ids = [lead(store, name) for name in ("Ada", "Zoe")]
    ask(store, ids)
    with store.writing.begin() as connection:  # as it is when it dies: claimed, one handed over
        assert queue.claim(connection)
        mine = Letter.lead_id == ids[0]
        connection.execute(update(Letter).where(mine).values(state="sending"))
        connection.execute(update(Job).values(due_at=0))  # its lease is over
    work(store, settings)
    found = {name: state for name, (state, _) in outcome(store).items()}
    assert found == {"Ada": "unsure", "Zoe": "sent"}
    assert post.to == ["zoe@exemple.fr"]


def test_what_is_stopped_does_not_leave(store: Store, post: Post, settings: Settings) -> None:
    made = ask(store, [lead(store, name) for name in ("Ada", "Zoe")])
    with Session(store.writing) as s:
        assert queue.cancel(s.connection(), job(store).id)
        assert mailing.stop(s, made, "rosa") == 2
        s.commit()
    work(store, settings)
    assert post.to == []
    assert {state for state, _ in outcome(store).values()} == {"cancelled"}


def test_an_erased_person_takes_their_letter_with_them(
    store: Store, post: Post, settings: Settings
) -> None:
    ids = [lead(store, name) for name in ("Ada", "Zoe")]
    ask(store, ids)
    with store.writing.begin() as connection:
        connection.execute(delete(Lead).where(Lead.id == ids[0]))
    work(store, settings)
    assert post.to == ["zoe@exemple.fr"]


@pytest.mark.parametrize("sent", [None, "kept", "other"])
def test_two_that_become_one_get_a_mailing_once(
    store: Store, post: Post, settings: Settings, sent: str | None
) -> None:
    ids = [lead(store, name) for name in ("Ada", "Zoe")]
    ask(store, ids)
    with Session(store.writing) as s:
        gone = {"kept": ids[0], "other": ids[1]}.get(str(sent))
        s.execute(update(Letter).where(Letter.lead_id == gone).values(state="sent"))
        merge(s, ids[0], ids[1], None, USUAL)
        s.commit()
    work(store, settings)
    assert len(post.to) == (0 if sent else 1)
    with Session(store.writing) as s:
        unmerge(s, s.scalars(select(Merge.id)).one(), None, USUAL)
        s.commit()
    work(store, settings)
    assert len(post.to) == (0 if sent else 1)


def test_who_is_merged_while_their_letter_leaves_keeps_its_touchpoint(
    store: Store, settings: Settings
) -> None:
    """As it is between handing over and noting it."""
    ids = [lead(store, name) for name in ("Ada", "Zoe")]
    ask(store, [ids[1]])
    with store.writing.begin() as connection:
        held = queue.claim(connection)
    assert held
    run = Run(store, PACKS, held, settings)
    ready = letters._next(run, str(held.given["mailing"]))
    assert ready
    with Session(store.writing) as s:
        merge(s, ids[0], ids[1], None, USUAL)
        s.commit()
    letters._note(run, ready, "sent")
    with store.session() as s:
        assert s.scalars(select(Touchpoint.lead_id)).all() == [ids[0]]
    assert outcome(store) == {"Ada": ("sent", "")}
