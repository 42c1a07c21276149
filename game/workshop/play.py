"""Taking answers: many at once, in one transaction, each under the id that its phone made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from game.rules.pack import Pack
from game.rules.round import Accepted, Entry, Kind, Refusal, Setting, Standing
from game.store.models import BriefRow, Player, Point, RoundRow, Submission, Workshop
from game.workshop import keep, setting

TOTAL = (
    update(Player).where(Player.id == bindparam("player")).values(provisional=bindparam("total"))
)


@dataclass(frozen=True)
class Sent:
    """An answer as it arrived; `at` is when, in milliseconds since the epoch."""

    player_id: str
    round_id: str
    id: str
    raw: Mapping[str, Any]
    at: int


@dataclass(frozen=True)
class Table:
    """A round that answers arrive for."""

    row: Any
    kind: Kind
    setting: Setting


class Hand:
    """One player in one round: what was given so far, and what stands."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.standing: dict[str, Standing] = {}

    def add(self, player: str, id: str, slot: str, at: int, stored: Mapping[str, Any]) -> None:
        """Puts an answer down; it stands in its slot from now on."""
        first = self.standing.get(slot)
        self.standing[slot] = Standing(player, slot, first.at if first else at, id, stored)

    def ordered(self) -> list[Standing]:
        """What stands, in order of arrival."""
        return sorted(self.standing.values(), key=lambda s: (s.at, s.slot))


class Play:
    """The verb `submit`, for the writer: `many` takes whatever is waiting at once."""

    def __init__(self, packs: Mapping[str, Pack], secret: str, grace_ms: int) -> None:
        self.packs = packs
        self.secret = secret
        self.grace_ms = grace_ms
        self.many = self._many  # one bound method for all, so that the writer sees one handler

    def _many(self, connection: Connection, items: Sequence[Sent]) -> list[Any]:
        batch = Batch(self, connection, items)
        outcomes = [batch.take(sent) for sent in items]
        batch.write()
        return outcomes


