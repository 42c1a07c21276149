"""Rules plan touchpoints by themselves: in time, once, and never for who was hired or objected."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.config import load
from game.base.days import DAY_MS, day_of, months_after
from game.base.refusal import Refusal
from game.base.secret import secret_key
from game.jobs import planning
from game.jobs.worker import Worker
from game.pool import standing, touch_rule, touchpoint
from game.pool.touchpoint import Plan
from game.pool.verdict import review
from game.privacy import chain
from game.privacy.objection import object
from game.store.engine import Store
from game.store.tables import (
    AuditEntry,
    AuditHead,
    Job,
    Lead,
    Objection,
    Touchpoint,
    TouchRule,
    User,
)
from tests.databases import opened
from tests.table import PACKS, USUAL

RULE = {"name": "Prendre des nouvelles", "verdict": "pursue", "kind": "call", "medium": "phone"}
AGES = {"long ago": 300, "due soon": 100, "lately": 10}


@pytest.fixture
def store(either: str) -> Iterator[Store]:
    with opened(either) as made:
        with Session(made.writing) as s:
            for table in (Lead, TouchRule, Objection, Job, User, AuditEntry, AuditHead):
                s.execute(delete(table))
            s.add(User(id="rosa", mail="rosa@maison.fr", role="recruiter", created_at=1))
            s.commit()
        yield made


def lead(s: Session, name: str, days: int = 300, verdict: str = "pursue", **more: Any) -> str:
    given = {"informed_at": 1, "skills": [], "inform_by": date(2090, 1, 1), "verdict": verdict}
    made = Lead(name=name, created_at=now_ms() - days * DAY_MS, **{**given, **more})
    s.add(made)
    s.flush()
    return made.id


def work(store: Store, folder: Any) -> None:
    settings = load(_env_file=None, instance_dir=folder)
    with store.writing.begin() as connection:
        connection.execute(delete(Job))
    worker = Worker(store, PACKS, settings)
    while worker.once():
        pass
    with store.session() as s:
        done = s.scalars(select(Job).where(Job.kind == planning.KIND)).one()
        assert chain.verify(s).broken is None  # what a job notes is linked too
    assert done.state == "done", done.fault


def planned(store: Store) -> dict[str, date]:
    with store.session() as s:
        rows = select(Lead.name, Touchpoint.due_on).join_from(Touchpoint, Lead)
        is_open = Touchpoint.done_at.is_(None), Touchpoint.cancelled_at.is_(None)
        found = s.execute(rows.where(*is_open)).all()
    assert len(found) == len({name for name, _ in found}), "planned twice"
    return {row[0]: row[1] for row in found}


def test_a_rule_plans_in_time_once_and_for_whom_it_is_about(store: Store, tmp_path: Any) -> None:
    secret = secret_key(load(_env_file=None, instance_dir=tmp_path))
    with Session(store.writing) as s:
        touch_rule.save(s, "", {**RULE, "active": "1"}, 4, "rosa")
        touch_rule.save(s, "", {**RULE, "name": "en pause", "verdict": "nurture"}, 1, "rosa")
        ids = {name: lead(s, name, days) for name, days in AGES.items()}
        lead(s, "other verdict", verdict="nurture")
        lead(s, "rehearsed", rehearsed=True)
        standing.set_outcome(s, lead(s, "hired"), "hired", None)
        object(s, secret, lead(s, "objected", mail="o@exemple.fr"), None)
        lead(s, "objected and back", mail="o@exemple.fr")
        s.commit()
    work(store, tmp_path)
    today = day_of(now_ms())
    # its day in Paris: a hundred times 24 hours before a winter's night it may be the day after
    soon = months_after(day_of(now_ms() - AGES["due soon"] * DAY_MS), 4)
    assert planned(store) == {"long ago": today, "due soon": soon}
    work(store, tmp_path)
    assert planned(store) == {"long ago": today, "due soon": soon}
    with Session(store.writing) as s:  # one is done, the other put off
        for id in (ids["long ago"], ids["due soon"]):
            due = s.scalars(select(Touchpoint.id).where(Touchpoint.lead_id == id)).one()
            if id == ids["long ago"]:
                touchpoint.finish(s, secret, due, "rosa")
            else:
                touchpoint.cancel(s, due, "rosa")
        s.commit()
    work(store, tmp_path)
    assert planned(store) == {}


def test_what_was_said_lately_puts_a_rule_off(store: Store, tmp_path: Any) -> None:
    secret = secret_key(load(_env_file=None, instance_dir=tmp_path))
    with Session(store.writing) as s:
        touch_rule.save(s, "", {**RULE, "active": "1"}, 4, "rosa")
        id = lead(s, "spoken to")
        touchpoint.note_done(s, secret, id, Plan("message", "mail"), None)
        review(s, lead(s, "shortlisted today", verdict=""), "rosa", "pursue", "", USUAL)
        s.commit()
    work(store, tmp_path)
    assert planned(store) == {}


def test_everybody_whom_a_rule_is_about_is_planned_for_its_author(
    store: Store, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "AT_ONCE", 2)
    with Session(store.writing) as s:
        touch_rule.save(s, "", {**RULE, "active": "1"}, 4, "rosa")
        names = {lead(s, f"Ada {n}"): f"Ada {n}" for n in range(5)}
        s.commit()
    work(store, tmp_path)
    assert set(planned(store)) == set(names.values())
    with store.session() as s:
        assert set(s.scalars(select(Touchpoint.user_id))) == {"rosa"}


def test_a_rule_is_changed_and_removed_and_what_it_planned_stays(
    store: Store, tmp_path: Any
) -> None:
    with Session(store.writing) as s:
        id = touch_rule.save(s, "", {**RULE, "active": "1"}, 4, "rosa")
        lead(s, "long ago")
        s.commit()
    work(store, tmp_path)
    with Session(store.writing) as s:
        assert touch_rule.save(s, id, {**RULE, "name": "Autre"}, 6, "rosa") == id
        ((rule, who),) = touch_rule.rules(s)
        assert (rule.name, rule.months, rule.active, who) == ("Autre", 6, False, "rosa@maison.fr")
        touch_rule.remove(s, id, "rosa")
        s.commit()
    assert list(planned(store)) == ["long ago"]


@pytest.mark.parametrize(
    ("typed", "months", "field"),
    [
        ({**RULE, "name": " "}, 4, "name"),
        ({**RULE, "verdict": "pass"}, 4, "verdict"),
        ({**RULE, "kind": "x"}, 4, "kind"),
        (RULE, 0, "months"),
        (RULE, 25, "months"),
    ],
)
def test_what_is_no_rule_is_refused(
    store: Store, typed: dict[str, str], months: int, field: str
) -> None:
    with Session(store.writing) as s, pytest.raises(Refusal) as said:
        touch_rule.save(s, "", typed, months, "rosa")
    assert list(said.value.fields) == [field]
