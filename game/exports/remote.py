"""Who is in another system already, and under which id; and who left for it in a file."""

from collections.abc import Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.store.base import new_id
from game.store.tables import Remote

AT_ONCE = 500
LONGEST = 120  # characters of an id


def note_there(session: Session, target: str, lead_id: str, remote_id: str) -> None:
    """A person is in another system, under an id, where it was told."""
    id = remote_id[:LONGEST]
    known = select(Remote.id).where(
        Remote.target == target,
        Remote.lead_id == lead_id,
        Remote.remote_id == id,
        Remote.filed.is_(False),
    )
    if session.scalar(known) is None:
        session.add(Remote(target=target, lead_id=lead_id, remote_id=id, at=now_ms()))


def note_filed(session: Session, target: str, lead_ids: Sequence[str], at: int) -> None:
    """These left in a file that is meant for a target, at this moment."""
    row = {"target": target, "remote_id": "", "filed": True, "at": at}
    for start in range(0, len(lead_ids), AT_ONCE):
        some = lead_ids[start : start + AT_ONCE]
        known = filed_among(session, some, target).get(target, {})
        fresh = [{**row, "id": new_id(), "lead_id": id} for id in some if id not in known]
        if fresh:
            session.execute(insert(Remote), fresh)
        again = update(Remote).where(Remote.lead_id.in_(known), Remote.target == target)
        session.execute(again.where(Remote.filed.is_(True)).values(at=at))


def filed_among(
    session: Session, ids: Sequence[str], target: str = ""
) -> dict[str, dict[str, int]]:
    """By target, those of the leads who left for it in a file, and when they last did."""
    rows = select(Remote.target, Remote.lead_id, Remote.at).where(
        Remote.lead_id.in_(ids), Remote.filed.is_(True)
    )
    found: dict[str, dict[str, int]] = {}
    for key, lead_id, at in session.execute(
        rows.where(Remote.target == target) if target else rows
    ):
        left = found.setdefault(key, {})
        left[lead_id] = max(at, left.get(lead_id, 0))
    return found


def there_among(
    session: Session, ids: Sequence[str], target: str = ""
) -> dict[str, dict[str, tuple[str, ...]]]:
    """By target, those of the leads who are there, with their ids; of one target, or of all."""
    rows = select(Remote.target, Remote.lead_id, Remote.remote_id).where(
        Remote.lead_id.in_(ids), Remote.filed.is_(False)
    )
    rows = rows.where(Remote.target == target) if target else rows
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for key, lead_id, remote_id in session.execute(rows.order_by(Remote.at)):
        there = found.setdefault(key, {})
        there[lead_id] = (*there.get(lead_id, ()), *filter(None, (remote_id,)))
    return found


def everywhere(session: Session, lead_id: str) -> list[tuple[str, str]]:
    """(target, id there) of one lead, oldest first; where it left for in a file, too."""
    rows = select(Remote.target, Remote.remote_id).where(Remote.lead_id == lead_id)
    told = [(row[0], row[1]) for row in session.execute(rows.order_by(Remote.at))]
    return list(dict.fromkeys(told))