class Batch:
    """What one transaction reads once, and the rows that it will write."""

    def __init__(self, play: Play, connection: Connection, items: Sequence[Sent]) -> None:
        self.play = play
        self.connection = connection
        player_ids = sorted({sent.player_id for sent in items})
        round_ids = sorted({sent.round_id for sent in items})
        self.tables = self._tables(round_ids)
        self.players = self._players(player_ids)
        self.hands = self._hands(player_ids, list(self.tables))
        self.submissions: list[dict[str, Any]] = []
        self.points: dict[tuple[str, ...], dict[str, Any]] = {}
        self.drops: list[tuple[str, str, Entry]] = []
        self.totals: dict[str, int] = {id: row.provisional for id, row in self.players.items()}

    def _tables(self, ids: list[str]) -> dict[str, Table]:
        rows = self.connection.execute(
            select(
                RoundRow,
                Workshop.lang.label("lang"),
                Workshop.points.label("worth"),
            )
            .join(Workshop, Workshop.id == RoundRow.workshop_id)
            .where(RoundRow.id.in_(ids))
            .with_for_update(read=True, of=RoundRow)
        ).all()
        briefs = self._briefs([row.brief_id for row in rows if row.brief_id])
        return {row.id: self._table(row, briefs.get(row.brief_id)) for row in rows}

    def _briefs(self, ids: list[str]) -> dict[str, Any]:
        if not ids:
            return {}
        rows = self.connection.execute(select(BriefRow).where(BriefRow.id.in_(ids)))
        return {row.id: row for row in rows}

    def _table(self, row: Any, brief: Any) -> Table:
        pack = self.play.packs[row.lang]
        known = setting.brief_of(brief)
        return Table(row, *setting.make(row.kind, row.options, pack, row.worth, known))

    def _players(self, ids: list[str]) -> dict[str, Any]:
        rows = self.connection.execute(
            select(Player.id, Player.workshop_id, Player.removed_at, Player.provisional)
            .where(Player.id.in_(ids))
            .order_by(Player.id)
            .with_for_update()
        )
        return {row.id: row for row in rows}

    def _hands(self, players: list[str], rounds: list[str]) -> dict[tuple[str, str], Hand]:
        hands = {(player, round_id): Hand() for player in players for round_id in rounds}
        rows = self.connection.execute(
            select(Submission)
            .where(Submission.round_id.in_(rounds), Submission.player_id.in_(players))
            .order_by(Submission.player_id, Submission.seq)
        )
        for row in rows:
            hand = hands[row.player_id, row.round_id]
            hand.answers[row.id] = row.answer
            hand.add(row.player_id, row.id, row.slot, row.at, row.stored)
        return hands

    def take(self, sent: Sent) -> dict[str, Any] | Refusal:
        """The acknowledgement of one answer, or why it is not taken."""
        try:
            table = self._open_table(sent)
            hand = self.hands[sent.player_id, sent.round_id]
            if sent.id in hand.answers:
                return dict(hand.answers[sent.id])
            self._check_open(table, sent)
            accepted = table.kind.accept(table.setting, hand.standing, sent.raw)
            keep.check(accepted)
            return self._accept(table, hand, sent, accepted)
        except Refusal as refusal:
            return refusal

    def _open_table(self, sent: Sent) -> Table:
        player, table = self.players.get(sent.player_id), self.tables.get(sent.round_id)
        if player is None or player.removed_at:
            raise Refusal("removed")
        if table is None or table.row.workshop_id != player.workshop_id:
            raise Refusal("unknown_round")
        return table

    def _check_open(self, table: Table, sent: Sent) -> None:
        row = table.row
        if row.phase != "open":
            raise Refusal("round_closed")
        if row.closes_at and row.left_ms is None and sent.at > row.closes_at + self.play.grace_ms:
            raise Refusal("round_closed")

    def _accept(self, table: Table, hand: Hand, sent: Sent, accepted: Accepted) -> dict[str, Any]:
        before = table.kind.score(table.setting, hand.ordered())
        hand.add(sent.player_id, sent.id, accepted.slot, sent.at, accepted.stored)
        after = table.kind.score(table.setting, hand.ordered())
        gained = self._book(sent, before, after)
        answer = {
            "ok": True,
            "id": sent.id,
            "points": self.totals[sent.player_id],
            "gained": [{"reason": e.reason, "amount": e.amount} for e in gained],
        }
        seq = len(hand.answers) + 1
        hand.answers[sent.id] = answer
        self.submissions.append(keep.submission_row(sent, seq, accepted, answer))
        keep.fact(self.connection, self.play.secret, table.row, sent, accepted)
        return answer

    def _book(self, sent: Sent, before: Sequence[Entry], after: Sequence[Entry]) -> list[Entry]:
        old, new = set(before), set(after)
        for entry in old - new:
            self.drops.append((sent.player_id, sent.round_id, entry))
            self.points.pop((sent.player_id, sent.round_id, entry.slot, entry.reason), None)
        added = [entry for entry in after if entry not in old]
        for entry in added:
            key = (sent.player_id, sent.round_id, entry.slot, entry.reason)
            self.points[key] = keep.point_row(*key, entry.amount, sent.at)
        change = sum(e.amount for e in after) - sum(e.amount for e in before)
        self.totals[sent.player_id] += change
        return added

    def write(self) -> None:
        """Writes all rows, each table once."""
        if self.submissions:
            self.connection.execute(insert(Submission), self.submissions)
        for player_id, round_id, entry in self.drops:
            self.connection.execute(_drop(player_id, round_id, entry))
        if self.points:
            self.connection.execute(upsert_points(self.connection), list(self.points.values()))
        self._write_totals()

    def _write_totals(self) -> None:
        changed = [
            {"player": id, "total": total}
            for id, total in self.totals.items()
            if total != self.players[id].provisional
        ]
        if changed:
            self.connection.execute(TOTAL, changed)


def _drop(player_id: str, round_id: str, entry: Entry) -> Any:
    return delete(Point).where(
        Point.player_id == player_id,
        Point.round_id == round_id,
        Point.slot == entry.slot,
        Point.reason == entry.reason,
    )


def upsert_points(connection: Connection) -> Any:
    """An insert of ledger rows that replaces the amount where the entry is there already."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(Point)
    return statement.on_conflict_do_update(
        index_elements=["player_id", "round_id", "slot", "reason"],
        set_={"amount": statement.excluded.amount, "at": statement.excluded.at},
    )
