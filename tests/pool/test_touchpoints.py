"""Touchpoints on both databases: who objected is not contacted, and the notice comes first."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.pool import agenda, standing, touchpoint
from game.pool.lead import note_informed
from game.pool.merge import merge, unmerge
from game.pool.touchpoint import Plan
from game.privacy.objection import has_objected, object
from game.rules.touch import IN, KINDS, NOTICE, OUT
from game.store.engine import Store
from game.store.tables import AuditEntry, Lead, Notice, Objection, Touchpoint
from tests.databases import opened
from tests.published import publish_notice
from tests.table import USUAL

SECRET = "a secret of this test"
DAY = date(2027, 1, 4)


@pytest.fixture
def store(either: str) -> Iterator[Store]:
    with opened(either) as made:
        with Session(made.writing) as s:
            for table in (Lead, Objection, AuditEntry, Notice):
                s.execute(delete(table))
            publish_notice(s)
            s.execute(delete(AuditEntry))
            s.commit()
        yield made


@pytest.fixture
def s(store: Store) -> Iterator[Session]:
    with Session(store.writing) as session:
        yield session


def lead(s: Session, name: str = "Solenn Kerguelen", *, informed: bool = True, **more: Any) -> str:
    told = now_ms() if informed else None
    made = Lead(
        name=name, skills=[], inform_by=date(2090, 1, 1), created_at=1, informed_at=told, **more
    )
    s.add(made)
    s.flush()
    return made.id


def refused(verb: Any) -> str:
    with pytest.raises(Refusal) as said:
        verb()
    return said.value.code


def test_planned_moved_done_and_its_answer(s: Session) -> None:
    id = lead(s)
    call = touchpoint.plan(s, SECRET, id, Plan("call", "phone", DAY, "des nouvelles"), None)
    touchpoint.postpone(s, call, date(2027, 2, 1), None)
    assert [row[0].due_on for row in agenda.due(s, SECRET, date(2027, 2, 1))] == [date(2027, 2, 1)]
    assert agenda.due(s, SECRET, DAY) == []
    assert touchpoint.finish(s, SECRET, call, None, "elle réfléchit") == id
    assert agenda.due(s, SECRET, date(2028, 1, 1)) == []
    touchpoint.note_answer(s, call, "answered", None)
    (row,) = touchpoint.touchpoints_of(s, id)
    assert (row[0].note, row[0].answer) == ("des nouvelles\nelle réfléchit", "answered")
    assert refused(lambda: touchpoint.finish(s, SECRET, call, None)) == "not_planned"
    assert refused(lambda: touchpoint.cancel(s, call, None)) == "not_planned"
    s.flush()
    actions = list(s.scalars(select(AuditEntry.action)))
    for done in ("planned", "moved", "done", "answered"):
        assert f"touchpoint_{done}" in actions
    details = str(list(s.scalars(select(AuditEntry.detail))))
    assert "Solenn" not in details
    assert "nouvelles" not in details


def test_the_longest_overdue_comes_first_and_nobodys_is_everybodys(s: Session) -> None:
    one, other = lead(s, "Ada"), lead(s, "Zoé")
    for id, day in ((one, 12), (other, 3), (one, 20), (one, 27)):
        touchpoint.plan(s, SECRET, id, Plan("call", "phone", date(2027, 1, day)), None)
    rows = agenda.due(s, SECRET, date(2027, 1, 31), "somebody")
    parts = agenda.by_day(rows, date(2027, 1, 12))
    days = {name: [row[0].due_on.day for row in part] for name, part in parts.items()}
    assert days == {"late": [3], "today": [12], "later": [20, 27]}
    assert list(parts) == ["late", "today", "later"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_word_to_an_uninformed_person_is_the_notice(s: Session, kind: str) -> None:
    id = lead(s, informed=False)
    say = lambda kind: touchpoint.note_done(s, SECRET, id, Plan(kind, "mail"), None)  # noqa: E731
    if kind == NOTICE:
        say(NOTICE)
        assert s.get_one(Lead, id).informed_at
    else:
        assert refused(lambda: say(kind)) == "lead_uninformed"
        due = touchpoint.plan(s, SECRET, id, Plan(kind, "mail", DAY), None)
        assert refused(lambda: touchpoint.finish(s, SECRET, due, None)) == "lead_uninformed"
        say(NOTICE)
        say(kind)
        touchpoint.finish(s, SECRET, due, None)


def test_nobody_is_told_by_a_notice_that_was_never_published(s: Session) -> None:
    s.execute(delete(Notice))
    id = lead(s, informed=False)
    say, due = Plan(NOTICE, "mail"), touchpoint.plan(s, SECRET, id, Plan(NOTICE, "mail", DAY), None)
    assert refused(lambda: touchpoint.note_done(s, SECRET, id, say, None)) == "notice_unpublished"
    assert refused(lambda: touchpoint.finish(s, SECRET, due, None)) == "notice_unpublished"
    assert s.get_one(Lead, id).informed_at is None
    note_informed(s, id, None)  # somebody told them by other means
    assert s.get_one(Lead, id).informed_at
    version = publish_notice(s)
    other = lead(s, "Ada", informed=False)
    touchpoint.note_done(s, SECRET, other, say, None)
    assert s.get_one(Lead, other).notice_version == version


def test_an_objection_stops_what_was_planned_and_outlives_the_lead(s: Session) -> None:
    id = lead(s, mail="solenn@exemple.fr")
    standing.agree(s, SECRET, id, DAY, None)
    due = touchpoint.plan(s, SECRET, id, Plan("call", "phone", DAY), None)
    object(s, SECRET, id, None)
    assert s.get_one(Touchpoint, due).cancelled_at
    assert s.get_one(Lead, id).agreed_at is None
    assert refused(lambda: standing.agree(s, SECRET, id, DAY, None)) == "objected"
    s.execute(delete(Lead).where(Lead.id == id))  # as retention does
    s.expire_all()
    back = lead(s, "S. Kerguelen", mail="solenn@exemple.fr")
    assert has_objected(s, SECRET, back)
    assert not has_objected(s, SECRET, lead(s, "Une autre", mail="autre@exemple.fr"))
    write = Plan("message", "mail")
    assert refused(lambda: touchpoint.note_done(s, SECRET, back, write, None)) == "objected"
    answer = Plan("message", "mail", direction=IN)
    assert touchpoint.note_done(s, SECRET, back, answer, None)  # what they say is noted


def test_who_objected_under_another_name_is_in_no_agenda(s: Session) -> None:
    ids = [lead(s, name, mail="solenn@exemple.fr") for name in ("Solenn Kerguelen", "S. K.")]
    other = lead(s, "Une autre", mail="autre@exemple.fr")
    for id in (*ids, other):
        touchpoint.plan(s, SECRET, id, Plan("call", "phone", DAY), None)
    object(s, SECRET, ids[0], None)
    assert [row[0].lead_id for row in agenda.due(s, SECRET, DAY)] == [other]


def test_a_merge_brings_touchpoints_and_objections_and_can_be_undone(s: Session) -> None:
    kept, other = lead(s, "Solenn"), lead(s, "S. Kerguelen")
    standing.agree(s, SECRET, other, DAY, None)
    done = touchpoint.note_done(s, SECRET, other, Plan("call", "phone"), None)
    object(s, SECRET, other, None)
    s.get_one(Lead, other).kept_until = DAY  # a day survives being written into the merge
    merge(s, kept, other, None, USUAL)
    assert s.get_one(Touchpoint, done).lead_id == kept
    assert has_objected(s, SECRET, kept)
    from game.store.tables import Merge

    unmerge(s, s.scalars(select(Merge.id)).one(), None, USUAL)
    assert s.get_one(Touchpoint, done).lead_id == other
    assert s.get_one(Lead, other).kept_until == DAY
    assert has_objected(s, SECRET, other)
    assert not has_objected(s, SECRET, kept)


STEPS = st.lists(
    st.sampled_from(["plan", "finish", "done", "notice", "object", "cancel", "in", "return"]),
    max_size=14,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_nothing_is_ever_said_after_an_objection_nor_before_the_notice(
    store: Store, steps: list[str]
) -> None:
    """Whatever is tried in whatever order: the trace of what we did is in a lawful order."""
    with Session(store.writing) as s:
        s.execute(delete(Objection))
        mail = "revient@exemple.fr"
        id = lead(s, informed=False, mail=mail)
        said: list[str] = []
        for step in steps:
            id = _try(s, id, mail, step, said)
        outward = [word for word in said if word != IN]
        if "object" in outward:
            after = outward[outward.index("object") + 1 :]
            assert set(after) <= {"object"}
        spoken = [word for word in outward if word != "object"]
        assert spoken[:1] in ([], [NOTICE])
        s.rollback()


def _try(s: Session, id: str, mail: str, step: str, said: list[str]) -> str:
    """One step, noted where it was let through; returns the lead's id, new where they return."""
    if step == "return":
        told = s.get_one(Lead, id).informed_at
        s.execute(delete(Lead).where(Lead.id == id))
        s.expire_all()
        return lead(s, "Revenue", informed=bool(told), mail=mail)
    if step == "object":
        object(s, SECRET, id, None)
        said.append("object")
        return id
    plans = select(Touchpoint.id).where(
        Touchpoint.lead_id == id, Touchpoint.done_at.is_(None), Touchpoint.cancelled_at.is_(None)
    )
    due = s.scalars(plans).first() or "none"
    verbs = {
        "plan": lambda: touchpoint.plan(s, SECRET, id, Plan("call", "phone", DAY), None),
        "finish": lambda: touchpoint.finish(s, SECRET, due, None),
        "done": lambda: touchpoint.note_done(s, SECRET, id, Plan("article", "mail"), None),
        "notice": lambda: touchpoint.note_done(s, SECRET, id, Plan(NOTICE, "mail"), None),
        "in": lambda: touchpoint.note_done(
            s, SECRET, id, Plan("call", "phone", None, "", IN), None
        ),
        "cancel": lambda: touchpoint.cancel(s, due, None),
    }
    words = {"finish": OUT, "done": OUT, "notice": NOTICE, "in": IN}
    try:
        verbs[step]()
    except Refusal:
        return id
    if step in words:
        said.append(words[step])
    return id
