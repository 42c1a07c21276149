"""A sound is heard by a program, and is nowhere afterwards: whatever happens, and whenever."""

import os
import time
from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.context import ForkProcess as Process
from pathlib import Path
from threading import Thread

import psutil
import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.config import Settings, load
from game.base.days import day_of
from game.base.sounds import BEING_WRITTEN, Sounds
from game.helpers import hear
from game.jobs import queue, sounds
from game.jobs import worker as jobs
from game.jobs.worker import Worker
from game.pool import grid_interview
from game.pool import sound as verbs
from game.pool.grid_interview import Passage
from game.privacy.erase import erase
from game.store.database_clock import clock
from game.store.engine import Store
from game.store.tables import (
    AuditEntry,
    AuditHead,
    GridInterview,
    GridPassage,
    Job,
    Lead,
    RoundRow,
    Sound,
    User,
    Workshop,
)
from game.web.desk.posts.sounds import stop_sounds
from tests.databases import opened, somebody_waits
from tests.hearing import installed, is_hearing, programs, sound
from tests.jobs.test_drafts import PACKS, lead
from tests.waiting import wait_until

# a worker of these tests is a fork; eventlet, where another test has loaded it, warns of that
pytestmark = pytest.mark.filterwarnings("ignore:Using fork:DeprecationWarning")

QUESTIONS = [
    {"key": f"q{n}", "must_have": must, "theme": "craft", "text": must, "levels": []}
    for n, must in enumerate(("Souder", "La sécurité", "L'équipe", "Les plans"), 1)
]
SAID = ((1.0, "Une soudure délicate ?"), (3.5, "Un collecteur."), (61.0, "J'ai dit stop."))


@pytest.fixture(autouse=True)
def fake() -> Iterator[None]:
    with installed():
        yield


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(_env_file=None, instance_dir=tmp_path)


@pytest.fixture
def store(either: str) -> Iterator[Store]:
    with opened(either) as made:
        fill(made)
        yield made


def fill(store: Store) -> None:
    with Session(store.writing) as s:
        for table in (Lead, Job, Workshop, User, AuditEntry, AuditHead):
            s.execute(delete(table))
        s.add(User(id="rosa", mail="rosa@maison.fr", name="Rosa", role="recruiter", created_at=1))
        s.add(lead("ada"))
        s.execute(update(Lead).values(created_at=now_ms()))
        s.flush()
        taps = [(11, "q1"), (70, "q2")]
        told = {"title": "Soudeur", "lang": "fr", "questions": QUESTIONS, "taps": taps}
        s.add(GridInterview(id="talk", lead_id="ada", user_id="rosa", began_at=now_ms(), **told))
        s.commit()


def bring(store: Store, folder: Sounds, told: bytes, second: int = 10) -> str:
    with Session(store.writing) as s:
        made = verbs.agree(s, "talk", "rosa", agreed=True, second=second)
        s.commit()
    folder.folder.mkdir(exist_ok=True)
    folder.file(made).write_bytes(told)
    with Session(store.writing) as s:
        verbs.hand_over(s, made, "rosa")
        s.commit()
    return made


def row(store: Store, id: str) -> Sound:
    with store.session() as s:
        return s.get_one(Sound, id)


def worker_of(store: Store, settings: Settings) -> Worker:
    """One that has asked for the day's jobs already."""
    made = Worker(store, PACKS, settings)
    with store.reading.connect() as connection:
        made.asked = day_of(clock(connection))
    return made


def do_all(worker: Worker) -> None:
    while worker.once():
        worker.wait()


def files(folder: Sounds) -> list[Path]:
    return list(folder.folder.iterdir()) if folder.folder.is_dir() else []


def test_what_is_heard_is_filed_by_its_time_and_the_sound_is_gone(
    store: Store, settings: Settings
) -> None:
    folder = Sounds(settings.instance_dir)
    id = bring(store, folder, sound(*SAID, (200.0, "Et le reste ?"), (203.0, "Rien.")))
    do_all(worker_of(store, settings))
    assert files(folder) == []
    kept = row(store, id)
    assert (kept.state, kept.heard, kept.fault) == ("done", 204, "")
    with store.session() as s:
        said = s.scalars(select(GridPassage).order_by(GridPassage.place)).all()
        audit = {one.action: one for one in s.scalars(select(AuditEntry))}
    # the sound began ten seconds into the talk; 'q1' was tapped in its second 11, 'q2' in 70
    assert [(one.second, one.tapped) for one in said] == [(11, "q1"), (71, "q2"), (210, "q2")]
    assert said[0].text == "Une soudure délicate ?\nUn collecteur."
    assert {one.filed for one in said} == {""}  # nobody has confirmed anything
    assert audit["sound_agreed"].user_id == "rosa"
    assert audit["sound_agreed"].detail["lead"] == "ada"
    assert "Une soudure" not in str([one.detail for one in audit.values()])


