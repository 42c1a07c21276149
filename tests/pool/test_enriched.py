"""More said of one's own leads: it reaches that very lead, and rewrites no judged one."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.pool import outcome
from game.privacy.erase import erase
from game.rules.registry import kinds
from game.store.engine import Store
from game.store.migrate import upgrade
from game.store.tables import Lead, Recommendation, RoundRow, Workshop
from game.workshop.before import told_before
from game.workshop.me import mine
from game.workshop.play import Sent
from tests.table import SECRET, Table, said

BACK = next(name for name, kind in kinds().items() if kind.looks_back)
THIN = {"slot": "lead:thin1", "name": "Solenn Kerguelen", "relationship": "former-colleague"}
MORE = {"role": "Soudeuse", "company": "Chantiers Imaginaires", "skills": ["TIG"]}


class Evening(Table):
    """The table, with a round that looks back after the one in which leads are named."""

    def __init__(self, store: Store) -> None:
        with Session(store.writing) as s:  # one PostgreSQL serves many tests
            s.execute(delete(Lead))
            s.execute(delete(Workshop))
            s.commit()
        super().__init__(store)
        with Session(store.writing) as s:
            more = {"kind": BACK, "place": 9, "options": {}, "seconds": 60, "phase": "open"}
            made = RoundRow(workshop_id=self.room.id, **more)
            s.add(made)
            s.flush()
            s.execute(update(Workshop).values(round_id=made.id))
            s.commit()
            self.back = made.id

    def before(self, player: int) -> list[Mapping[str, Any]]:
        with self.store.reading.connect() as reader:
            return list(told_before(reader, SECRET, self.players[player], self.back))

    def more(self, player: int, slot: object, **details: Any) -> Any:
        self.given += 1
        raw = {"slot": slot, **details}
        sent = Sent(self.players[player], self.back, f"a{self.given}", raw, now_ms())
        with self.store.writing.begin() as connection:
            return self.play.many(connection, [sent])[0]

    def lead(self) -> Any:
        (row,) = self.read(select(Lead.name, Lead.role, Lead.company, Lead.skills, Lead.verdict))
        return tuple(row)


@pytest.fixture
def evening(either: str) -> Iterator[Evening]:
    upgrade(either)
    store = Store(either)
    yield Evening(store)
    store.close()


def test_a_thin_lead_gets_better_and_stays_the_same_person(evening: Evening) -> None:
    assert evening.submit(0, THIN)["ok"]
    ((lead_id,),) = evening.read(select(Lead.id))
    (known,) = evening.before(0)
    assert (known["name"], known["filled"]) == ("Solenn Kerguelen", ())
    answer = evening.more(0, known["slot"], **MORE)
    assert sum(line["amount"] for line in answer["gained"]) == 6
    assert evening.leads() == [lead_id]
    assert evening.lead() == (
        *("Solenn Kerguelen", "Soudeuse", "Chantiers Imaginaires", ["TIG"], ""),
    )
    again = evening.more(0, known["slot"], role="Soudeuse", reach="phone", reach_value="0612345687")
    assert again["ok"]
    assert evening.leads() == [lead_id]
    assert evening.sums() == evening.entries()
    with evening.store.reading.connect() as reader:
        own = outcome.of_player(reader, SECRET, evening.players[0], now_ms())
        me = mine(reader, SECRET, evening.players, lambda _workshop: None)
    assert [one.name for one in own] == ["Solenn Kerguelen"]
    first, second = (me[player] for player in evening.players)
    assert [one["name"] for one in first["before"]] == ["Solenn Kerguelen"]  # type: ignore[attr-defined]
    assert first["standing"][known["slot"]]["role"] == "Soudeuse"  # type: ignore[index]
    assert second["before"] == []
    assert "Solenn" not in str(second)


def test_a_judged_lead_is_not_rewritten_and_the_verdict_follows_what_is_said_more(
    evening: Evening,
) -> None:
    evening.submit(0, THIN)
    (lead_id,) = evening.leads()
    evening.judge(lead_id, "nurture")
    was = evening.lead()
    (known,) = evening.before(0)
    assert evening.more(0, known["slot"], **MORE)["ok"]
    assert evening.lead() == was
    rows = evening.read(select(Recommendation.lead_id, Recommendation.role))
    assert sorted(tuple(row) for row in rows) == [(lead_id, ""), (lead_id, "Soudeuse")]
    evening.judge(lead_id, "pass", fake=True)
    assert evening.sums()[evening.players[0]] == (0, 0)
    assert evening.sums() == evening.entries()


def test_what_one_says_more_is_of_their_own_lead_and_of_no_other(evening: Evening) -> None:
    evening.submit(0, said("lead:mine1", 1))
    evening.submit(1, said("lead:their1", 2))
    (theirs,) = evening.before(1)
    refused = evening.more(0, theirs["slot"], **MORE)
    assert getattr(refused, "fields", None) == {"of": "no_such_lead"}
    # the number of somebody else's lead, said of one's own: they stay two people
    (own,) = evening.before(0)
    assert evening.more(0, own["slot"], company="Ailleurs", role="Soudeuse")["ok"]
    assert len(evening.leads()) == 2
    roles = dict(map(tuple, evening.read(select(Lead.name, Lead.role))))
    assert sorted(roles.values()) == ["", "Soudeuse"]


def test_what_is_said_more_of_the_erased_is_for_its_author_alone(evening: Evening) -> None:
    evening.submit(0, said("lead:gone1", 1))
    evening.submit(1, said("lead:here1", 2))
    (known,), (living,) = evening.before(0), evening.before(1)
    gone = evening.read(select(Recommendation.lead_id).where(Recommendation.slot == "lead:gone1"))
    evening.write(lambda s: erase(s, SECRET, gone[0][0], None))
    answers = [evening.more(0, known["slot"], **MORE), evening.more(1, living["slot"], **MORE)]
    assert answers[0]["gained"] == answers[1]["gained"]
    assert len(evening.leads()) == 1
    assert len(evening.read(select(Recommendation.id))) == 2
    with evening.store.reading.connect() as reader:
        me = mine(reader, SECRET, evening.players, lambda _workshop: None)
    shown = [me[player]["standing"] for player in evening.players]
    told = [dict(own.items()) for standing in shown for own in standing.values()]  # type: ignore[attr-defined]
    assert [set(one) for one in told[:1]] == [set(one) for one in told[1:]]
    assert [one["role"] for one in told] == ["Soudeuse", "Soudeuse"]
    assert evening.before(0)[0]["name"]
