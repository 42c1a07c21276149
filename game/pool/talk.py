"""The reverse interview, by the desk that opens it and the contact who chooses.

Once the contact has asked, it is between them and the colleague: the desk sees that they meet, and
neither changes it nor reads what is asked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.base.slots import moment
from game.pool import talk_mail
from game.pool.touchpoint import allowed
from game.privacy.audit import audit
from game.rules import talk
from game.rules.lexicon import touched
from game.rules.pack import Pack
from game.store.tables import Colleague, Interview, Lead

WORDS = 500  # characters


@dataclass(frozen=True)
class Wish:
    """What a contact chose: whom, how, when (by the house's clock), and what they ask."""

    colleague_id: str
    way: str
    slots: Sequence[str]
    questions: Sequence[str]
    lang: str


def of_lead(session: Session, lead_id: str) -> tuple[Interview, Colleague | None] | None:
    """The newest talk of a lead, with the colleague it is with."""
    mine = select(Interview).where(Interview.lead_id == lead_id)
    one = session.scalars(mine.order_by(Interview.opened_at.desc(), Interview.id).limit(1)).first()
    if one is None:
        return None
    return one, session.get(Colleague, one.colleague_id) if one.colleague_id else None


def held(session: Session, interview_id: str) -> Interview | None:
    """A talk as it is now: of contact and colleague, one at a time moves it."""
    return session.get(Interview, interview_id, with_for_update=True, populate_existing=True)


def is_over(one: Interview, now: int) -> bool:
    """Is the agreed time past?"""
    return one.state == talk.AGREED and one.at is not None and one.at < now


def open(session: Session, secret: str, lead_id: str, why: str, lang: str, by: str) -> str:
    """Opens a talk to a lead, who is told by mail; returns its id.

    Raises Refusal: as every contact that we make; no_mail; talk_open where one is not over yet.
    """
    if why not in talk.WHYS:
        raise Refusal("bad_input", {"why": "invalid"})
    allowed(session, secret, lead_id, "invitation")
    if not session.get_one(Lead, lead_id).mail:
        raise Refusal("no_mail")
    found = of_lead(session, lead_id)
    if found and not is_over(found[0], now_ms()):
        raise Refusal("talk_open")
    made = Interview(lead_id=lead_id, why=why, lang=lang, opened_by=by, opened_at=now_ms())
    session.add(made)
    session.flush()
    audit(session, by, "talk_opened", {"lead": lead_id, "talk": made.id})
    talk_mail.to_contact(session, "opened", made)
    return made.id


def close(session: Session, lead_id: str, by: str) -> None:
    """Takes back a talk that the contact has not asked for yet. Raises Refusal('talk_begun')."""
    found = of_lead(session, lead_id)
    if found is None or found[0].state != talk.OPEN:
        raise Refusal("talk_begun")
    session.delete(found[0])
    audit(session, by, "talk_closed", {"lead": lead_id, "talk": found[0].id})


def ask(session: Session, secret: str, lead_id: str, wish: Wish) -> None:
    """The contact asks a colleague. Raises Refusal: bad_input, objected, talk_moved."""
    one, _ = _at(session, secret, lead_id, talk.OPEN)
    chosen = session.get(Colleague, wish.colleague_id)
    if chosen is None or chosen.offered_at is None:
        raise Refusal("bad_input", {"colleague": "missing"})
    if wish.way not in chosen.ways:
        raise Refusal("bad_input", {"way": "way_other"})
    one.colleague_id, one.way, one.state = chosen.id, wish.way, talk.ASKED
    one.slots, one.questions, one.lang = list(wish.slots), list(wish.questions), wish.lang
    audit(session, None, "talk_asked", {"lead": lead_id, "talk": one.id})
    talk_mail.to_colleague(session, "asked", chosen.id, one)
    talk_mail.to_contact(session, "sent", one)


def accept(session: Session, secret: str, lead_id: str, zone: tzinfo) -> None:
    """The contact takes the time that the colleague proposed. Raises Refusal."""
    one, _ = _at(session, secret, lead_id, talk.COUNTERED)
    agree(session, one, one.slots[0], zone)
    audit(session, None, "talk_agreed", {"lead": lead_id, "talk": one.id})


def agree(session: Session, one: Interview, slot: str, zone: tzinfo) -> None:
    """The talk is at this time; both are told, and reminded the day before. Raises Refusal."""
    at = moment(slot, zone)
    if at <= now_ms():
        raise Refusal("bad_input", {"slots": "slot_far"})
    one.state, one.slots, one.at = talk.AGREED, [], at
    talk_mail.about_the_day(session, one)


def withdraw(session: Session, secret: str, lead_id: str) -> None:
    """The contact takes their request back, and may choose anew. Raises Refusal."""
    one, whom = _at(session, secret, lead_id, talk.ASKED, talk.COUNTERED, talk.AGREED)
    if is_over(one, now_ms()):
        raise Refusal("talk_moved")
    if whom:
        talk_mail.to_colleague(session, "cancelled", whom.id, one)
    if one.at:
        talk_mail.to_contact(session, "withdrawn", one)
    one.state, one.colleague_id, one.at = talk.OPEN, None, None
    one.slots, one.questions, one.place, one.way = [], [], "", ""
    audit(session, None, "talk_withdrawn", {"lead": lead_id, "talk": one.id})


def tell(session: Session, secret: str, pack: Pack, lead_id: str, helped: str, words: str) -> None:
    """The contact says how it was, once it is over. Raises Refusal.

    Recruiters read it: words that touch on what the law keeps out wait for one reader first.
    """
    one, _ = _at(session, secret, lead_id, talk.AGREED)
    if not is_over(one, now_ms()) or one.told_at:
        raise Refusal("talk_moved")
    if helped not in talk.HELPED:
        raise Refusal("bad_input", {"helped": "missing"})
    if len(words) > WORDS:
        raise Refusal("bad_input", {"words": "too_long"})
    said = words.strip()
    held = bool(touched(said, pack.lexicon))
    one.words, one.held_words = ("", said) if held else (said, "")
    one.helped, one.told_at, one.questions = helped, now_ms(), []
    audit(session, None, "talk_told", {"lead": lead_id, "talk": one.id})


def _at(
    session: Session, secret: str, lead_id: str, *states: str
) -> tuple[Interview, Colleague | None]:
    """The lead's talk, if it stands there. Raises Refusal, also for who objected meanwhile."""
    allowed(session, secret, lead_id, "invitation")
    found = of_lead(session, lead_id)
    one = held(session, found[0].id) if found else None
    if one is None or one.state not in states:
        raise Refusal("talk_moved")
    return one, session.get(Colleague, one.colleague_id) if one.colleague_id else None
