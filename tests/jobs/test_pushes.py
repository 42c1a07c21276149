"""A push as a job: each person once, whatever a target answers, and nobody who may not go."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.config import Settings, load
from game.base.days import day_of
from game.base.refusal import Refusal
from game.base.secret import secret_key
from game.exports import delivery, push, remote, target_settings, targets
from game.jobs import pushes, queue
from game.jobs.worker import Worker
from game.pool.merge import merge, unmerge
from game.privacy import chain, inform
from game.privacy.objection import object
from game.store import backup
from game.store.database_clock import clock
from game.store.engine import Store
from game.store.tables import (
    AuditEntry,
    AuditHead,
    CompanyFact,
    Job,
    Lead,
    Merge,
    Objection,
    Push,
    PushItem,
    Remote,
    TargetSetting,
    User,
)
from tests.ats import KEY, OPTIONS, Ats, ats_server
from tests.databases import opened
from tests.table import PACKS, USUAL

PUSHED = sorted(key for key, one in targets.targets().items() if one.push)


@pytest.fixture
def ats(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ats]:
    waited: list[float] = []
    monkeypatch.setattr(delivery, "_pause", waited.append)
    with ats_server(monkeypatch) as made:
        yield made


@pytest.fixture
def settings(tmp_path: Any) -> Settings:
    return load(_env_file=None, instance_dir=tmp_path)


@pytest.fixture
def store(either: str, settings: Settings) -> Iterator[Store]:
    tables = (Push, TargetSetting, Lead, Job, User, Objection, CompanyFact, AuditEntry, AuditHead)
    with opened(either) as made:
        with Session(made.writing) as s:
            for table in tables:
                s.execute(delete(table))
            s.add(User(id="rosa", mail="rosa@maison.fr", role="recruiter", created_at=1))
            s.flush()
            for key in PUSHED:
                target = targets.targets()[key]
                target_settings.save(s, target, OPTIONS.get(key, {}), "rosa")
                target_settings.connect(s, secret_key(settings), target, KEY, "rosa")
            s.commit()
        yield made


def lead(store: Store, name: str, **more: Any) -> str:
    first = name.split()[0].lower()
    given = {"mail": f"{first}@exemple.fr", "informed_at": now_ms()}
    given |= {"inform_by": date(2090, 1, 1)}
    given |= {"link": f"https://linkedin.com/in/{first}", "role": "Soudeuse", "skills": ["TIG"]}
    with Session(store.writing) as s:
        made = Lead(name=name, created_at=1, **{**given, **more})
        s.add(made)
        s.commit()
        return made.id


def ask(store: Store, key: str, ids: list[str], *, untold: bool = False) -> str:
    with Session(store.writing) as s:
        made = push.make(s, targets.targets()[key], ids, "fr", "rosa", untold=untold)
        pushes.ask(s, push.existing(s, made), "rosa")
        s.commit()
    return made


def work(store: Store, settings: Settings) -> None:
    with store.writing.begin() as connection:
        connection.execute(update(Job).where(Job.state == "waiting").values(due_at=0))
        today = day_of(clock(connection))
    worker = Worker(store, PACKS, settings)
    worker.asked = today
    worker.once()


def outcome(store: Store, made: str = "") -> dict[str, tuple[str, str]]:
    with store.session() as s:
        rows = select(Lead.name, PushItem.state, PushItem.reason).join_from(PushItem, Lead)
        found = s.execute(rows.where(PushItem.push_id == made) if made else rows)
        return {name: (state, reason) for name, state, reason in found}


def remotes(store: Store) -> list[tuple[str, str]]:
    with store.session() as s:
        return [tuple(row) for row in s.execute(select(Remote.lead_id, Remote.remote_id))]


def job(store: Store) -> Any:
    with store.session() as s:
        return s.scalars(select(Job).order_by(Job.created_at.desc())).first()


@pytest.mark.parametrize("key", PUSHED)
def test_pushing_twice_makes_one(store: Store, ats: Ats, settings: Settings, key: str) -> None:
    id = lead(store, "Ada Blanc")
    for _ in range(2):
        made = ask(store, key, [id, id])
        work(store, settings)
    assert len(ats.people[key]) == 1
    assert ats.asked[key] == 1
    assert outcome(store, made) == {"Ada Blanc": ("there", "")}
    ((whose, remote_id),) = remotes(store)
    assert (whose, remote_id.endswith("-1")) == (id, True)
    told = str(ats.people[key][0])
    assert "Ada" in told
    assert "ada@exemple.fr" in told
    said = targets.targets()[key].remarks
    assert ("Informée le" in told) is not any("Pas de champ de note" in text for text in said)
    with store.session() as s:
        noted = s.scalars(select(AuditEntry)).all()
        assert {"push_made", "lead_pushed"} <= {one.action for one in noted}
        assert "Ada" not in str([one.detail for one in noted])
        assert KEY not in str([one.detail for one in noted])
        assert KEY not in str([vars(row) for row in s.scalars(select(TargetSetting))])
        assert chain.verify(s).broken is None
    assert (job(store).state, job(store).result) == ("done", {"sent": 0})


@pytest.mark.parametrize(
    ("key", "mail", "state"), [("taleez", "mail", "there"), ("teamtailor", "email", "sent")]
)
def test_who_is_there_by_another_way_is_not_doubled(
    store: Store, ats: Ats, settings: Settings, key: str, mail: str, state: str
) -> None:
    ats.add(key, {mail: "ada@exemple.fr"})  # applied there, perhaps
    id = lead(store, "Ada Blanc")
    for _ in range(2):
        made = ask(store, key, [id])
        work(store, settings)
        assert outcome(store, made) == {"Ada Blanc": (state, "")}
        state = "there"
    assert len(ats.people[key]) == ats.asked[key] == 1


def test_who_has_no_mail_goes_as_somebody_sourced(
    store: Store, ats: Ats, settings: Settings
) -> None:
    made = ask(store, "teamtailor", [lead(store, "Ada Blanc", mail="")])
    work(store, settings)
    assert outcome(store, made) == {"Ada Blanc": ("sent", "")}


def test_who_left_in_a_file_goes_once_it_is_asked_for(
    store: Store, ats: Ats, settings: Settings
) -> None:
    id = lead(store, "Ada Blanc")
    with Session(store.writing) as s:
        remote.note_filed(s, "taleez", [id], 1)
        s.commit()
    assert outcome(store, ask(store, "taleez", [id])) == {"Ada Blanc": ("waiting", "")}
    work(store, settings)
    assert outcome(store) == {"Ada Blanc": ("sent", "")}
    assert len(ats.people["taleez"]) == 1


def test_nobody_goes_who_may_not(store: Store, ats: Ats, settings: Settings) -> None:
    names = ("Ada Blanc", "Bo Noir", "Cy Gris", "Di Vert", "Cher")
    ids = [lead(store, name) for name in names]
    late = lead(store, "Eve Rose", informed_at=None, inform_by=date(2026, 1, 1))
    made = ask(store, "taleez", [*ids, late])
    with Session(store.writing) as s:  # after it was asked for, before it leaves
        object(s, secret_key(settings), ids[1], None)
        s.get_one(Lead, ids[2]).rehearsed = True
        s.get_one(Lead, ids[3]).informed_at = None
        s.commit()
    work(store, settings)
    assert outcome(store, made) == {
        "Ada Blanc": ("sent", ""),
        "Bo Noir": ("skipped", "lead_objected"),
        "Cy Gris": ("skipped", "lead_rehearsed"),
        "Di Vert": ("skipped", "lead_uninformed"),
        "Cher": ("skipped", "lacks_field"),
        "Eve Rose": ("skipped", "lead_overdue"),
    }
    assert len(ats.people["taleez"]) == 1


@pytest.mark.parametrize("others", ["", "no", "yes"])
def test_a_push_is_a_first_disclosure(
    store: Store, ats: Ats, settings: Settings, others: str
) -> None:
    id = lead(store, "Ada Blanc", informed_at=None)
    with Session(store.writing) as s:
        if others:
            s.add(CompanyFact(name=inform.TO_OTHERS, value=others, at=1))
        s.commit()
    made = ask(store, "ashby", [id], untold=True)
    work(store, settings)
    state = ("skipped", "lead_uninformed") if others == "yes" else ("sent", "")
    assert outcome(store, made) == {"Ada Blanc": state}
    near = {day_of(now_ms()) + timedelta(days=n) for n in (-1, 0, 1)}  # wherever the house is
    with store.session() as s:
        by = s.get_one(Lead, id).inform_by
    assert by in (near if others == "" else {date(2090, 1, 1)})


def test_a_target_that_is_busy_is_waited_for_and_tried_again(
    store: Store, ats: Ats, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(delivery, "_pause", waited.append)
    made = ask(store, "recruitee", [lead(store, "Ada Blanc"), lead(store, "Bo Noir")])
    ats.moods = [429, 200]
    work(store, settings)
    assert 3.0 in waited  # what Retry-After said
    assert {state for state, _ in outcome(store, made).values()} == {"sent"}
    more = ask(store, "recruitee", [lead(store, "Cy Gris")])
    ats.moods = [503] * delivery.PATIENCE
    work(store, settings)
    assert outcome(store, more) == {"Cy Gris": ("waiting", "")}
    assert (job(store).state, job(store).fault) == ("waiting", "Away")
    assert job(store).due_at > now_ms()  # with back-off
    work(store, settings)
    assert outcome(store, more) == {"Cy Gris": ("sent", "")}
    assert len(ats.people["recruitee"]) == 3


def test_pace_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    workable = targets.targets()["workable"]
    line = delivery.Line(workable, {}, KEY)
    now = [1_000.0]
    monkeypatch.setattr(delivery.time, "monotonic", lambda: now[0])
    line.sent.extend([now[0]] * 10)  # ten requests in ten seconds
    assert line._until_my_turn() == 10.0
    now[0] += 10.0
    assert line._until_my_turn() == 0.0


def test_what_may_have_arrived_is_not_sent_again_until_somebody_looked(
    store: Store, ats: Ats, settings: Settings
) -> None:
    ids = [lead(store, "Ada Blanc"), lead(store, "Bo Noir")]
    made = ask(store, "boondmanager", ids)
    ats.moods = [0, 500]  # one was taken and never told; of the other nobody knows
    work(store, settings)
    assert {state for state, _ in outcome(store, made).values()} == {"unsure"}
    assert len(ats.people["boondmanager"]) == 1
    again = ask(store, "boondmanager", ids)
    work(store, settings)
    assert set(outcome(store, again).values()) == {("skipped", "push_unsure")}
    with Session(store.writing) as s:
        of = {
            item.lead_id: item.id for item in s.scalars(select(PushItem)) if item.state == "unsure"
        }
        push.settle(s, of[ids[0]], "rosa", arrived=True)
        push.settle(s, of[ids[1]], "rosa", arrived=False)
        with pytest.raises(Refusal):
            push.settle(s, of[ids[1]], "rosa", arrived=True)
        s.commit()
    last = ask(store, "boondmanager", ids)
    work(store, settings)
    assert outcome(store, last) == {"Ada Blanc": ("there", ""), "Bo Noir": ("sent", "")}
    assert len(ats.people["boondmanager"]) == 2


def test_a_worker_that_died_leaves_a_doubt(store: Store, ats: Ats, settings: Settings) -> None:
    ids = [lead(store, "Ada Blanc"), lead(store, "Bo Noir")]
    made = ask(store, "taleez", ids)
    with store.writing.begin() as connection:  # as it is then: claimed, one being handed over
        assert queue.claim(connection)
        mine = PushItem.lead_id == ids[0]
        connection.execute(update(PushItem).where(mine).values(state="sending"))
        connection.execute(update(Job).values(due_at=0))
    work(store, settings)
    assert outcome(store, made) == {"Ada Blanc": ("unsure", ""), "Bo Noir": ("sent", "")}
    more = ask(store, "taleez", [lead(store, "Cy Gris")])
    with store.writing.begin() as connection:  # a restored backup: it may have left since
        backup._send_nothing_twice(connection)
    work(store, settings)
    assert outcome(store, more) == {"Cy Gris": ("unsure", "")}


def test_a_key_that_is_refused_stops_all_and_can_be_put_right(
    store: Store, ats: Ats, settings: Settings
) -> None:
    ashby, secret = targets.targets()["ashby"], secret_key(settings)
    with Session(store.writing) as s:
        target_settings.connect(s, secret, ashby, "another", "rosa")
        s.commit()
    made = ask(store, "ashby", [lead(store, "Ada Blanc"), lead(store, "Bo Noir")])
    work(store, settings)
    assert ats.asked["ashby"] == 1
    with Session(store.writing) as s:
        assert push.existing(s, made).fault == "key_refused"
        assert push.states(s, made) == {"waiting": 2}
        target_settings.connect(s, secret, ashby, KEY, "rosa")
        pushes.ask(s, push.resume(s, made, "rosa"), "rosa")
        with pytest.raises(Refusal, match="push_going"):
            push.make(s, ashby, [], "fr", "rosa", untold=False)
        s.commit()
    work(store, settings)
    assert {state for state, _ in outcome(store, made).values()} == {"sent"}


def test_refused_stopped_erased(store: Store, ats: Ats, settings: Settings) -> None:
    ids = [lead(store, name) for name in ("Ada Blanc", "Bo Noir", "Cy Gris")]
    made = ask(store, "recruitee", ids)
    with store.writing.begin() as connection:
        connection.execute(delete(Lead).where(Lead.id == ids[2]))
    ats.moods = [422]
    work(store, settings)
    assert sorted(outcome(store, made).values()) == [("refused", "422"), ("sent", "")]
    assert (job(store).done, job(store).total) == (2, 2)
    more = ask(store, "workable", ids[:2])
    with Session(store.writing) as s:
        assert queue.cancel(s.connection(), job(store).id)
        assert push.stop(s, more, "rosa") == 2
        s.commit()
    work(store, settings)
    assert "workable" not in ats.people


def test_who_is_merged_is_there_under_both_ids(store: Store, ats: Ats, settings: Settings) -> None:
    ids = [lead(store, name) for name in ("Ada Blanc", "Zoe Roux")]
    ask(store, "ashby", ids)
    work(store, settings)
    with Session(store.writing) as s:
        merge(s, ids[0], ids[1], None, USUAL)
        s.commit()
    assert sorted(remotes(store)) == [(ids[0], "ashby-1"), (ids[0], "ashby-2")]
    with Session(store.writing) as s:
        unmerge(s, s.scalars(select(Merge.id)).one(), None, USUAL)
        s.commit()
    assert {whose for whose, _ in remotes(store)} == set(ids)  # each has their own again


def test_a_target_that_is_not_there_takes_nothing(
    store: Store, ats: Ats, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    known = dict(pushes.targets())
    away = replace(known["ashby"].push, address="http://127.0.0.1:9/candidate.create")  # type: ignore[type-var]
    known["ashby"] = replace(known["ashby"], push=away)
    monkeypatch.setattr(pushes, "targets", lambda: known)
    made = ask(store, "ashby", [lead(store, "Ada Blanc")])
    work(store, settings)
    assert outcome(store, made) == {"Ada Blanc": ("waiting", "")}
    assert job(store).fault == "Away"
