"""An import as a job: previewed, taken once whatever happens to its worker, stopped, undone."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.config import Settings, load
from game.base.days import day_of
from game.base.refusal import Refusal
from game.imports import mapping
from game.imports.kept import Kept
from game.jobs import imports, queue
from game.jobs.worker import Worker
from game.store.base import new_id
from game.store.database_clock import clock
from game.store.engine import Store
from game.store.tables import (
    AuditEntry,
    ImportFile,
    ImportProfile,
    Job,
    Lead,
    LeadKey,
    PoolImport,
    User,
)
from tests.databases import opened
from tests.table import PACKS
from tests.waiting import STARTS, wait_until


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load(_env_file=None, instance_dir=tmp_path)


@pytest.fixture
def store(either: str) -> Iterator[Store]:
    with opened(either) as made:
        with Session(made.writing) as s:
            for table in (
                *(LeadKey, Lead, ImportFile, ImportProfile, PoolImport, Job, User, AuditEntry),
            ):
                s.execute(delete(table))
            s.add(
                User(id="rosa", mail="rosa@maison.fr", name="Rosa", role="recruiter", created_at=1)
            )
            s.commit()
        yield made


def people(count: int) -> str:
    rows = (f"Personne {n:03};p{n:03}@exemple.fr;x{n}" for n in range(count))
    return "\n".join(("Nom;Mail;Civilité", *rows, ";sans.nom@exemple.fr;"))


def given(store: Store, settings: Settings, text: str, name: str = "salon.csv") -> str:
    """A file that was handed over and mapped as guessed; its id."""
    id, kept = new_id(), Kept(settings.instance_dir)
    kept.folder.mkdir(exist_ok=True)
    kept.file(id).write_text(text)
    looks = mapping.look(kept.file(id))
    with Session(store.writing) as s:
        fields, signature = [one.fields for one in looks], mapping.signature(looks, "x")
        s.add(
            ImportFile(
                id=id, name=name, signature=signature, fields=fields, user_id="rosa", at=now_ms()
            )
        )
        s.commit()
    return id


def ask(store: Store, id: str) -> bool:
    with Session(store.writing) as s:
        asked = imports.ask_to_take(s, s.get_one(ImportFile, id), "rosa")
        s.commit()
    return asked


def worker(store: Store, settings: Settings) -> Worker:
    made = Worker(store, PACKS, settings)
    with store.writing.begin() as connection:
        connection.execute(update(Job).where(Job.state == "waiting").values(due_at=0))
        made.asked = day_of(clock(connection))
    return made


def state(store: Store, kind: str = imports.TAKE) -> Any:
    with store.session() as s:
        return s.scalars(select(Job).where(Job.kind == kind)).one()


def made(store: Store, id: str) -> PoolImport:
    with store.session() as s:
        return s.get_one(PoolImport, id)


def names(store: Store) -> list[str]:
    with store.session() as s:
        return sorted(s.scalars(select(Lead.name)))


def test_a_preview_counts_and_adds_nobody(store: Store, settings: Settings) -> None:
    id = given(store, settings, people(30))
    with Session(store.writing) as s:
        imports.ask_to_rehearse(s, s.get_one(ImportFile, id), "rosa")
        s.commit()
    worker(store, settings).once()
    told = Kept(settings.instance_dir).noted(id, "preview")
    assert told["counts"] == {"new": 30, "refused": 1}
    assert told["unused"] == ["Civilité"]
    assert len(told["rows"]) == imports.SHOWN + 1
    assert (told["rows"][0]["name"], told["rows"][0]["line"]) == ("Personne 000", "2")
    assert told["rows"][-1]["faults"] == {"name": "name_missing"}
    assert names(store) == []
    assert "Personne" not in str(state(store, imports.REHEARSE).result)


def test_people_come_once_and_the_report_stays_without_the_file(
    store: Store, settings: Settings
) -> None:
    id, kept = given(store, settings, people(120)), Kept(settings.instance_dir)
    kept.note(id, "look", [])
    assert ask(store, id)
    assert not ask(store, id)
    worker(store, settings).once()
    assert len(names(store)) == 120
    report = made(store, id).report
    assert (report["taken"], report["known"], report["refused"]) == (120, 0, 1)
    assert report["refused_lines"] == {"122": {"name": "name_missing"}}
    assert report["unused"] == ["Civilité"]
    assert list(kept.folder.iterdir()) == []
    with store.session() as s:
        assert s.scalars(select(ImportFile)).all() == []
        audited = {e.action: (e.user_id, str(e.detail)) for e in s.scalars(select(AuditEntry))}
    assert audited["pool_imported"][0] == "rosa"
    kept_words = f"{report} {audited} {state(store).given} {state(store).result}"
    assert "Personne" not in kept_words
    assert "exemple.fr" not in kept_words


def test_a_worker_that_died_is_followed_by_one_that_goes_on(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = given(store, settings, people(120))
    ask(store, id)
    begun: list[int] = []
    take = imports.take

    def dies(*of: Any) -> Any:
        begun.append(1)
        if len(begun) == 3:
            raise SystemExit  # as a kill: no word of how it ended is written
        return take(*of)

    monkeypatch.setattr(imports, "take", dies)
    with pytest.raises(SystemExit):
        worker(store, settings).once()
    assert len(names(store)) == 100
    assert state(store).state == "running"
    with store.writing.begin() as connection:
        connection.execute(update(Job).values(due_at=0))  # its lease is over
    worker(store, settings).once()
    assert state(store).state == "done"
    assert len(begun) == 4  # only what was left
    assert len(names(store)) == 120
    assert (made(store, id).report["taken"], made(store, id).report["known"]) == (120, 0)
    assert made(store, id).report["refused"] == 1


def test_a_worker_killed_in_the_midst_loses_and_doubles_nobody(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    id = given(store, settings, people(3_000))
    ask(store, id)
    url = store.writing.url.render_as_string(hide_password=False)
    command = [str(Path(sys.executable).parent / "sourcerie"), "work"]
    env = {**os.environ, "INSTANCE_DIR": str(tmp_path), "DATABASE_URL": url}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(command, env=env, stdout=log, stderr=log)
    try:
        wait_until(lambda: state(store).done, STARTS)
    finally:
        process.kill()
        process.wait()
    assert state(store).state == "running"
    wait_until(lambda: len(names(store)) == state(store).done)  # a server may end its commit
    assert len(names(store)) < 3_000
    with store.writing.begin() as connection:
        mine = Job.kind == imports.TAKE
        connection.execute(delete(Job).where(~mine))
        connection.execute(update(Job).where(mine).values(due_at=0))  # its lease is over
    worker(store, settings).once()
    assert names(store) == [f"Personne {n:03}" for n in sorted(range(3_000), key="{:03}".format)]
    assert (made(store, id).report["taken"], made(store, id).report["known"]) == (3_000, 0)


def test_the_same_job_done_again_adds_nobody(store: Store, settings: Settings) -> None:
    id = given(store, settings, people(60))
    ask(store, id)
    worker(store, settings).once()
    report = made(store, id).report
    with store.writing.begin() as connection:
        mine = update(Job).where(Job.kind == imports.TAKE)
        connection.execute(mine.values(state="waiting", due_at=0, claim=None))
        connection.execute(delete(Job).where(Job.kind == "doubles"))
    worker(store, settings).once()
    assert state(store).state == "done"
    assert len(names(store)) == 60
    assert made(store, id).report == report
    again = given(store, settings, people(60))  # and so does the same file handed over again
    ask(store, again)
    with store.writing.begin() as connection:
        connection.execute(delete(Job).where(Job.kind == "doubles"))
    worker(store, settings).once()
    assert (made(store, again).report["taken"], made(store, again).report["known"]) == (0, 60)
    assert len(names(store)) == 60


def test_what_is_stopped_stops_and_can_be_taken_back(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, kept = given(store, settings, people(200)), Kept(settings.instance_dir)
    ask(store, id)
    take, files = imports.take, []

    def then_stopped(connection: Any, *of: Any) -> Any:
        found = take(connection, *of)
        if len(files) == 1:
            connection.execute(update(Job).where(Job.state == "running").values(cancelling=True))
        files.append(kept.file(id).exists())
        return found

    monkeypatch.setattr(imports, "take", then_stopped)
    worker(store, settings).once()
    assert state(store).state == "cancelled"
    assert files == [True, True]
    assert len(names(store)) == 50
    report = made(store, id).report
    assert (report["taken"], report["ended"]) == (50, "stopped")
    assert not kept.file(id).exists()
    with Session(store.writing) as s:
        s.execute(delete(Job).where(Job.kind == "doubles"))
        imports.ask_to_take_back(s, s.get_one(PoolImport, id), "rosa")
        s.commit()
        with pytest.raises(Refusal):
            imports.ask_to_take_back(s, s.get_one(PoolImport, id), "rosa")
    worker(store, settings).once()
    assert names(store) == []
    assert made(store, id).undone_at
    assert (made(store, id).report["gone"], made(store, id).report["left"]) == (50, 0)


def test_one_that_fails_for_good_leaves_no_file_and_says_so(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, kept = given(store, settings, people(60)), Kept(settings.instance_dir)
    ask(store, id)

    def fails(*_of: Any) -> Any:
        raise RuntimeError

    monkeypatch.setattr(imports, "take", fails)
    worker(store, settings).once()
    assert state(store).state == "waiting"
    assert kept.file(id).exists()  # it is tried again
    with store.writing.begin() as connection:
        connection.execute(update(Job).values(tries=queue.TRIES - 1))
    worker(store, settings).once()
    assert state(store).state == "failed"
    assert not kept.file(id).exists()
    assert (made(store, id).report["taken"], made(store, id).report["ended"]) == (0, "unreadable")


def test_a_preview_of_columns_that_were_changed_since_is_not_shown(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    id, kept = given(store, settings, people(3)), Kept(settings.instance_dir)
    mapped = mapping.mapped

    def then_changed(*of: Any) -> Any:
        with Session(store.writing) as s:
            file = s.get_one(ImportFile, id)
            first = file.job_id
            imports.ask_to_rehearse(s, file, "rosa")
            assert file.job_id != first
            s.commit()
        return mapped(*of)

    with Session(store.writing) as s:
        imports.ask_to_rehearse(s, s.get_one(ImportFile, id), "rosa")
        s.commit()
    with monkeypatch.context() as patched:
        patched.setattr(mapping, "mapped", then_changed)
        worker(store, settings).once()
    assert kept.noted(id, "preview") is None
    worker(store, settings).once()
    assert kept.noted(id, "preview")["counts"] == {"new": 3, "refused": 1}


def test_one_that_waits_is_given_up_at_once(store: Store, settings: Settings) -> None:
    id = given(store, settings, people(3))
    ask(store, id)
    with Session(store.writing) as s:
        assert imports.give_up(s, s.get_one(ImportFile, id), "rosa")
        s.commit()
    worker(store, settings).once()
    assert names(store) == []
    assert made(store, id).report["ended"] == "stopped"


def test_a_file_that_is_named_like_somebody_in_it_loses_its_name(
    store: Store, settings: Settings
) -> None:
    text = "Nom;Mail\nNora Blanc;nora@exemple.fr\n"
    id = given(store, settings, text, "CV-nora_BLANC-2026.csv")
    ask(store, id)
    worker(store, settings).once()
    assert made(store, id).name == "*.csv"


def test_files_that_nobody_imports_go_after_a_day(store: Store, settings: Settings) -> None:
    kept = Kept(settings.instance_dir)
    old, new = (given(store, settings, people(1)) for _ in range(2))
    os.utime(kept.file(old), (1, 1))
    orphan = kept.file("0" * 16)
    orphan.write_text("left by a process that died")
    os.utime(orphan, (1, 1))
    with Session(store.writing) as s:
        s.execute(update(ImportFile).where(ImportFile.id == old).values(at=1))
        queue.enqueue(s, imports.SWEEP)
        s.commit()
    worker(store, settings).once()
    with store.session() as s:
        assert s.scalars(select(ImportFile.id)).all() == [new]
    assert [file.name for file in kept.folder.iterdir()] == [new]


def test_a_kept_file_is_its_owners_alone(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    with (tmp_path / "x").open("w+b") as given:
        given.write(b"Nom\n")
        given.seek(0)
        kept.keep("a" * 16, given)
    kept.note("a" * 16, "preview", {})
    for file in kept.folder.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.folder.stat().st_mode) == 0o700
