"""Who may not hear a room any more, as the database has it: whichever worker said so, and when."""

from collections.abc import Mapping

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from game.live.seats import Seat
from game.store.prepared import Prepared
from game.store.tables import Player
from game.workshop.header import Header

REMOVED = Prepared(
    select(Player.id).where(
        Player.workshop_id == bindparam("workshop"), Player.removed_at.is_not(None)
    )
)


def outsiders(
    session: Session, seats: Mapping[str, Seat], header: Header
) -> tuple[list[str], list[str]]:
    """The connections of removed players, and those of projectors whose key was changed."""
    removed = {row[0] for row in REMOVED.raw(session.connection(), workshop=header.id)}
    here = [(sid, seat) for sid, seat in seats.items() if seat.workshop_id == header.id]
    players = [sid for sid, seat in here if seat.player_id in removed]
    projectors = [
        sid
        for sid, seat in here
        if seat.surface == "projector" and seat.key != header.projector_key
    ]
    return players, projectors
