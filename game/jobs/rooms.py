"""Rooms that are being played, for jobs that let them have their turn first."""

from sqlalchemy import Connection, select

from game.base.clock import now_ms
from game.store.tables import RoundRow


def plays(connection: Connection) -> bool:
    """Does a room play? One that is paused, or that nobody closed, keeps nobody waiting."""
    opened = select(RoundRow.id).where(RoundRow.phase == "open", RoundRow.closes_at > now_ms())
    return connection.scalar(opened.limit(1)) is not None