FAULTY = (
    (sound(*SAID, ends=hear.UNREADABLE), "unreadable"),
    (sound(ends=hear.CHANGED), "model"),
    (sound(*SAID, ends=1), "lost"),
    (sound(), "silent"),
    (sound((float(sounds.LONGEST), "Trop.")), "long"),
    (b"no json", "lost"),
)


def test_whatever_fails_the_sound_is_gone_and_says_why(store: Store, settings: Settings) -> None:
    folder = Sounds(settings.instance_dir)
    brought = [(bring(store, folder, told), fault) for told, fault in FAULTY]
    do_all(worker_of(store, settings))
    assert files(folder) == []
    assert not programs()
    for id, fault in brought:
        assert (row(store, id).state, row(store, id).fault) == ("gone", fault)
    with store.session() as s:
        assert s.scalars(select(GridPassage)).all() == []


def test_where_nothing_is_installed_nothing_stays(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Sounds(settings.instance_dir)
    id = bring(store, folder, sound(*SAID))
    monkeypatch.setattr(hear, "is_there", lambda: False)
    do_all(worker_of(store, settings))
    assert (files(folder), row(store, id).fault) == ([], "no_engine")


def cancel(s: Session, id: str) -> None:
    queue.cancel(s.connection(), verbs.end(s, id, "cancelled", "rosa"))


def objects(s: Session, id: str) -> None:
    s.execute(update(Lead).values(objected_at=1))


def withdraws(s: Session, id: str) -> None:
    verbs.withdraw_all(s, "ada", None)


def is_erased(s: Session, id: str) -> None:
    erase(s, "secret" * 4, "ada", None)


def test_it_ends_at_once_when_nobody_wants_it_any_more(store: Store, settings: Settings) -> None:
    folder, worker = Sounds(settings.instance_dir), worker_of(store, settings)
    for act in (cancel, withdraws, objects, is_erased):
        id = bring(store, folder, sound(*SAID, ends=None))
        while not (worker.beside and worker.beside.is_alive()):
            worker.once()
        wait_until(programs)
        assert files(folder) == []  # begun: it has no name any more
        with Session(store.writing) as s:
            act(s, id)
            s.commit()
        worker.wait()
        assert not programs()
        with store.session() as s:
            assert s.scalars(select(GridPassage)).all() == []
            left = s.get(Sound, id)
            assert left is None or left.state == "gone"
        with Session(store.writing) as s:
            s.execute(update(Lead).values(objected_at=None))
            s.commit()


@pytest.mark.parametrize("by", ["the person", "a recruiter"])
def test_a_yes_taken_back_while_the_text_is_written_leaves_no_text(
    by: str, address: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(address) as store:
        fill(store)
        folder, other, looked = Sounds(settings.instance_dir), store.another(), verbs.is_wanted
        id = bring(store, folder, sound(*SAID))

        def takes_back() -> None:
            with Session(other.writing) as s:
                if by == "the person":
                    verbs.withdraw_all(s, "ada", None)
                else:
                    stop_sounds(s, folder, verbs.of_interview(s, "talk"), "withdrawn", None)
                    grid_interview.withdraw(s, "talk", None)
                s.commit()

        person = Thread(target=takes_back)

        def then(session: Session, id: str) -> bool:
            """It is wanted, and right afterwards it is not."""
            found = looked(session, id)
            person.start()
            wait_until(lambda: not person.is_alive() or somebody_waits(store))
            return found

        with Session(store.writing) as s:
            verbs.begin(s, id)
            s.commit()
        monkeypatch.setattr(verbs, "is_wanted", then)
        with Session(store.writing) as s:
            verbs.heard(s, id, [Passage("J'ai dit stop.", 1, "")], 1, 1)
            s.commit()
        person.join()
        other.close()
        with store.session() as s:
            assert s.scalars(select(GridPassage)).all() == []
            assert s.get_one(GridInterview, "talk").agreed_at is None


def test_one_that_nobody_waits_for_is_deleted_before_it_is_begun(
    store: Store, settings: Settings
) -> None:
    folder, worker = Sounds(settings.instance_dir), worker_of(store, settings)
    do_all(worker)
    for act in (cancel, is_erased):
        id = bring(store, folder, sound(*SAID))
        with Session(store.writing) as s:
            act(s, id)
            s.commit()
        do_all(worker)
        assert files(folder) == []
    folder.file("nobody's").write_bytes(b"x")
    half = folder.folder / ".half.written"
    half.write_bytes(b"x")
    os.utime(half, (time.time(),) * 2)  # by the clock of the worker, not by the disk's
    worker.once()
    assert files(folder) == [half]  # somebody may be writing it
    os.utime(half, (time.time() - 2 * BEING_WRITTEN,) * 2)
    worker.once()
    assert files(folder) == []


def open_round(s: Session) -> None:
    given = {"workshop_id": "w", "kind": "quiz", "seconds": 60, "phase": "open"}
    s.add(Workshop(id="w", name="A", code="ABCD", projector_key="k", created_at=1))
    s.flush()
    s.add(RoundRow(id="r", place=0, closes_at=now_ms() + 3_600_000, **given))


def test_a_room_that_plays_is_waited_for_and_other_jobs_are_done_meanwhile(
    store: Store, settings: Settings
) -> None:
    folder, worker = Sounds(settings.instance_dir), worker_of(store, settings)
    id = bring(store, folder, sound(*SAID, ends=None))
    while not worker.beside:
        worker.once()
    program = wait_until(programs)[0]
    with Session(store.writing) as s:
        open_round(s)
        job = queue.enqueue(s, "doubles")
        s.commit()
    wait_until(lambda: program.status() == psutil.STATUS_STOPPED)
    do = worker.once
    wait_until(lambda: not do() and _state(store, job) == "done")
    other = bring(store, folder, sound(*SAID))
    assert not worker.once()  # one at a time
    with Session(store.writing) as s:
        s.execute(update(RoundRow).values(phase="closed"))
        s.commit()
    wait_until(lambda: program.status() != psutil.STATUS_STOPPED)
    worker.stop()
    worker.wait()
    assert row(store, id).fault == "lost"  # the worker was told to end: nothing is kept for later
    assert (row(store, other).state, len(files(folder))) == ("waiting", 1)  # this one is
    do_all(worker_of(store, settings))
    assert (row(store, other).state, files(folder)) == ("done", [])


def _state(store: Store, job: str) -> str:
    with store.session() as s:
        return s.get_one(Job, job).state


def works(url: str, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Process:
    """`sourcerie work` in a process of its own, quick to notice what became of another."""
    monkeypatch.setattr(queue, "LEASE", 300)
    monkeypatch.setattr(jobs, "IDLE", 0.05)
    made = get_context("fork").Process(target=lambda: worker_of(Store(url), settings).run())
    made.start()
    return made


@pytest.mark.parametrize("moment", ["before", "amid", "waiting for a room"])
def test_a_worker_that_is_killed_leaves_no_sound_behind(
    moment: str, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, url = Sounds(settings.instance_dir), f"sqlite:///{tmp_path / 'sourcerie.db'}"
    with opened(url) as store:
        fill(store)
        id = bring(store, folder, sound(*SAID, ends=0 if moment == "before" else None))
        worker = works(url, settings, monkeypatch)
        program = None
        try:
            if moment != "before":
                program = wait_until(programs)[0]
                assert files(folder) == []
            if moment == "waiting for a room":
                with Session(store.writing) as s:
                    open_round(s)
                    s.commit()
                wait_until(lambda: program.status() == psutil.STATUS_STOPPED)
            worker.kill()
            worker.join()
            if program:
                wait_until(lambda: not is_hearing(program))  # it ends with its worker
                assert files(folder) == []
            with Session(store.writing) as s:
                s.execute(delete(Workshop))
                s.commit()
            worker = works(url, settings, monkeypatch)
            wait_until(lambda: row(store, id).state in ("done", "gone"))
            assert files(folder) == []
            lost = (row(store, id).state, row(store, id).fault) == ("gone", "lost")
            assert lost or (moment == "before" and row(store, id).state == "done")
        finally:
            worker.kill()
            worker.join()
