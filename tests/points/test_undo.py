"""Undoing a verdict leaves leads, points and trace as if it had not been given."""

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.accounts import user as accounts
from game.pool.undo import last
from game.pool.verdict import review_many
from game.store.engine import Store
from game.store.migrate import upgrade
from game.store.tables import AuditEntry, Lead, Player, Point, Recommendation, Verdict
from game.workshop.undo import undo
from tests.table import SLOTS, USUAL, Table, said

TABLES = (Lead, Player, Point, Recommendation, Verdict)
players, slots = st.integers(0, 1), st.sampled_from(SLOTS)
people, some = st.integers(0, 5), st.integers(0, 50)
VERDICTS = ("pursue", "nurture", "pass")


class Undone(Table):
    """A table with a recruiter of its own, who judges and takes back."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        with Session(store.writing) as s:
            self.me = accounts.add_user(s, "r@maison.fr", "recruiter").id
            s.commit()

    def judge_many(self, leads: list[str], verdict: str) -> None:
        self.write(lambda s: review_many(s, leads, self.me, verdict, "", USUAL))

    def undo_last(self) -> bool:
        with self.store.session() as s:
            act = last(s, self.me, 0)
        if act is None:
            return False
        self.write(lambda s: undo(s, self.play.rounds, act.id, self.me, USUAL))
        return True

    def everything(self) -> dict[str, list[Any]]:
        """All rows that a verdict may change, column by column."""
        found = {}
        for table in TABLES:
            columns = [c for c in table.__table__.columns if c.name not in ("version",)]
            found[table.__name__] = sorted(map(repr, self.read(select(*columns))))
        return found

    def by_audit(self) -> dict[str, str]:
        """The verdict of each lead as its trace tells it."""
        told: dict[str, list[tuple[int, str]]] = {}
        rows = self.read(select(AuditEntry.action, AuditEntry.detail).order_by(AuditEntry.at))
        for action, detail in rows:
            given = told.setdefault(detail.get("lead", ""), [])
            if action == "lead_judged":
                given.append((detail["given"], detail["verdict"]))
            elif action == "verdict_undone":
                given.remove((detail["given"], detail["verdict"]))
        return {lead: max(given)[1] if given else "" for lead, given in told.items()}


class Verbs(RuleBasedStateMachine):
    """Players name, correct and withdraw; a recruiter judges one or many, and takes back."""

    template: Path

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        shutil.copy(self.template, self.folder / "x.db")
        self.table = Undone(Store(f"sqlite:///{self.folder / 'x.db'}"))

    def teardown(self) -> None:
        self.table.store.close()
        shutil.rmtree(self.folder)

    @rule(player=players, slot=slots, person=people, detailed=st.booleans())
    def recommend(self, player: int, slot: str, person: int, detailed: bool) -> None:
        self.table.submit(player, said(slot, person, detailed=detailed))

    @rule(player=players, slot=slots)
    def withdraw(self, player: int, slot: str) -> None:
        self.table.submit(player, {"slot": slot, "withdraw": True})

    @rule(ns=st.lists(some, min_size=1, max_size=3), verdict=st.sampled_from(VERDICTS))
    def judge(self, ns: list[int], verdict: str) -> None:
        leads = self.table.leads()
        if leads:
            self.table.judge_many([leads[n % len(leads)] for n in ns], verdict)

    @rule(ns=st.lists(some, min_size=1, max_size=3), verdict=st.sampled_from(VERDICTS))
    def judge_and_take_back(self, ns: list[int], verdict: str) -> None:
        leads = self.table.leads()
        if leads:
            before = self.table.everything()
            self.table.judge_many([leads[n % len(leads)] for n in ns], verdict)
            assert self.table.undo_last()
            assert self.table.everything() == before

    @rule()
    def take_back(self) -> None:
        self.table.undo_last()

    @invariant()
    def sums_are_entries(self) -> None:
        assert self.table.sums() == self.table.entries()

    @invariant()
    def the_trace_tells_the_verdicts(self) -> None:
        told = self.table.by_audit()
        for id, verdict in self.table.read(select(Lead.id, Lead.verdict)):
            assert told.get(id, "") == verdict


def machine(tmp_path: Path, examples: int) -> Callable[[], None]:
    Verbs.template = tmp_path / "template.db"
    upgrade(f"sqlite:///{Verbs.template}")
    Verbs.TestCase.settings = settings(
        max_examples=examples,
        stateful_step_count=20,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    return Verbs.TestCase("runTest").debug


def test_taking_back_leaves_no_difference(tmp_path: Path) -> None:
    machine(tmp_path, 25)()


def test_what_players_did_meanwhile_counts(store: Store) -> None:
    """Judged, then withdrawn or changed by its player, then undone: as if never judged."""
    table, plain = Undone(store), SLOTS[2]
    for n in range(3):
        table.submit(0, said(SLOTS[n], n, detailed=True))
    table.judge_many(table.leads(), "pursue")
    table.submit(0, {"slot": SLOTS[0], "withdraw": True})
    table.submit(0, said(plain, 4))
    while table.undo_last():
        pass
    sums, entries = table.sums(), table.entries()
    with Session(store.writing) as s:
        s.query(Point).delete()
        s.commit()
    table.submit(0, said(plain, 4))  # books everything anew
    with store.session() as s:
        assert s.get_one(Player, table.players[0]).removed_at is None
    assert sums == entries
    assert table.entries() == entries
