"""One person, one record: found, merged by itself or by hand, parted again, with nothing lost."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of
from game.base.refusal import Refusal
from game.jobs import queue
from game.jobs.worker import LOOK, Worker
from game.pool import belongings, comparing, doubles
from game.pool.keys import leads_by_key
from game.pool.lead import correct
from game.pool.merge import merge, unmerge
from game.pool.verdict import review
from game.privacy.objection import object
from game.rules.likeness import RULES
from game.store.base import Base
from game.store.engine import Store
from game.store.tables import (
    Compared,
    Double,
    FormerKey,
    Job,
    Lead,
    LeadBlock,
    LeadKey,
    LeadTag,
    Merge,
    Recommendation,
    RoundRow,
    Touchpoint,
    Verdict,
)
from game.workshop.create import create_demo
from tests.databases import opened
from tests.table import PACKS, SECRET, SLOTS, USUAL, Table, said
from tests.waiting import next_moment


@pytest.fixture
def pool(either: str) -> Iterator[Store]:
    with opened(either) as made:
        with made.writing.begin() as connection:
            for table in (Lead, Job):
                connection.execute(table.__table__.delete())
        yield made


def add(store: Store, *people: tuple[str, dict[str, Any]]) -> list[str]:
    with Session(store.writing) as s:
        made = [
            Lead(
                name=name,
                inform_by=date(2090, 1, 1),
                created_at=now_ms() + n,
                origin="import",
                **more,
            )
            for n, (name, more) in enumerate(people, 1)
        ]
        s.add_all(made)
        s.commit()
        return [lead.id for lead in made]


def look(store: Store) -> dict[str, Any]:
    """Has the worker look for doubles; returns what it says of it."""
    with store.writing.begin() as connection:
        connection.execute(Job.__table__.delete())
        asked = queue.enqueue(connection, "doubles")
    worker = Worker(store, PACKS)
    worker.asked = day_of(now_ms())  # what is done daily is not what is looked at here
    assert worker.once()
    with store.session() as s:
        done = s.get_one(Job, asked)
        assert done.state == "done", done.fault
        return dict(done.result or {})


def names(store: Store) -> list[str]:
    with store.session() as s:
        return sorted(s.scalars(select(Lead.name)))


def pairs(store: Store, state: str = "open") -> list[tuple[set[str], tuple[str, ...]]]:
    with store.session() as s:
        found = doubles.listed(s, state)
        return [({p.one.name, p.other.name}, tuple(p.reasons)) for p in found]


def write(store: Store, verb: Any) -> Any:
    with Session(store.writing) as s:
        done = verb(s)
        s.commit()
        return done


MAIL = {"mail": "nora@exemple.fr"}


def test_the_worker_looks_by_itself_once_there_is_somebody_new_and_no_room_plays(
    pool: Store,
) -> None:
    worker = Worker(pool, PACKS)
    worker.asked = day_of(now_ms())
    add(pool, ("Nora Blanc", MAIL), ("BLANC Nora", MAIL))
    assert not worker.once(), "it has looked just now"
    worker.looked -= LOOK
    room = write(pool, lambda s: create_demo(s, PACKS["fr"]).id)
    rounds = update(RoundRow).where(RoundRow.workshop_id == room)
    write(pool, lambda s: s.execute(rounds.values(closes_at=now_ms() + 60_000, phase="open")))
    assert not worker.once(), "a room has its turn first"
    worker.looked -= LOOK
    write(pool, lambda s: s.execute(rounds.values(closes_at=None, phase="closed")))
    assert worker.once()
    assert names(pool) == ["Nora Blanc"]
    worker.looked -= LOOK
    assert not worker.once(), "who was compared is not compared anew"


def test_sure_ones_merge_and_likely_ones_are_proposed(pool: Store) -> None:
    add(
        *(pool, ("Nora Blanc", MAIL), ("BLANC Nora", {**MAIL, "role": "Soudeuse"})),
        ("Robert Hénaff", {"company": "Acier SA"}),
        ("Bob Henaff", {"company": "ACIER"}),
        ("Zoé Vidal", {"company": "Ailleurs"}),
    )
    assert look(pool) == {"ready": 5, "merged": 1, "proposed": 1}
    assert names(pool) == ["Bob Henaff", "Nora Blanc", "Robert Hénaff", "Zoé Vidal"]
    with pool.session() as s:
        kept = s.scalars(select(Lead).where(Lead.name == "Nora Blanc")).one()
        assert kept.role == "Soudeuse"
        assert s.scalars(select(Merge)).one().reasons == ["same_mail", "name_order"]
    ((who, why),) = pairs(pool)
    assert who == {"Robert Hénaff", "Bob Henaff"}
    assert why == ("short_name", "same_company")
    assert look(pool)["proposed"] == 0  # nobody changed: nothing is compared twice
    assert len(pairs(pool)) == 1


def test_merging_is_transitive_and_every_merge_can_be_undone(pool: Store) -> None:
    a, b, c = add(
        *(pool, ("Nora Blanc", MAIL), ("Nora Blanc", {**MAIL, "phone": "+33612345678"})),
        ("N. Blanc", {"phone": "+33612345678", "skills": ["TIG"]}),
    )
    write(pool, lambda s: review(s, c, None, "nurture", "Plus tard.", USUAL))
    before = everything(pool)
    assert look(pool)["merged"] == 2
    with pool.session() as s:
        assert s.scalar(select(func.count()).select_from(Lead)) == 1
        (kept,) = s.scalars(select(Lead))
        assert (kept.id, kept.verdict, kept.skills) == (c, "nurture", ["TIG"])
        assert (kept.mail, kept.phone) == ("nora@exemple.fr", "+33612345678")
    while newest := write(pool, lambda s: s.scalar(select(Merge.id).order_by(Merge.at.desc()))):
        write(pool, lambda s, id=newest: unmerge(s, id, None, USUAL))
    assert everything(pool) == before
    assert look(pool)["merged"] == 0  # parting is a decision, and it is remembered
    assert {a, b, c} == set(write(pool, lambda s: list(s.scalars(select(Lead.id)))))


def everything(store: Store) -> dict[str, Any]:
    """What the pool holds of everybody, without the mark of a change."""
    with store.session() as s:
        leads = {
            row["id"]: {k: v for k, v in row.items() if k != "corrected_at"}
            for row in s.execute(select(Lead.__table__)).mappings()
        }
        verdicts = {(v.lead_id, v.verdict, v.reason) for v in s.scalars(select(Verdict))}
        said = {(r.lead_id, r.name) for r in s.scalars(select(Recommendation))}
        return {"leads": leads, "verdicts": verdicts, "said": said}


def test_who_is_kept_apart_stays_apart_through_merges(pool: Store) -> None:
    a, b, c = add(
        pool,
        ("Nora Blanc", {"company": "Acier"}),
        ("Nora Blancs", {"company": "Acier"}),
        ("Nora Blanck", {"company": "Acier"}),
    )
    look(pool)
    with pool.session() as s:
        (with_c,) = s.scalars(
            select(Double.id).where(Double.one_id.in_((b, c)), Double.other_id.in_((b, c)))
        )
    write(pool, lambda s: doubles.decide(s, with_c, "apart", None))
    made = write(pool, lambda s: merge(s, a, b, None, USUAL, ["typo"]))
    assert made == set()
    with pool.writing.begin() as connection:
        assert doubles.are_apart(connection, a, c)  # what b is not, a is not either
    look(pool)
    assert pairs(pool) == []
    merged = write(pool, lambda s: s.scalar(select(Merge.id)))
    write(pool, lambda s: unmerge(s, merged, None, USUAL))
    with pool.writing.begin() as connection:
        assert not doubles.are_apart(connection, a, c)
        assert doubles.are_apart(connection, b, c)
        assert doubles.are_apart(connection, a, b)


def test_what_else_is_known_of_them_goes_with_a_merge_and_come_back(pool: Store) -> None:
    a, b = add(pool, ("Nora Blanc", {}), ("N. Blanc", {}))
    tags = [LeadTag(lead_id=id, tag=tag) for id, tag in ((a, "x"), (b, "x"), (b, "y"))]
    write(pool, lambda s: s.add_all(tags))
    write(pool, lambda s: merge(s, a, b, None, USUAL))
    assert tags_of(pool) == {(a, "x"), (a, "y")}
    merged = write(pool, lambda s: s.scalar(select(Merge.id)))
    write(pool, lambda s: unmerge(s, merged, None, USUAL))
    assert tags_of(pool) == {(a, "x"), (b, "x"), (b, "y")}
    assert {"letters", "invitations"} <= set(belongings.MORE)


def tags_of(store: Store) -> set[tuple[str, str]]:
    with store.session() as s:
        return {(t.lead_id, t.tag) for t in s.scalars(select(LeadTag))}


@pytest.mark.parametrize("days", [(1, 20), (20, 1)])
def test_the_earlier_day_to_be_told_by_holds_until_they_part(
    pool: Store, days: tuple[int, int]
) -> None:
    ids = add(pool, ("Nora Blanc", {}), ("N. Blanc", {}))
    by = {id: date(2027, 3, day) for id, day in zip(ids, days, strict=True)}
    for id, day in by.items():
        write(pool, lambda s, id=id, day=day: setattr(s.get_one(Lead, id), "inform_by", day))
    kept, other = ids
    write(pool, lambda s: merge(s, kept, other, None, USUAL))
    assert told_by(pool) == {kept: date(2027, 3, 1)}
    write(pool, lambda s: unmerge(s, s.scalar(select(Merge.id)), None, USUAL))
    assert told_by(pool) == by


def told_by(store: Store) -> dict[str, date]:
    with store.session() as s:
        return {row[0]: row[1] for row in s.execute(select(Lead.id, Lead.inform_by))}


def test_who_names_either_means_the_one_and_what_each_was_known_by_is_kept_in_mind(
    pool: Store,
) -> None:
    kept, other = add(pool, ("Nora Blanc", {}), ("N. Blanc", {}))
    mine, theirs, old = "m:nora@exemple.fr", "p:+33612345678", "m:avant@exemple.fr"
    own = [LeadKey(key=mine, lead_id=kept), LeadKey(key=theirs, lead_id=other)]
    write(pool, lambda s: s.add_all([*own, FormerKey(key=old, lead_id=other)]))
    write(pool, lambda s: merge(s, kept, other, None, USUAL))
    with pool.session() as s:
        assert leads_by_key(s.connection(), (mine, theirs)) == {mine: kept, theirs: kept}
        former = {tuple(row) for row in s.execute(select(FormerKey.key, FormerKey.lead_id))}
    assert {(theirs, kept), (old, kept)} <= former  # whoever erases the one erases them too
    write(pool, lambda s: unmerge(s, s.scalar(select(Merge.id)), None, USUAL))
    with pool.session() as s:
        assert leads_by_key(s.connection(), (mine, theirs)) == {mine: kept, theirs: other}


def test_the_verdicts_of_both_are_kept_and_the_newest_counts(pool: Store) -> None:
    kept, other = add(pool, ("Nora Blanc", {}), ("N. Blanc", {}))
    given = [(kept, "nurture"), (other, "pass"), (other, "pursue")]
    for lead, verdict in given:
        write(pool, lambda s, lead=lead, v=verdict: review(s, lead, None, v, f"vu {v}", USUAL))
        next_moment()
    before = everything(pool)
    write(pool, lambda s: merge(s, kept, other, None, USUAL))
    after = everything(pool)
    assert after["verdicts"] == {(kept, verdict, f"vu {verdict}") for _, verdict in given}
    assert after["leads"][kept]["verdict"] == "pursue"
    write(pool, lambda s: unmerge(s, s.scalar(select(Merge.id)), None, USUAL))
    assert everything(pool) == before


SHORTER, LONGER = date(2027, 6, 1), date(2028, 6, 1)


@pytest.mark.parametrize(
    ("own", "theirs", "then"),
    [
        ({}, {"hired_at": 5, "not_now_at": 7, "objected_at": 11}, {}),
        ({}, {"informed_at": 9, "notice_version": 2}, {}),
        (
            {"skills": ["TIG", "MIG"]},
            {"skills": ["MIG", "Plan"]},
            {"skills": ["TIG", "MIG", "Plan"]},
        ),
        ({}, {"agreed_at": 3, "kept_until": SHORTER}, {}),
        ({"agreed_at": 2, "kept_until": LONGER}, {"agreed_at": 3, "kept_until": SHORTER}, {}),
        (
            {"agreed_at": 4, "kept_until": LONGER},
            {"agreed_at": 3, "kept_until": SHORTER},
            {"agreed_at": 4, "kept_until": LONGER},  # what they chose last
        ),
        (
            {"objected_at": 9},
            {"agreed_at": 3, "kept_until": SHORTER},
            {"objected_at": 9, "agreed_at": None, "kept_until": None},
        ),
        (
            {"agreed_at": 3, "kept_until": SHORTER},
            {"objected_at": 9},
            {"objected_at": 9, "agreed_at": None, "kept_until": None},
        ),
    ],
)
def test_what_became_of_either_and_what_they_chose_is_known_of_the_one(
    pool: Store, own: dict[str, Any], theirs: dict[str, Any], then: dict[str, Any]
) -> None:
    kept, other = add(pool, ("Nora Blanc", own), ("N. Blanc", theirs))
    before = everything(pool)
    write(pool, lambda s: merge(s, kept, other, None, USUAL))
    row, wanted = everything(pool)["leads"][kept], then or theirs
    assert {name: row[name] for name in wanted} == wanted
    write(pool, lambda s: unmerge(s, s.scalar(select(Merge.id)), None, USUAL))
    assert everything(pool) == before


@pytest.mark.parametrize("objector", [0, 1])
def test_what_was_planned_ends_where_the_other_objected(pool: Store, objector: int) -> None:
    people = add(pool, ("Nora Blanc", {}), ("N. Blanc", {}))
    call = {"kind": "call", "medium": "phone", "due_on": SHORTER, "created_at": 1}
    write(pool, lambda s: object(s, SECRET, people[objector], None))
    write(pool, lambda s: s.add(Touchpoint(lead_id=people[1 - objector], **call)))
    write(pool, lambda s: merge(s, *people, None, USUAL))
    planned = Touchpoint.cancelled_at.is_(None)
    assert write(pool, lambda s: s.scalars(select(Touchpoint.id).where(planned)).all()) == []


def test_later_is_later_and_can_be_proposed_again(pool: Store) -> None:
    add(pool, ("Nora Blanc", {"company": "Acier"}), ("Nora Blnac", {"company": "Acier"}))
    look(pool)
    id = write(pool, lambda s: s.scalar(select(Double.id)))
    write(pool, lambda s: doubles.decide(s, id, "later", None))
    look(pool)
    assert (pairs(pool), len(pairs(pool, "later"))) == ([], 1)
    write(pool, lambda s: doubles.decide(s, id, "open", None))
    assert len(pairs(pool)) == 1
    with pytest.raises(Refusal):
        write(pool, lambda s: doubles.decide(s, id, "burn", None))
    with pytest.raises(Refusal):
        write(pool, lambda s: doubles.decide(s, "0" * 16, "apart", None))


def test_a_correction_brings_a_double_to_light(pool: Store) -> None:
    a, _ = add(pool, ("Nora Blanc", {"company": "Acier"}), ("Nora Vidal", MAIL))
    assert look(pool)["proposed"] == 0
    typed = {"name": "Nora Blanc", "company": "Acier", **MAIL}
    write(pool, lambda s: correct(s, a, typed, None))
    found = look(pool)
    assert (found["ready"], found["proposed"]) == (1, 1)
    assert pairs(pool)[0][1] == ("same_mail", "new_name")


def test_what_a_player_said_brings_two_records_together(store: Store) -> None:
    """The mail of one lead and the phone of another, said by one player."""
    table = Table(store)
    table.submit(0, said(SLOTS[0], 1))
    more = {"name": "Personne 1 Imaginaire", "relationship": "former-colleague"}
    table.submit(0, {"slot": SLOTS[1], **more, "reach": "mail", "reach_value": "un@exemple.fr"})
    assert len(table.leads()) == 2
    with Session(store.writing) as s:  # a third source has both
        s.execute(
            update(Recommendation).where(Recommendation.mail != "").values(phone="+33612345601")
        )
        s.commit()
    points = table.sums()
    assert look(store)["merged"] == 1
    assert len(table.leads()) == 1
    assert table.sums() == points
    with store.session() as s:
        assert s.scalar(select(func.count()).select_from(Recommendation)) == 2


def test_rehearsed_leads_are_nobodys_double(pool: Store) -> None:
    add(pool, ("Nora Blanc", MAIL), ("Nora Blanc", {**MAIL, "rehearsed": True}))
    assert look(pool) == {"ready": 1, "merged": 0, "proposed": 0}


def test_what_any_table_holds_of_a_lead_moves_with_it_or_is_named() -> None:
    """A new table with a lead in it is moved by a merge, unless somebody says why not."""
    named = belongings.BY_HAND | belongings.DERIVED | belongings.STAYS
    of_leads = {
        table.name
        for table in Base.metadata.sorted_tables
        for key in table.foreign_keys
        if key.target_fullname == "leads.id"
    }
    assert of_leads == named | set(belongings.MORE)


def test_who_is_parted_or_corrected_is_compared_at_once_however_long_they_are_there(
    pool: Store,
) -> None:
    """The look of each minute reads those who came last: who stands before them asks for it."""
    a, b, c = add(
        *(pool, ("Nora Blanc", {"company": "Acier"}), ("N. Blanc", {}), ("Alix Kermorvan", {})),
    )
    add(pool, *((f"Autre {n}", {"company": f"Maison {n}"}) for n in range(doubles.LAST)))
    write(pool, lambda s: merge(s, a, b, None, USUAL))
    look(pool)
    assert not is_stale(pool)
    write(pool, lambda s: unmerge(s, s.scalar(select(Merge.id)), None, USUAL))
    with pool.session() as s:
        waiting = set(s.scalars(select(Compared.lead_id).where(Compared.waiting.is_(True))))
    assert {a, b} == waiting
    look(pool)
    assert not is_stale(pool)
    write(pool, lambda s: correct(s, c, {"name": "Nora Blanc", "company": "Acier"}, None))
    assert is_stale(pool)
    assert look(pool)["merged"] == 1


def is_stale(store: Store) -> bool:
    with store.session() as s:
        return doubles.is_stale(s)


def test_an_erased_lead_leaves_no_block(pool: Store) -> None:
    add(pool, ("Nora Blanc", MAIL))
    look(pool)
    with pool.writing.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(LeadBlock))
        connection.execute(Lead.__table__.delete())
        assert not connection.scalar(select(func.count()).select_from(LeadBlock))
        assert comparing.waiting_blocks(connection) == []


def test_newer_rules_compare_everybody_again(pool: Store) -> None:
    add(pool, ("Nora Blanc", {"company": "Acier"}), ("Nora Blnac", {"company": "Acier"}))
    assert look(pool)["proposed"] == 1
    with pool.writing.begin() as connection:  # as an older release left it, which saw nothing
        connection.execute(Double.__table__.delete())
        connection.execute(update(Compared).values(rules=RULES - 1))
    with pool.session() as s:
        assert doubles.is_stale(s)
    found = look(pool)
    assert (found["ready"], found["proposed"]) == (2, 1)
    with pool.session() as s:
        assert not doubles.is_stale(s)
    assert look(pool)["ready"] == 0


def test_a_proposal_that_holds_no_more_is_withdrawn_unless_somebody_decided(pool: Store) -> None:
    steel = {"company": "Acier"}
    one, _other, third = add(
        pool, ("Nora Blanc", steel), ("Nora Blank", steel), ("Nora Blanck", steel)
    )
    assert look(pool)["proposed"] == 3
    with pool.session() as s:
        every = doubles.listed(s, "open")
        (put_off,) = [p.id for p in every if {p.one.id, p.other.id} == {one, third}]
    write(pool, lambda s: doubles.decide(s, put_off, "later", None))
    write(pool, lambda s: correct(s, one, {"name": "Alix Kermorvan", "company": "Bois"}, None))
    look(pool)
    assert [who for who, _why in pairs(pool)] == [{"Nora Blank", "Nora Blanck"}]
    assert len(pairs(pool, "later")) == 1
