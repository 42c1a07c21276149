"""Leads whose data may not be kept any longer."""

from collections.abc import Sequence
from typing import Literal

from sqlalchemy import Connection, delete
from sqlalchemy.orm import Session

from game.privacy.audit import audit
from game.privacy.erase import gone
from game.store.tables import Lead


def expire(
    connection: Connection, ids: Sequence[str], why: Literal["retention", "uninformed"]
) -> None:
    """Erases these leads; the log says that they expired, and why."""
    with Session(connection) as session:
        for id in ids:
            audit(session, None, "lead_expired", {"lead": id, "why": why})
        gone(session, ids, why)
        session.commit()
    connection.execute(delete(Lead).where(Lead.id.in_(ids)))
