"""Taking answers straight from the writer: what no hand could type is bounded."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from bench.room import SPOT, Room, answer, make_rooms
from game import content
from game.base import paths
from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.store.engine import Store
from game.store.tables import Player, RoundRow
from game.workshop import play as module
from game.workshop.play import Play, Sent


def opened(store: Store) -> tuple[Room, str]:
    """A room whose first round is open, and its one player."""
    (room,) = make_rooms(store, 1, (SPOT,))
    with Session(store.writing) as session:
        session.execute(update(RoundRow).values(phase="open"))
        player = Player(workshop_id=room.id, nickname="Ortie", folded="ortie", joined_at=1)
        session.add(player)
        session.commit()
        return room, player.id


def test_a_player_may_answer_often_but_not_for_ever(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_ANSWERS", 3)
    room, player = opened(store)
    play = Play(content.load(paths.content()), "a secret of this test", 2_000)

    def give(id: str) -> object:
        sent = Sent(player, room.rounds[0], id, answer(SPOT, 1), now_ms())
        with store.writing.begin() as connection:
            return play.many(connection, [sent])[0]

    first = [give(f"answer-{n}") for n in range(3)]
    late = give("answer-3")
    assert isinstance(late, Refusal)
    assert late.code == "throttled"
    assert [give(f"answer-{n}") for n in range(3)] == first  # what was acknowledged stays so
