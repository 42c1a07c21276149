"""The trace of what was done with people's data, and by whom."""

from typing import Any

from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.store.tables import AuditEntry


def audit(session: Session, user_id: str | None, action: str, detail: dict[str, Any]) -> None:
    """Notes who did what; `detail` holds identifiers, filters and counts, never a person's data.

    It is part of the transaction of the verb it tells of: both are written, or neither.
    """
    session.add(AuditEntry(user_id=user_id, action=action, detail=detail, at=now_ms()))
