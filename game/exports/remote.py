"""Who is in another system already, and under which id."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.store.tables import Remote

LONGEST = 120  # characters of an id


def note_there(session: Session, target: str, lead_id: str, remote_id: str) -> None:
    """A person is in another system, under an id, where it was told."""
    id = remote_id[:LONGEST]
    known = select(Remote.id).where(
        Remote.target == target, Remote.lead_id == lead_id, Remote.remote_id == id
    )
    if session.scalar(known) is None:
        session.add(Remote(target=target, lead_id=lead_id, remote_id=id, at=now_ms()))


def there_among(
    session: Session, ids: Sequence[str], target: str = ""
) -> dict[str, dict[str, tuple[str, ...]]]:
    """By target, those of the leads who are there, with their ids; of one target, or of all."""
    rows = select(Remote.target, Remote.lead_id, Remote.remote_id).where(Remote.lead_id.in_(ids))
    rows = rows.where(Remote.target == target) if target else rows
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for key, lead_id, remote_id in session.execute(rows.order_by(Remote.at)):
        there = found.setdefault(key, {})
        there[lead_id] = (*there.get(lead_id, ()), *filter(None, (remote_id,)))
    return found


def everywhere(session: Session, lead_id: str) -> list[tuple[str, str]]:
    """(target, id there) of one lead, oldest first."""
    rows = select(Remote.target, Remote.remote_id).where(Remote.lead_id == lead_id)
    return [(row[0], row[1]) for row in session.execute(rows.order_by(Remote.at))]
