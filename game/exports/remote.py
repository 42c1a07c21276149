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


def there_among(session: Session, target: str, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Those of the leads who are at a target, with their ids there."""
    rows = select(Remote.lead_id, Remote.remote_id).where(
        Remote.target == target, Remote.lead_id.in_(ids)
    )
    found: dict[str, tuple[str, ...]] = {}
    for lead_id, remote_id in session.execute(rows.order_by(Remote.at)):
        found[lead_id] = (*found.get(lead_id, ()), *filter(None, (remote_id,)))
    return found


def everywhere(session: Session, lead_id: str) -> list[tuple[str, str]]:
    """(target, id there) of one lead, oldest first."""
    rows = select(Remote.target, Remote.remote_id).where(Remote.lead_id == lead_id)
    return [(row[0], row[1]) for row in session.execute(rows.order_by(Remote.at))]
