"""The 72-hour promise, and what players learn of their leads, by a clock that travels."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.pool import brought, outcome, promise, queue
from game.pool.contact import note_hired
from game.pool.lead_filter import Filter
from game.privacy.erase import erase
from game.rules.outcome import OUTCOMES, of_sealed
from game.rules.outcome import outcome as told
from game.store.tables import AuditEntry, Lead, Recommendation, Touchpoint, Workshop
from game.workshop import me
from tests.databases import opened
from tests.table import PEOPLE, SECRET, SLOTS, Table, said

HOUR = 3_600_000
START = 1_790_000_000_000


class Week(Table):
    """A table whose clock is set by hand."""

    now = START

    def at(self, hours: float) -> None:
        self.now = START + int(hours * HOUR)

    def name(self, player: int, slot: str, person: int) -> None:
        """A recommendation, made now."""
        self.submit(player, said(slot, person))
        mine = Recommendation.player_id == self.players[player], Recommendation.slot == slot
        moved = update(Recommendation).where(*mine).values(at=self.now)
        self.write(lambda s: s.execute(moved).close())

    def lead(self, person: int) -> str:
        return str(self.read(select(Lead.id).where(Lead.name == PEOPLE[person]))[0][0])

    def shown(self) -> promise.Kept:
        with self.store.session() as s:
            return promise.of_workshop(s, self.room.id, self.now)

    def due(self) -> set[str]:
        """Who is due, by the queue."""
        with self.store.session() as s:
            asked = queue.Queue(Filter(workshop=self.room.id), self.now, due=True)
            return {lead.id for lead in asked.leads(s)}

    def by_audit(self) -> tuple[promise.Kept, set[str]]:
        """Both figures again, from the trace and the moments of the recommendations alone."""
        given: dict[str, list[int]] = {}
        entries = select(AuditEntry.action, AuditEntry.detail, AuditEntry.at)
        for action, detail, at in self.read(entries):
            if action == "lead_judged":
                given.setdefault(detail["lead"], []).append(at)
        moments, due = [], set()
        for lead, at in self.read(select(Recommendation.lead_id, Recommendation.at)):
            answers = [one for one in given.get(lead, []) if one >= at]
            moments.append((at, min(answers, default=None)))
            if not answers and at + 48 * HOUR <= self.now:
                due.add(lead)
        in_time = sum(1 for at, answer in moments if answer and answer <= at + 72 * HOUR)
        open_ = sum(1 for at, answer in moments if not answer and self.now <= at + 72 * HOUR)
        return promise.Kept(in_time, len(moments) - in_time - open_, open_), due

    def told(self, player: int, since: int = 0) -> dict[str, str]:
        with self.store.reading.connect() as reader:
            named = outcome.of_player(reader, SECRET, self.players[player], self.now)
        return {one.name: one.outcome for one in named if one.at >= since}


@pytest.fixture
def week(either: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Week]:
    with opened(either) as store:
        with Session(store.writing) as s:
            for one in (Lead, Workshop, AuditEntry):
                s.query(one).delete()
            s.commit()
        made = Week(store)
        for module in ("pool.verdict", "pool.lead", "pool.contact", "privacy.audit"):
            monkeypatch.setattr(f"game.{module}.now_ms", lambda: made.now)
        yield made


def test_both_figures_are_those_of_the_trace(week: Week) -> None:
    for n in range(4):
        week.at(n)
        week.name(0, SLOTS[n], n)
    seen = []
    acts = ((10, 0), (49, None), (74.5, 2), (75, 3), (80, None), (90, 1), (200, None))
    for hours, person in acts:
        week.at(hours)
        if person is not None:
            week.judge(week.lead(person), "nurture")
        kept, due = week.by_audit()
        assert (week.shown(), week.due()) == (kept, due), hours
        seen.append((kept.percent, len(due)))
    # of four: one in time, one not at all, one half an hour late, one in time by the minute
    assert seen == [(100, 0), (100, 1), (33, 2), (50, 1), (50, 1), (50, 0), (50, 0)]


def test_a_second_recommendation_has_a_promise_of_its_own(week: Week) -> None:
    week.name(0, SLOTS[0], 0)
    week.at(1)
    week.judge(week.lead(0), "pursue")
    week.at(2)
    week.name(1, SLOTS[0], 0)
    assert week.told(0) == {PEOPLE[0]: "pursued"}
    assert week.told(1) == {PEOPLE[0]: ""}  # nothing tells that the person was known
    assert week.shown() == (1, 0, 1)
    week.at(100)
    assert week.shown().percent == 50
    with week.store.session() as s:
        page = brought.of(s, s.get_one(Workshop, week.room.id), week.now)
    assert (len(page.whole.leads), len(page.whole.to_judge)) == (1, 1)


def test_what_became_of_a_lead_reaches_its_player(week: Week) -> None:
    for n in range(3):
        week.name(0, SLOTS[n], n)
    week.name(1, SLOTS[0], 3)
    first = week.lead(0)
    week.at(1)
    week.judge(first, "pursue")
    week.judge(week.lead(1), "pass")
    assert week.told(0) == {PEOPLE[0]: "pursued", PEOPLE[1]: "not_now", PEOPLE[2]: ""}
    assert week.told(1) == {PEOPLE[3]: ""}  # and nobody else's
    week.at(2)
    week.write(lambda s: s.add(call_of(first, week.now)))
    assert week.told(0)[PEOPLE[0]] == "contacted"
    week.write(lambda s: note_hired(s, first, None))
    assert week.told(0)[PEOPLE[0]] == "hired"


def test_an_erasure_tells_nothing(week: Week) -> None:
    """Whoever was told an outcome goes on reading it; whoever waits reads an end of it."""
    for n in range(2):
        week.name(0, SLOTS[n], n)
    week.at(1)
    week.judge(week.lead(0), "pursue")
    before = week.told(0)
    for n in range(2):
        week.write(lambda s, n=n: erase(s, SECRET, week.lead(n), None))
    assert week.told(0) == before
    week.at(2)
    week.name(0, SLOTS[2], 0)  # named again: kept out, and nothing says so
    assert week.told(0, since=START + HOUR) == {PEOPLE[0]: ""}
    week.at(73)
    assert week.told(0)[PEOPLE[1]] == "not_now"
    with week.store.reading.connect() as reader:
        rows = me.OWN.all(reader, ids=week.players)
        words = me.own_answers(reader, SECRET, rows)[week.players[0]]
    assert words
    assert not {"outcome", "at"} & {name for slot in words.values() for name in slot}


def call_of(lead: str, at: int) -> Touchpoint:
    """A call that was made to this person."""
    return Touchpoint(lead_id=lead, kind="call", medium="phone", done_at=at, created_at=at)


@given(
    at=st.integers(100, 200),
    judged=st.lists(st.tuples(st.integers(0, 99), st.sampled_from(("pursue", "pass")))),
    older=st.integers(0, 99),
)
def test_nothing_older_than_the_recommendation_is_told(
    at: int, judged: list[tuple[int, str]], older: int
) -> None:
    assert told(at, judged, older, older) == ""


@given(kept=st.sampled_from((*OUTCOMES, "", None)), due=st.integers(0, 9), now=st.integers(0, 9))
def test_a_sealed_wait_ends(kept: str | None, due: int, now: int) -> None:
    said = of_sealed(kept, due, now)
    assert said == (kept or ("not_now" if now > due else ""))
