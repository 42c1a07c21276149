"""What a colleague answers to a contact who wants to meet them, from their own page."""

from collections.abc import Sequence
from datetime import tzinfo

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.pool import talk, talk_mail
from game.pool.colleague import free, of_key
from game.privacy.audit import audit
from game.rules.talk import ASKED, COUNTERED
from game.store.tables import Interview, Lead

PLACE = 200  # characters


def of_colleague(session: Session, colleague_id: str) -> Sequence[Row[Interview, str]]:
    """The talks that a colleague waits for or has before them, each with the contact's name."""
    mine = (Interview.colleague_id == colleague_id, Lead.objected_at.is_(None))
    rows = select(Interview, Lead.name).join(Lead, Lead.id == Interview.lead_id).where(*mine)
    found = session.execute(rows.order_by(Interview.at, Interview.opened_at)).all()
    return [row for row in found if not talk.is_over(row[0], now_ms())]


def agree(
    session: Session, key: str, interview_id: str, slot: str, place: str, zone: tzinfo
) -> None:
    """The colleague says yes to one of the times. Raises Refusal."""
    one = _mine(session, key, interview_id, ASKED)
    if slot not in one.slots:
        raise Refusal("bad_input", {"slot": "missing"})
    one.place = _place(place)
    talk.agree(session, one, slot, zone)
    audit(session, None, "talk_agreed", {"talk": one.id})


def propose(session: Session, key: str, interview_id: str, slot: str, place: str) -> None:
    """The colleague proposes another time. Raises Refusal."""
    one = _mine(session, key, interview_id, ASKED)
    one.state, one.slots, one.place = COUNTERED, [slot], _place(place)
    talk_mail.to_contact(session, "countered", one)
    audit(session, None, "talk_countered", {"talk": one.id})


def decline(session: Session, key: str, interview_id: str) -> None:
    """The colleague can't, without a reason: the contact chooses anew. Raises Refusal."""
    one = _mine(session, key, interview_id)
    free(session, one)
    audit(session, None, "talk_declined", {"talk": one.id})


def _place(text: str) -> str:
    if len(text) > PLACE:
        raise Refusal("bad_input", {"place": "too_long"})
    return text.strip()


def _mine(session: Session, key: str, interview_id: str, *states: str) -> Interview:
    one = talk.held(session, interview_id)
    if one is None or one.colleague_id != of_key(session, key).id:
        raise Refusal("talk_moved")
    if (states and one.state not in states) or talk.is_over(one, now_ms()):
        raise Refusal("talk_moved")
    return one
