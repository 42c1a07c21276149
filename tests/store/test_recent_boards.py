"""Boards are made once for the screens that are drawn together, and anew a moment later."""

from sqlalchemy.orm import Session

from bench.room import make_rooms
from game.store.engine import Store
from game.store.tables import Player
from game.workshop.boards import MOMENT, RecentBoards


def test_boards_are_shared_for_a_moment_and_a_version(store: Store) -> None:
    now = [1.0]
    (room,) = make_rooms(store)
    recent = RecentBoards(lambda: now[0])

    def names(version: int) -> list[str]:
        with store.session() as session:
            made, _before = recent.of(session, room.id, version)
        return [ranked.row.name for ranked in made.players]

    def come(name: str) -> None:
        with Session(store.writing) as session:
            session.add(Player(workshop_id=room.id, nickname=name, folded=name, joined_at=1))
            session.commit()

    come("a")
    assert names(1) == ["a"]
    come("b")
    assert names(1) == ["a"]  # what stands beside it on other screens
    assert names(2) == ["a", "b"]
    come("c")
    now[0] += 2 * MOMENT
    assert names(2) == ["a", "b", "c"]
