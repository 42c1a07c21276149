"""Taking answers: many at once, in one transaction, each under the id that its phone made."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import orjson
from sqlalchemy import Connection, Text, cast, insert, select

from game.base.clock import now_ms
from game.base.recent import Recent
from game.base.refusal import Refusal
from game.points import ledger
from game.pool import harvest
from game.pool.origin import Origin
from game.rules.facts import Fact
from game.rules.pack import Pack
from game.rules.round import Accepted, Kind, NotPlayable, Setting, Standing
from game.rules.timing import timing_of
from game.store.prepared import Among, Prepared
from game.store.tables import BriefRow, Player, RoundRow, Submission, Workshop
from game.workshop import setting

BRIEF: Mapping[str, Any] = {
    name: getattr(BriefRow, name)
    for name in ("key", "title", "trade", "where", "why", "requisition_ref")
} | {"must_haves": cast(BriefRow.must_haves, Text)}
MOST_ANSWERS = 1_000  # of one player in one round: each later one would cost more to take
ROUNDS = Prepared(
    select(
        *(RoundRow.id, RoundRow.workshop_id, RoundRow.phase, RoundRow.closes_at, RoundRow.left_ms),
        RoundRow.brief_id,
        *(RoundRow.kind, cast(RoundRow.options, Text).label("options"), Workshop.lang),
        cast(Workshop.points, Text).label("worth"),
        RoundRow.seconds,
        cast(RoundRow.timing, Text).label("timing"),
        *(column.label(f"brief_{name}") for name, column in BRIEF.items()),
    )
    .join(Workshop, Workshop.id == RoundRow.workshop_id)
    .outerjoin(BriefRow, BriefRow.id == RoundRow.brief_id)
    .where(Among(RoundRow.id, "ids"))
    .with_for_update(read=True, of=RoundRow)
)
TEXTS = 6  # columns of ROUNDS before those that make its setting
PLAYERS = Prepared(
    select(Player.id, Player.workshop_id, Player.removed_at, Player.provisional)
    .where(Among(Player.id, "ids"))
    .order_by(Player.id)
    .with_for_update()
)
GIVEN = Prepared(
    select(
        *(Submission.player_id, Submission.round_id, Submission.id, Submission.slot),
        *(Submission.at, cast(Submission.stored, Text).label("stored")),
        cast(Submission.answer, Text).label("answer"),
    )
    .where(
        Among(Submission.round_id, "rounds"),
        Among(Submission.player_id, "players"),
    )
    .order_by(Submission.player_id, Submission.seq)
)
SUBMITTED = Prepared(
    insert(Submission),
    ("player_id", "id", "round_id", "slot", "seq", "at", "stored", "answer"),
)


@dataclass(frozen=True)
class Sent:
    """An answer as it arrived; `at` is when, in milliseconds since the epoch."""

    player_id: str
    round_id: str
    id: str
    raw: Mapping[str, Any]
    at: int


class _Brief(SimpleNamespace):
    """A brief as it stands in a row of ROUNDS."""

    @classmethod
    def of(cls, row: Any) -> "_Brief":
        """The brief of a row that has one."""
        texts = {name: getattr(row, f"brief_{name}") for name in BRIEF}
        return cls(**{**texts, "must_haves": orjson.loads(texts["must_haves"])})


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
        self.given: dict[str, tuple[str, int, str]] = {}
        self.first: dict[str, int] = {}
        self.standing: dict[str, Standing] = {}

    def settle(self, player_id: str) -> None:
        """What was given last in each slot stands; its text is read only now that it matters."""
        for slot, (id, at, text) in self.given.items():
            first, stored = self.first[slot], orjson.loads(text)
            self.standing[slot] = Standing(player_id, slot, first, id, stored, given_at=at)
        self.given = {}

    def add(self, player: str, id: str, slot: str, at: int, stored: Mapping[str, Any]) -> None:
        """Puts an answer down; it stands in its slot from now on."""
        first = self.standing[slot].at if slot in self.standing else at
        self.standing[slot] = Standing(player, slot, first, id, stored, given_at=at)

    def answer_to(self, id: str) -> dict[str, Any] | None:
        """What was acknowledged under an id; None if it is new."""
        known = self.answers.get(id)
        return dict(orjson.loads(known) if isinstance(known, str) else known) if known else None

    def ordered(self) -> list[Standing]:
        """What stands, in order of arrival."""
        return sorted(self.standing.values(), key=lambda s: (s.at, s.slot))


class Play:
    """The verb `submit`, for the writer: `many` takes whatever is waiting at once."""

    def __init__(
        self, packs: Mapping[str, Pack], secret: str, grace_ms: int, country: str = "FR"
    ) -> None:
        self.packs = packs
        self.secret = secret
        self.grace_ms = grace_ms
        self.country = country
        self.settings: Recent[str, tuple[Any, tuple[Kind, Setting]]] = Recent(500)
        self.many = self._many  # one bound method for all, so that the writer sees one handler

    def setting_of(self, row: Any) -> tuple[Kind, Setting]:
        """The kind and setting of a row of ROUNDS, made once as long as its texts stay."""
        texts = tuple(row)[TEXTS:]
        if self.settings.get(row.id, (None,))[0] != texts:
            self.settings[row.id] = texts, self._setting(row)
        return self.settings[row.id][1]

    def _setting(self, row: Any) -> tuple[Kind, Setting]:
        options, worth = orjson.loads(row.options), orjson.loads(row.worth)
        brief = setting.brief_of(_Brief.of(row)) if row.brief_key else None
        timing = timing_of(orjson.loads(row.timing or "null"))
        return setting.make(
            *(row.kind, options, self.packs[row.lang], worth, brief, self.country),
            seconds=row.seconds,
            timing=timing,
        )

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
        self.unplayable: set[str] = set()
        self.tables = self._tables(round_ids)
        self.players = self._players(player_ids)
        self.hands = self._hands(player_ids, list(self.tables))
        self.facts: list[tuple[Origin, Fact]] = []
        self.submissions: list[dict[str, Any]] = []
        self.accounts = ledger.accounts(connection, player_ids, list(self.tables))
        self.totals: dict[str, int] = {id: row.provisional for id, row in self.players.items()}

    def _tables(self, ids: list[str]) -> dict[str, Table]:
        rows = ROUNDS.all(self.connection, ids=ids)
        tables: dict[str, Table] = {}
        for row in rows:
            try:
                tables[row.id] = Table(row, *self.play.setting_of(row))
            except NotPlayable:
                self.unplayable.add(row.id)
        return tables

    def _players(self, ids: list[str]) -> dict[str, Any]:
        return {row.id: row for row in PLAYERS.all(self.connection, ids=ids)}

    def _hands(self, players: list[str], rounds: list[str]) -> dict[tuple[str, str], Hand]:
        hands: dict[tuple[str, str], Hand] = defaultdict(Hand)
        rows = GIVEN.all(self.connection, players=players, rounds=rounds)
        for player_id, round_id, id, slot, at, stored, answer in rows:
            hand = hands[player_id, round_id]
            hand.answers[id] = answer
            hand.given[slot] = id, at, stored
            hand.first.setdefault(slot, at)
        return hands

    def take(self, sent: Sent) -> dict[str, Any] | Refusal:
        """The acknowledgement of one answer, or why it is not taken."""
        try:
            table = self._open_table(sent)
            hand = self.hands[sent.player_id, sent.round_id]
            known = hand.answer_to(sent.id)
            if known is not None:
                return known
            self._check_open(table, sent)
            if len(hand.answers) >= MOST_ANSWERS:
                raise Refusal("throttled")
            hand.settle(sent.player_id)
            accepted = table.kind.accept(table.setting, hand.standing, sent.raw)
            _check_slot(accepted)
            return self._accept(table, hand, sent, accepted)
        except Refusal as refusal:
            return refusal

    def _open_table(self, sent: Sent) -> Table:
        player, table = self.players.get(sent.player_id), self.tables.get(sent.round_id)
        if player is None or player.removed_at:
            raise Refusal("removed")
        if sent.round_id in self.unplayable:
            raise Refusal("unplayable")
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
        hand.add(sent.player_id, sent.id, accepted.slot, sent.at, accepted.stored)
        account = self.accounts[sent.player_id, sent.round_id]
        before = account.change
        gained = account.rebook(table.kind.score(table.setting, hand.ordered()))
        self.totals[sent.player_id] += account.change - before
        answer = {
            "ok": True,
            "id": sent.id,
            "points": self.totals[sent.player_id],
            "gained": [{"reason": e.reason, "amount": e.amount} for e in gained],
        }
        seq = len(hand.answers) + 1
        hand.answers[sent.id] = answer
        self.submissions.append(_row(sent, seq, accepted, answer))
        if accepted.fact is not None:
            self.facts.append((_origin(table, sent), accepted.fact))
        return answer

    def write(self) -> None:
        """Writes all rows, each table once."""
        if self.submissions:
            SUBMITTED.run_each(self.connection, self.submissions)
        harvest.keep(self.connection, self.play.secret, self.facts)
        ledger.write(self.connection, self.accounts.values(), now_ms())


def _check_slot(accepted: Accepted) -> None:
    """Raises Refusal where a kind names a slot that does not fit its column."""
    if not 0 < len(accepted.slot) <= 48:
        raise Refusal("bad_input", {"slot": "invalid"})


def _row(sent: Sent, seq: int, accepted: Accepted, answer: dict[str, Any]) -> dict[str, Any]:
    return {
        "player_id": sent.player_id,
        "id": sent.id,
        "round_id": sent.round_id,
        "slot": accepted.slot,
        "seq": seq,
        "at": sent.at,
        "stored": dict(accepted.stored),
        "answer": answer,
    }


def _origin(table: Table, sent: Sent) -> Origin:
    row = table.row
    return Origin(sent.player_id, sent.round_id, row.workshop_id, row.brief_id, sent.at)
