"""What players have answered in rounds so far, read for the answers that come next."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import orjson
from sqlalchemy import Connection, Text, cast, select

from game.rules.round import Standing
from game.store.among import Among
from game.store.prepared import Prepared
from game.store.tables import Submission

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


class GivenAnswers:
    """One player in one round: what was given so far, and what stands."""

    def __init__(self) -> None:
        self.acknowledged: dict[str, str | dict[str, object]] = {}
        self.latest: dict[str, tuple[str, int, str]] = {}
        self.first: dict[str, int] = {}
        self.standing: dict[str, Standing] = {}

    def read_latest(self, player_id: str) -> None:
        """What was given last in each slot stands; its text is read only now that it matters."""
        for slot, (id, at, text) in self.latest.items():
            first, stored = self.first[slot], orjson.loads(text)
            self.standing[slot] = Standing(player_id, slot, first, id, stored, given_at=at)
        self.latest = {}

    def add(self, player: str, id: str, slot: str, at: int, stored: Mapping[str, object]) -> None:
        """Puts an answer down; it stands in its slot from now on."""
        first = self.standing[slot].at if slot in self.standing else at
        self.standing[slot] = Standing(player, slot, first, id, stored, given_at=at)

    def answer_to(self, id: str) -> dict[str, object] | None:
        """What was acknowledged under an id; None if it is new."""
        answer = self.acknowledged.get(id)
        return dict(orjson.loads(answer) if isinstance(answer, str) else answer) if answer else None

    def ordered(self) -> list[Standing]:
        """What stands, in order of arrival."""
        return sorted(self.standing.values(), key=lambda s: (s.at, s.slot))


def given_answers(
    connection: Connection, players: Sequence[str], rounds: Sequence[str]
) -> dict[tuple[str, str], GivenAnswers]:
    """By player and round; who has given none yet has an empty one, made when it is asked for."""
    found: dict[tuple[str, str], GivenAnswers] = defaultdict(GivenAnswers)
    rows = GIVEN.all(connection, players=list(players), rounds=list(rounds))
    for player_id, round_id, id, slot, at, stored, answer in rows:
        own = found[player_id, round_id]
        own.acknowledged[id] = answer
        own.latest[slot] = id, at, stored
        own.first.setdefault(slot, at)
    return found
