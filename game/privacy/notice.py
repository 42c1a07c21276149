"""The notice to contacts: its published versions."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.store.tables import Notice


def newest(session: Session) -> int | None:
    """The version that people are given now; None while none was published."""
    return session.scalar(select(func.max(Notice.version)).where(Notice.published_at.is_not(None)))
