"""Facets, orders, tags and views of the pool, on both databases."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from game.base.days import DAY_MS
from game.base.refusal import Refusal
from game.pool import search, seen, tag, view
from game.pool.lead_filter import Filter
from game.pool.search import PAGE
from game.store.tables import AuditEntry, Lead, SavedView, User
from tests.databases import opened

TODAY = date(2026, 11, 28)
NOON = 1_764_331_200_000  # 2025-11-28, 12:00 UTC


@pytest.fixture
def s(either: str) -> Iterator[Session]:
    with opened(either) as made, Session(made.writing) as session:
        for table in (Lead, SavedView, AuditEntry, User):
            session.execute(delete(table))
        for name in ("rosa", "paul"):
            mail = f"{name}@maison.fr"
            session.add(User(id=name, mail=mail, role="recruiter", created_at=1))
        session.flush()
        yield session


def lead(s: Session, name: str, **more: Any) -> str:
    given = {"skills": [], "inform_by": date(2090, 1, 1), "created_at": NOON}
    made = Lead(name=name, **{**given, **more})
    s.add(made)
    s.flush()
    return made.id


def names(s: Session, **asked: Any) -> list[str]:
    return [one.name for one in search.page(s, Filter(**asked), TODAY).leads]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"company": "Ateliers Leroy"}, {"Ada"}),
        ({"skill": "Soudure TIG"}, {"Ada"}),
        ({"skill": "soudure tig"}, {"Ada"}),
        ({"skill": "TIG"}, set()),  # a part of one is another skill
        ({"skill": "100%_sûr"}, {"Bea"}),
        ({"since": "2025-11-28"}, {"Ada", "Bea"}),
        ({"until": "2025-11-28"}, {"Ada", "Cléo"}),
        ({"since": "2025-11-28", "until": "2025-11-28"}, {"Ada"}),
        ({"since": "hier"}, {"Ada", "Bea", "Cléo"}),
        ({"kept": True}, {"Bea"}),
        ({"tag": "salon"}, {"Bea"}),
        ({"tag": "salon", "company": "Ateliers Leroy"}, set()),
        ({"text": "leroi"}, set()),
    ],
)
def test_a_facet_narrows(s: Session, asked: dict[str, Any], found: set[str]) -> None:
    lead(s, "Ada", company="Ateliers Leroy", skills=["Soudure TIG"])
    second = lead(
        s, "Bea", company="Leroy", skills=["100%_sûr"], created_at=NOON + DAY_MS, agreed_at=1
    )
    lead(s, "Cléo", company="Ateliers", created_at=NOON - DAY_MS)
    tag.put(s, second, "Salon, à revoir", "rosa")
    s.flush()
    assert set(names(s, **asked)) == found


def test_columns_can_be_sorted_by_and_leafed_through(s: Session) -> None:
    for n in range(PAGE + 5):
        same = {"company": f"c{n % 3}", "verdict": ("", "pass", "pursue")[n % 3]}
        lead(s, f"Zoé {99 - n:02}", inform_by=date(2090, 1, 1 + n % 28), **same)
    first = search.page(s, Filter(sort="name"), TODAY)
    assert [one.name for one in first.leads] == [f"Zoé {n:02}" for n in range(45, 45 + PAGE)]
    assert (first.newer, first.older) == ("", str(PAGE))
    second = search.page(s, Filter(sort="name"), TODAY, after=first.older)
    assert [one.name for one in second.leads] == [f"Zoé {n}" for n in range(95, 100)]
    assert (second.newer, second.older) == ("0", "")
    found = search.page(s, Filter(sort="company"), TODAY).leads
    assert [one.company for one in found] == sorted(one.company for one in found)
    found = search.page(s, Filter(sort="verdict"), TODAY).leads
    assert [one.verdict for one in found] == sorted(one.verdict for one in found)
    found = search.page(s, Filter(sort="inform"), TODAY).leads
    assert [one.inform_by for one in found] == sorted(one.inform_by for one in found)
    assert names(s, sort="nothing known") == names(s)


def test_what_a_list_can_be_narrowed_to_is_counted(s: Session) -> None:
    ids = [lead(s, f"Ada {n}", company="Leroy", skills=["TIG"]) for n in range(3)]
    lead(s, "Bea", verdict="pass", skills=["TIG", "plans"])
    tag.put(s, ids[0], "salon", "rosa")
    s.flush()
    found = search.page(s, Filter(), TODAY).facets
    assert found["company"] == [("Leroy", 3)]
    assert found["skill"] == [("TIG", 4), ("plans", 1)]
    assert found["verdict"] == [("none", 3), ("pass", 1)]
    assert found["tag"] == [("salon", 1)]


def test_tags_are_put_changed_and_gone_with_the_lead(s: Session) -> None:
    id = lead(s, "Ada")
    tag.put(s, id, " Salon , à revoir,, salon", "rosa")
    s.flush()
    assert tag.tags_of(s, id) == ["salon", "à revoir"]
    tag.put(s, id, "", "rosa")
    s.flush()
    assert tag.known(s) == []
    with pytest.raises(Refusal):
        tag.put(s, id, "x" * 41, "rosa")


def test_a_view_keeps_facets_and_never_the_words_of_a_search(s: Session) -> None:
    query = {"text": "solenn", "verdict": "pursue", "sort": "name"}
    view.save(s, "rosa", "À contacter", query)
    again = view.save(s, "rosa", "À contacter", {"verdict": "pass"})
    view.save(s, "rosa", "Nouveautés", query)
    kept = {one.name: one.filter for one in view.views(s, "rosa")}
    assert kept == {
        "Nouveautés": {"verdict": "pursue", "sort": "name"},
        "À contacter": {"verdict": "pass"},
    }
    assert view.views(s, "paul") == []
    with pytest.raises(Refusal):
        view.remove(s, "paul", again)
    view.remove(s, "rosa", again)
    s.flush()
    assert [one.name for one in view.views(s, "rosa")] == ["Nouveautés"]
    with pytest.raises(Refusal):
        view.save(s, "rosa", " ", query)


def test_the_trace_holds_no_employer(s: Session) -> None:
    seen.note_list(s, Filter(company="Ateliers Leroy", verdict="pass"), 1, "rosa")
    s.flush()
    detail = s.scalars(select(AuditEntry.detail)).one()
    assert detail == {"count": 1, "filter": {"verdict": "pass"}, "searched": True}
