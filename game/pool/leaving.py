"""Leads as they may leave for other programs: by the rules of exports, whoever asks for one.

Nobody who objected, under whatever they are known by, who was not told in time, or whom only
demonstrations and rehearsals know. To whom a lead is handed over with all that is known of it, and
not by its id alone, the purpose is `handover`.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from game.pool.lead_filter import Filter
from game.pool.search import some
from game.privacy import inform
from game.privacy.inform import Purpose
from game.privacy.objection import has_objected, objected_among
from game.store.tables import Lead


def page(
    session: Session, secret: str, wanted: Filter, today: date, most: int, after: str
) -> tuple[Sequence[Lead], str]:
    """At most so many leads of a filter that may be handed over, and the cursor of the next ones.

    The cursor is empty at the end. Raises Refusal('bad_cursor').
    """
    allowed = inform.may(session, "handover", today, ())
    found, following = some(session, wanted, today, most, after, allowed)
    objected = objected_among(session, secret, [lead.id for lead in found])
    return [lead for lead in found if lead.id not in objected], following


def one(
    session: Session, secret: str, lead_id: str, today: date, purpose: Purpose = "export"
) -> Lead | None:
    """A lead that may leave; None for any other, and where there is none: nobody learns which."""
    lead = session.get(Lead, lead_id)
    if lead is None or lead.rehearsed or inform.barred(session, [lead_id], purpose, today):
        return None
    return None if has_objected(session, secret, lead_id) else lead
