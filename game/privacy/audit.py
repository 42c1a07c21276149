"""The trace of what was done with data and rights: an entry is part of the verb it tells of."""

from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.json_object import Json
from game.privacy import chain
from game.store.base import new_id
from game.store.tables import AuditEntry

VIA = "audited via"  # in a session's `info`: what each entry also says, as {"token": …}


def audit(session: Session, user_id: str | None, action: str, detail: Json | None = None) -> None:
    """Notes who did what, in the transaction that does it, and by which program where one did.

    `user_id` is None for the command line and for strangers; `detail` holds identifiers, filters
    and counts, never a person's data.
    """
    told = {**(detail or {}), **session.info.get(VIA, {})}
    entry = AuditEntry(id=new_id(), user_id=user_id, action=action, detail=told, at=now_ms())
    chain.note(session, entry)
