"""How long a room waits for who took more time than it."""

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from game.rules.extra_time import extra_ms
from game.store.tables import Player, RoundRow


def longest_ms(session: Session, row: RoundRow) -> int:
    """The most that anybody has after the round's close, in milliseconds; 0 where nobody has.

    It counts who is there, or was since the round opened: nobody waits for who left before.
    """
    there = or_(Player.socket.is_not(None), Player.seen_at >= (row.opened_at or 0))
    most = select(func.max(Player.extra_percent)).where(
        Player.workshop_id == row.workshop_id, Player.removed_at.is_(None), there
    )
    return extra_ms(row.seconds, session.scalar(most) or 0)
