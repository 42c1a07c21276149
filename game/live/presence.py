"""Presence: which phone is a player's newest, kept in the database so that any worker knows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select, update

from game.base.refusal import Refusal
from game.store.among import Among
from game.store.found import Found
from game.store.prepared import Prepared
from game.store.tables import Player
from game.workshop.me import BoardsOf, mine


@dataclass(frozen=True)
class Moved:
    """A phone that came or went; `socket` names it, `at` is milliseconds since the epoch.

    One that came says which workshop it is for and shows its player's `key`.
    """

    player_id: str
    socket: str
    at: int
    here: bool = False
    workshop_id: str = ""
    key: str = ""


@dataclass(frozen=True)
class Arrived:
    """A phone that was let in: the socket that was there before, and its player's `me` message."""

    before: str | None
    me: dict[str, object]


PLACED = Prepared(
    update(Player)
    .where(Player.id == bindparam("player"))
    .values(socket=bindparam("name"), seen_at=bindparam("when"))
)
HELD = Prepared(
    select(Player.id, Player.socket, Player.key, Player.workshop_id, Player.removed_at)
    .where(Among(Player.id, "ids"))
    .order_by(Player.id)
    .with_for_update()
)


class Presence:
    """The verb `move`, for the writer: `many` notes all who come and go at once."""

    def __init__(self, boards_of: BoardsOf, secret: str) -> None:
        self.boards_of = boards_of
        self.secret = secret
        self.many = self._many

    def _many(
        self, connection: Connection, moves: Sequence[Moved]
    ) -> list[Arrived | Refusal | None]:
        ids = sorted({move.player_id for move in moves})
        held = {row.id: row for row in HELD.all(connection, ids=ids)}
        sockets: dict[str, str | None] = {id: row.socket for id, row in held.items()}
        came = sorted({m.player_id for m in moves if m.here and _may_come(held, m)})
        own = mine(connection, self.secret, came, self.boards_of) if came else {}
        outcomes = [_move(move, held, sockets, own) for move in moves]
        _write(connection, held, sockets, moves[-1].at)
        return outcomes


def _may_come(held: Mapping[str, Found], move: Moved) -> bool:
    row = held.get(move.player_id)
    if row is None or row.removed_at:
        return False
    return bool(row.key == move.key and row.workshop_id == move.workshop_id)


def _move(
    move: Moved,
    held: Mapping[str, Found],
    sockets: dict[str, str | None],
    own: Mapping[str, dict[str, object]],
) -> Arrived | Refusal | None:
    """Moves one phone; the departure of an older phone leaves the newer one in its place."""
    if not move.here:
        if sockets.get(move.player_id) == move.socket:
            sockets[move.player_id] = None
        return None
    if not _may_come(held, move):
        return Refusal("removed")
    before, sockets[move.player_id] = sockets[move.player_id], move.socket
    return Arrived(before, own[move.player_id])


def _write(
    connection: Connection,
    held: Mapping[str, Found],
    sockets: Mapping[str, str | None],
    at: int,
) -> None:
    changed = [
        {"player": id, "name": socket, "when": at}
        for id, socket in sockets.items()
        if socket != held[id].socket
    ]
    if changed:
        PLACED.run_each(connection, changed)
