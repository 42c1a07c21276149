"""Presence: which phone is a player's newest, kept in the database so that any worker knows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.orm import Session

from game.store.models import Player


@dataclass(frozen=True)
class Moved:
    """A phone that came (`socket` names it) or went; `at` is milliseconds since the epoch."""

    player_id: str
    socket: str
    here: bool
    at: int


CAME = (
    update(Player)
    .where(Player.id == bindparam("player"))
    .values(socket=bindparam("name"), seen_at=bindparam("when"))
)


def note_many(connection: Connection, moves: Sequence[Moved]) -> list[str | None]:
    """Notes arrivals and departures, in order; returns for each the socket that was there before.

    A departure of an older phone leaves the newer one in its place.
    """
    ids = sorted({move.player_id for move in moves})
    rows = connection.execute(
        select(Player.id, Player.socket)
        .where(Player.id.in_(ids))
        .order_by(Player.id)
        .with_for_update()
    )
    before: dict[str, str | None] = {row.id: row.socket for row in rows}
    answers: list[str | None] = []
    now = dict(before)
    for move in moves:
        answers.append(now.get(move.player_id))
        if move.here:
            now[move.player_id] = move.socket
        elif now.get(move.player_id) == move.socket:
            now[move.player_id] = None
    at = moves[-1].at
    rows_changed: list[dict[str, Any]] = [
        {"player": id, "name": socket, "when": at}
        for id, socket in now.items()
        if socket != before.get(id)
    ]
    if rows_changed:
        connection.execute(CAME, rows_changed)
    return answers


def forget_all(session: Session) -> None:
    """Nobody is connected to a server that starts anew: who is there will come again."""
    session.execute(update(Player).where(Player.socket.is_not(None)).values(socket=None))
