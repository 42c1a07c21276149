"""Two players in a round of leads, and a recruiter, straight on the database."""

from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bench.room import LEAD, Room, make_rooms, pack
from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.points import ledger
from game.pool.verdict import review
from game.store.engine import Store
from game.store.tables import Lead, Player, Point, RoundRow, Workshop
from game.workshop.play import Play, Sent
from tests.waiting import next_moment

SECRET = "a secret of this test"
PEOPLE = [f"Personne {n} Imaginaire" for n in range(6)]
SLOTS = [f"lead:slot{n}" for n in range(5)]
PACKS = {"fr": pack()}
USUAL = {"fr": pack().points}


def said(slot: str, person: int, *, detailed: bool = False) -> dict[str, Any]:
    phone = {"reach": "phone", "reach_value": f"06 12 34 56 {person:02}"}
    more = {"role": "Régleuse", "company": "Chantiers Imaginaires"} if detailed else {}
    who = {"slot": slot, "name": PEOPLE[person], "relationship": "former-colleague"}
    return {**who, **phone, **more}


class Table:
    """Two players in a round of leads, and a recruiter."""

    def __init__(self, store: Store) -> None:
        self.store = store
        (room,) = make_rooms(store, 1, (LEAD,))
        self.room: Room = room
        self.play = Play(PACKS, SECRET, 2_000)
        with Session(store.writing) as s:
            s.execute(update(RoundRow).values(phase="open"))
            row = {"workshop_id": room.id, "joined_at": 1}
            made = [Player(nickname=f"P{n}", folded=f"p{n}", **row) for n in range(2)]
            s.add_all(made)
            s.execute(update(Workshop).values(stage="round", round_id=room.rounds[0]))
            s.commit()
            self.players = [player.id for player in made]
        self.given = 0

    def submit(self, player: int, raw: dict[str, Any]) -> Any:
        self.given += 1
        sent = Sent(self.players[player], self.room.rounds[0], f"a{self.given}", raw, now_ms())
        with self.store.writing.begin() as connection:
            done = self.play.many(connection, [sent])[0]
        next_moment()
        return done

    def write(self, verb: Any) -> Any:
        with Session(self.store.writing) as s:
            try:
                done = verb(s)
            except Refusal as refusal:
                s.rollback()
                return refusal
            s.commit()
            return done

    def read(self, statement: Any) -> list[Any]:
        with self.store.session() as s:
            return list(s.execute(statement).all())

    def leads(self) -> list[str]:
        return [row[0] for row in self.read(select(Lead.id).order_by(Lead.id))]

    def judge(self, lead: str, verdict: str, *, fake: bool = False) -> None:
        self.write(lambda s: review(s, lead, None, verdict, "vu", USUAL, fake=fake))

    def sums(self) -> dict[str, tuple[int, int]]:
        rows = self.read(select(Player.id, Player.provisional, Player.confirmed))
        return {row[0]: (row[1], row[2]) for row in rows}

    def entries(self) -> dict[str, tuple[int, int]]:
        found = dict.fromkeys(self.players, (0, 0))
        rows = select(Point.player_id, Point.status, func.sum(Point.amount))
        for player, status, amount in self.read(rows.group_by(Point.player_id, Point.status)):
            provisional, confirmed = found[player]
            if status != ledger.REVOKED:
                provisional += amount
            if status == ledger.CONFIRMED:
                confirmed += amount
            found[player] = provisional, confirmed
        return found

    def sealed(self) -> set[tuple[Any, ...]]:
        """What players were given in the slots that were judged: all of it, sealed or not."""
        columns = (Point.player_id, Point.slot, Point.reason, Point.amount, Point.status)
        rows = self.read(select(*columns, Point.lead_id).where(Point.settled.is_(False)))
        slots = {tuple(row[:2]) for row in rows if row.lead_id}
        return {tuple(row) for row in rows if tuple(row[:2]) in slots}

    def judged(self) -> dict[str, tuple[str, str]]:
        """The name and the verdict of each judged lead."""
        rows = self.read(select(Lead.id, Lead.name, Lead.verdict).where(Lead.verdict != ""))
        return {row[0]: (row[1], row[2]) for row in rows}
