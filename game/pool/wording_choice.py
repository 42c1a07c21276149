"""Which title was chosen for an advert, and why."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.store.tables import WordingChoice

REASON, TITLE = 300, 120  # characters
SHOWN = 20


def choose(session: Session, among: Sequence[str], chosen: str, reason: str, by: str) -> None:
    """Keeps a choice with its reason. Raises Refusal naming each field at fault."""
    faults, reason = {}, reason.strip()
    if chosen not in among or len(chosen) > TITLE:
        faults["chosen"] = "missing"
    if not reason:
        faults["reason"] = "missing"
    elif len(reason) > REASON:
        faults["reason"] = "too_long"
    if faults:
        raise Refusal("bad_input", faults)
    given = {"among": list(among), "chosen": chosen, "reason": reason}
    session.add(WordingChoice(**given, user_id=by, at=now_ms()))
    audit(session, by, "title_chosen", {"among": len(among)})


def choices(session: Session) -> Sequence[WordingChoice]:
    """The newest choices."""
    rows = select(WordingChoice).order_by(WordingChoice.at.desc(), WordingChoice.id)
    return session.scalars(rows.limit(SHOWN)).all()
