"""Sums are entries and a verdict belongs to a person, after any sequence of verbs."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.pool.merge import merge, unmerge
from game.pool.verdict import newest, review
from game.privacy.erase import erase
from game.store.engine import Store
from game.store.migrate import upgrade
from game.store.tables import (
    Lead,
    LeadKey,
    Merge,
    Point,
    Recommendation,
    RoundRow,
    Verdict,
    Workshop,
)
from game.workshop import admission, course, round_clock
from tests.table import PACKS, PEOPLE, SECRET, SLOTS, USUAL, Table, said

players = st.integers(0, 1)
# few, so that what was said, judged and settled is said again
slots, people = st.sampled_from(SLOTS[:2]), st.integers(0, 2)
some = st.integers(0, 50)
USUALLY = {"fr": 20, "en": 30}  # points for `pursue`, by language


class Verbs(RuleBasedStateMachine):
    """Whatever is done, in whatever order."""

    template: Path

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        file = self.folder / "x.db"
        shutil.copy(self.template, file)
        self.table = Table(Store(f"sqlite:///{file}"))

    def teardown(self) -> None:
        self.table.store.close()
        shutil.rmtree(self.folder)

    def _by_player(self, player: int, raw: dict[str, Any]) -> None:
        sealed, judged = self.table.sealed(), self.table.judged()
        self.table.submit(player, raw)
        assert sealed == self.table.sealed()  # what was judged is not rebooked by a player
        assert judged == self.table.judged()  # and a verdict slides onto nobody else

    @rule(player=players, slot=slots, person=people, detailed=st.booleans())
    def recommend(self, player: int, slot: str, person: int, detailed: bool) -> None:
        self._by_player(player, said(slot, person, detailed=detailed))

    @rule(slot=slots, person=people, detailed=st.booleans())
    def both_recommend(self, slot: str, person: int, detailed: bool) -> None:
        """The settlement has something to correct."""
        self.reopen()
        for player in range(2):
            self.recommend(player, slot, person, detailed=detailed)
        self.end(shown=True)

    @rule(player=players, slot=slots)
    def withdraw(self, player: int, slot: str) -> None:
        self._by_player(player, {"slot": slot, "withdraw": True})

    @rule(n=some, verdict=st.sampled_from(("pursue", "nurture", "pass", "fake")))
    def judge(self, n: int, verdict: str) -> None:
        leads = self.table.leads()
        if leads:
            fake = verdict == "fake"
            self.table.judge(leads[n % len(leads)], "pass" if fake else verdict, fake=fake)

    @rule(player=players, slot=slots, person=people, n=some)
    def say_more_of_somebody_judged(self, player: int, slot: str, person: int, n: int) -> None:
        self.reopen()
        self.recommend(player, slot, person, detailed=False)
        self.judge(n, "pursue")
        self.recommend(player, slot, person, detailed=True)

    @rule(n=some, m=some)
    def merge(self, n: int, m: int) -> None:
        leads = self.table.leads()
        if leads:
            kept, other = leads[n % len(leads)], leads[m % len(leads)]
            self.table.write(lambda s: merge(s, kept, other, None, USUAL))

    @rule(n=some)
    def unmerge(self, n: int) -> None:
        merges = [row[0] for row in self.table.read(select(Merge.id).order_by(Merge.id))]
        if merges:
            self.table.write(lambda s: unmerge(s, merges[n % len(merges)], None, USUAL))

    @rule(shown=st.booleans())
    def end(self, shown: bool) -> None:
        id = self.table.room.rounds[0]
        if shown:
            self.table.write(lambda s: round_clock.reveal(s, PACKS, s.get_one(RoundRow, id)))
        else:
            self.table.write(lambda s: round_clock.close(s, PACKS, id))

    @rule()
    def go_back(self) -> None:
        self.table.write(lambda s: course.back(s, PACKS, self.table.room.id))

    @rule()
    def show_podium(self) -> None:
        self.table.write(lambda s: course.show_podium(s, PACKS, self.table.room.id))

    @rule()
    def reopen(self) -> None:
        self.table.write(lambda s: round_clock.reopen(s, PACKS, self.table.room.id))

    @rule(player=players)
    def remove(self, player: int) -> None:
        self.table.write(lambda s: admission.remove(s, self.table.players[player]))

    @rule(player=players)
    def forgive(self, player: int) -> None:
        self.table.write(lambda s: admission.forgive(s, self.table.players[player]))

    @rule(n=some)
    def erase(self, n: int) -> None:
        leads = self.table.leads()
        if leads:
            self.table.write(lambda s: erase(s, SECRET, leads[n % len(leads)], None))

    @invariant()
    def sums_are_entries(self) -> None:
        assert self.table.sums() == self.table.entries()

    @invariant()
    def nothing_is_settled_before_the_room_is_told(self) -> None:
        with self.table.store.session() as s:
            row, at = s.query(RoundRow).one(), s.query(Workshop).one()
            if row.phase == "open" or (row.phase == "closed" and at.stage == "round"):
                assert not s.query(Point).filter_by(settled=True).count()

    @invariant()
    def leads_have_their_newest_verdict(self) -> None:
        with self.table.store.session() as s:
            for lead in s.scalars(select(Lead)):
                counts = newest(s, lead.id)
                assert lead.verdict == (counts.verdict if counts else "")


def test_after_any_sequence_of_verbs(tmp_path: Path) -> None:
    Verbs.template = tmp_path / "template.db"
    upgrade(f"sqlite:///{Verbs.template}")
    Verbs.TestCase.settings = settings(
        max_examples=40,
        stateful_step_count=25,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    Verbs.TestCase("runTest").debug()


@pytest.fixture
def table(store: Store) -> Table:
    return Table(store)


def test_a_withdrawn_lead_keeps_what_a_verdict_gave(table: Table) -> None:
    table.submit(0, said(SLOTS[0], 0))
    (lead,) = table.leads()
    table.judge(lead, "pursue")
    before = table.sums()
    table.submit(0, {"slot": SLOTS[0], "withdraw": True})
    assert table.sums() == before == table.entries()
    assert table.leads() == [lead]


def test_a_fake_lead_is_not_washed_clean_by_its_player(table: Table) -> None:
    table.submit(0, said(SLOTS[0], 0))
    (lead,) = table.leads()
    table.judge(lead, "pass", fake=True)
    anew = said(SLOTS[0], 0), said(SLOTS[0], 0, detailed=True), said(SLOTS[0], 1)
    for raw in ({"slot": SLOTS[0], "withdraw": True}, *anew):
        table.submit(0, raw)
        assert table.sums()[table.players[0]] == (0, 0)


def test_a_judged_lead_is_never_rewritten(table: Table) -> None:
    table.submit(0, said(SLOTS[0], 0))
    (judged,) = table.leads()
    table.judge(judged, "pursue")
    table.submit(0, said(SLOTS[0], 1))
    rows = {row[0]: tuple(row[1:]) for row in table.read(select(Lead.id, Lead.name, Lead.verdict))}
    assert rows.pop(judged) == (PEOPLE[0], "pursue")
    ((moved, newcomer),) = rows.items()
    assert newcomer == (PEOPLE[1], "")
    assert [row[0] for row in table.read(select(Recommendation.lead_id))] == [moved]
    table.judge(moved, "pass", fake=True)  # of the newcomer: what the other had earned stays
    assert table.sums()[table.players[0]][1] > 0


def test_players_change_only_what_they_brought(table: Table) -> None:
    """Naming somebody of the pool, then somebody else in the same place, leaves the pool alone."""
    table.submit(1, said(SLOTS[0], 0))
    with Session(table.store.writing) as s:
        s.execute(update(Lead).values(origin="import"))
        s.commit()
    table.submit(0, {**said(SLOTS[0], 0), "name": "Autre Nom", "company": "Ailleurs"})

    def held() -> list[tuple[Any, ...]]:
        rows = table.read(select(Lead.name, Lead.company).order_by(Lead.name))
        return [tuple(row) for row in rows]

    assert held() == [(PEOPLE[0], "")]
    table.submit(0, said(SLOTS[0], 1))
    assert held() == [(PEOPLE[0], ""), (PEOPLE[1], "")]
    for player in (0, 1):
        table.submit(player, {"slot": SLOTS[0], "withdraw": True})
    assert held() == [(PEOPLE[0], "")]  # the pool knew them before anybody named them


def test_a_bonus_is_given_once_to_the_first_recommender(table: Table) -> None:
    table.submit(0, said(SLOTS[0], 0))
    table.submit(1, said(SLOTS[0], 0))
    (lead,) = table.leads()
    before = table.sums()
    table.judge(lead, "pursue")
    gained = [table.sums()[id][0] - before[id][0] for id in table.players]
    assert gained == [USUAL["fr"].pursue, 0]


def test_a_verdict_brings_what_its_workshop_says(table: Table) -> None:
    """Its own value before that of its language's pack, and never another language's."""
    usual = {lang: USUAL["fr"].model_copy(update={"pursue": n}) for lang, n in USUALLY.items()}
    for slot, (lang, own, gained) in enumerate(
        [("fr", {}, 20), ("en", {}, 30), ("en", {"pursue": 7}, 7), ("fr", {"pursue": 0}, 0)]
    ):
        table.submit(0, said(SLOTS[slot], slot))
        (lead,) = [r[0] for r in table.read(select(Lead.id).where(Lead.name == PEOPLE[slot]))]
        table.write(
            lambda s, lang=lang, own=own: s.execute(update(Workshop).values(lang=lang, points=own))
        )
        before = table.sums()[table.players[0]]
        table.write(lambda s, lead=lead: review(s, lead, None, "pursue", "vu", usual))
        assert table.sums()[table.players[0]][0] - before[0] == gained, (lang, own)
        assert table.sums() == table.entries()
        table.write(lambda s: s.execute(update(Workshop).values(lang="fr")))


def test_merging_and_parting_leaves_everything_as_it_was(table: Table) -> None:
    for n in range(3):
        table.submit(n % 2, said(SLOTS[n], n, detailed=n == 1))
    first, second, third = sorted(table.leads(), key=lambda id: name_of(table, id))
    table.judge(second, "pursue")
    before = (table.sums(), everything(table))
    table.write(lambda s: merge(s, second, first, None, USUAL))
    table.write(lambda s: merge(s, third, second, None, USUAL))
    assert table.leads() == [third]
    assert everything(table)[2][third][1] == "pursue"  # the verdict came along
    for _ in range(2):
        ids = [r[0] for r in table.read(select(Merge.id).order_by(Merge.at.desc()))]
        table.write(lambda s, ids=ids: unmerge(s, ids[0], None, USUAL))
    assert (table.sums(), everything(table)) == before


def name_of(table: Table, lead: str) -> str:
    return str(table.read(select(Lead.name).where(Lead.id == lead))[0][0])


def everything(table: Table) -> tuple[Any, ...]:
    return (
        {tuple(row) for row in table.read(select(LeadKey.key, LeadKey.lead_id))},
        {tuple(row) for row in table.read(select(Recommendation.id, Recommendation.lead_id))},
        {r[0]: tuple(r[1:]) for r in table.read(select(Lead.id, Lead.name, Lead.verdict))},
        {tuple(row) for row in table.read(select(Verdict.id, Verdict.lead_id))},
        {tuple(r) for r in table.read(select(Lead.id, Lead.role, Lead.company, Lead.inform_by))},
        {
            tuple(r)
            for r in table.read(select(Point.slot, Point.reason, Point.status, Point.amount))
        },
    )
