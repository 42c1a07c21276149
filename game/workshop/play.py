"""Taking answers: many at once, in one transaction, each under the id that its phone made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.points import ledger
from game.pool import harvest
from game.pool.origin import Origin
from game.rules.extra_time import extra_ms
from game.rules.facts import Fact
from game.rules.pack import Pack
from game.rules.round import Accepted, Setting, earned
from game.store.among import Among
from game.store.found import Found
from game.store.prepared import Prepared
from game.store.tables import Player, Submission
from game.workshop.before import named_before
from game.workshop.given_answers import GivenAnswers, given_answers
from game.workshop.played_round import PlayedRound, PlayedRounds

MOST_ANSWERS = 1_000  # of one player in one round: each later one would cost more to take
PLAYERS = Prepared(
    select(
        *(Player.id, Player.workshop_id, Player.removed_at, Player.provisional),
        *(Player.extra_percent, Player.extra_before, Player.extra_after),
    )
    .where(Among(Player.id, "ids"))
    .order_by(Player.id)
    .with_for_update()
)
SUBMITTED = Prepared(
    insert(Submission),
    ("player_id", "id", "round_id", "slot", "seq", "at", "stored", "answer"),
)


@dataclass(frozen=True)
class Sent:
    """An answer as it arrived; `at` is when, in milliseconds since the epoch.

    `invited` is what a person whom the player invited says of themselves, and `anytime` what a
    player says by a link that outlives the room: neither waits for the round to be open.
    """

    player_id: str
    round_id: str
    id: str
    raw: Mapping[str, object]
    at: int
    invited: bool = False
    anytime: bool = False


class Play:
    """The verb `submit`, for the writer: `many` takes whatever is waiting at once."""

    def __init__(
        self, packs: Mapping[str, Pack], secret: str, grace_ms: int, country: str = "FR"
    ) -> None:
        self.secret = secret
        self.grace_ms = grace_ms
        self.rounds = PlayedRounds(packs, country)
        self.many = self._many  # one bound method for all, so that the writer sees one handler

    def _many(
        self, connection: Connection, items: Sequence[Sent]
    ) -> list[dict[str, object] | Refusal]:
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
        self.rounds, self.unplayable = play.rounds.read(connection, round_ids)
        self.players = self._players(player_ids)
        self.given = given_answers(connection, player_ids, list(self.rounds))
        self.facts: list[tuple[Origin, Fact]] = []
        self.submissions: list[dict[str, object]] = []
        self.accounts = ledger.accounts(connection, player_ids, list(self.rounds))
        self.totals: dict[str, int] = {id: row.provisional for id, row in self.players.items()}

    def _players(self, ids: list[str]) -> dict[str, Found]:
        return {row.id: row for row in PLAYERS.all(self.connection, ids=ids)}

    def take(self, sent: Sent) -> dict[str, object] | Refusal:
        """The acknowledgement of one answer, or why it is not taken."""
        try:
            played = self._round_of(sent)
            given = self.given[sent.player_id, sent.round_id]
            answer = given.answer_to(sent.id)
            if answer is not None:
                return answer
            if not (sent.invited or sent.anytime):
                self._check_open(played, sent)
            if len(given.acknowledged) >= MOST_ANSWERS:
                raise Refusal("throttled")
            given.read_latest(sent.player_id)
            where = self._where(played, sent)
            accepted = played.kind.accept(where, given.standing, sent.raw)
            _check_slot(accepted)
            return self._accept(played, given, sent, accepted)
        except Refusal as refusal:
            return refusal

    def _where(self, played: PlayedRound, sent: Sent) -> Setting:
        if sent.invited:
            return replace(played.setting, capture="invited")
        if not played.kind.looks_back:
            return played.setting
        before = named_before(self.connection, sent.player_id, sent.round_id)
        return replace(played.setting, before=before)

    def _round_of(self, sent: Sent) -> PlayedRound:
        player, played = self.players.get(sent.player_id), self.rounds.get(sent.round_id)
        if player is None or player.removed_at:
            raise Refusal("removed")
        if sent.round_id in self.unplayable:
            raise Refusal("unplayable")
        if played is None or played.row.workshop_id != player.workshop_id:
            raise Refusal("unknown_round")
        return played

    def _check_open(self, played: PlayedRound, sent: Sent) -> None:
        """For everybody until the time is over; for who took more, until theirs or the results."""
        row, timing = played.row, played.setting.timing
        ends = row.closes_at if row.phase == "open" and row.left_ms is None else None
        if row.phase == "open" and (not ends or sent.at <= ends + self.play.grace_ms):
            return
        who = self.players[sent.player_id]
        percent = who.extra_before if who.extra_after == row.id else who.extra_percent
        more = extra_ms(played.setting.seconds, percent)
        if row.phase == "closed":
            ends = timing.stopped_at
        if not more or not ends or sent.at > ends + self.play.grace_ms + more:
            raise Refusal("round_closed")

    def _accept(
        self, played: PlayedRound, given: GivenAnswers, sent: Sent, accepted: Accepted
    ) -> dict[str, object]:
        given.add(sent.player_id, sent.id, accepted.slot, sent.at, accepted.stored)
        account = self.accounts[sent.player_id, sent.round_id]
        before = account.change
        gained = account.rebook(earned(played.kind, played.setting, given.ordered()))
        self.totals[sent.player_id] += account.change - before
        answer = {
            "ok": True,
            "id": sent.id,
            "points": self.totals[sent.player_id],
            "gained": [{"reason": e.reason, "amount": e.amount} for e in gained],
        }
        seq = len(given.acknowledged) + 1
        given.acknowledged[sent.id] = answer
        self.submissions.append(_row(sent, seq, accepted, answer))
        if accepted.fact is not None:
            self.facts.append((_origin(played, sent), accepted.fact))
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


def _row(sent: Sent, seq: int, accepted: Accepted, answer: dict[str, object]) -> dict[str, object]:
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


def _origin(played: PlayedRound, sent: Sent) -> Origin:
    row = played.row
    return Origin(sent.player_id, sent.round_id, row.workshop_id, row.brief_id, sent.at)
