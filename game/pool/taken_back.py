"""An import taken back: whom a file brought goes, unless somebody has worked on them since."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Connection, Select, and_, delete, exists, or_, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.pool.belongings import MORE
from game.privacy.audit import audit
from game.privacy.erase import gone as tell_gone
from game.store.tables import (
    Imported,
    Lead,
    LeadTag,
    Merge,
    PoolImport,
    Recommendation,
    Touchpoint,
    Verdict,
)

AT_ONCE = 200  # leads in a transaction


def take_back(
    session: Session,
    import_id: str,
    by: str | None,
    step: Callable[[Connection, int], None] = lambda connection, gone: None,
) -> tuple[int, int]:
    """Deletes the leads that an import brought; returns how many went and how many stay.

    Those stay that were judged, told, corrected, merged, named, touched or tagged since, of whom
    something came, or that anything else is held of. Of other leads, what the file said of them
    goes. Commits every few, each time after `step` was told how many are gone. Raises Refusal where
    there is no such import.
    """
    made = session.get(PoolImport, import_id)
    if made is None:
        raise Refusal("unknown_lead")
    gone = 0
    at = made.at
    while ids := _some(session.connection(), import_id, at):
        tell_gone(session, ids, "taken_back")
        session.execute(delete(Lead).where(Lead.id.in_(ids)))
        gone += len(ids)
        step(session.connection(), gone)
        session.commit()
    said = delete(Recommendation).where(Recommendation.slot == f"import:{import_id}")
    session.execute(said.where(Recommendation.lead_id.not_in(_brought(import_id))))
    left = len(session.scalars(_brought(import_id)).all())
    session.get_one(PoolImport, import_id).undone_at = now_ms()
    audit(session, by, "import_taken_back", {"import": import_id, "gone": gone, "left": left})
    session.commit()
    return gone, left


def _brought(import_id: str) -> Select[str]:
    return select(Imported.lead_id).where(Imported.import_id == import_id)


def _some(connection: Connection, import_id: str, at: int) -> list[str]:
    untouched = and_(
        Lead.id.in_(_brought(import_id)),
        Lead.corrected_at.is_(None),
        or_(Lead.informed_at.is_(None), Lead.informed_at <= at),
        *(moment.is_(None) for moment in (Lead.agreed_at, Lead.hired_at, Lead.not_now_at)),
        *(~held for held in _held(import_id)),
    )
    return list(connection.scalars(select(Lead.id).where(untouched).limit(AT_ONCE)))


def _held(import_id: str) -> list[ColumnElement[bool]]:
    """What says that somebody worked on a lead since it came."""
    judged = exists().where(Verdict.lead_id == Lead.id, Verdict.user_id.is_not(None))
    merged = exists().where(Merge.kept_id == Lead.id)
    named = exists().where(
        Recommendation.lead_id == Lead.id, Recommendation.slot != f"import:{import_id}"
    )
    by_hand = [exists().where(table.lead_id == Lead.id) for table in (Touchpoint, LeadTag)]
    others = [exists().where(table.owner == Lead.id) for table in MORE.values()]
    return [judged, merged, named, *by_hand, *others]
