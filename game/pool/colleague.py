"""Colleagues who offer themselves for talks with candidates.

Their page is theirs alone: its address goes by mail to their own, and the desk never sees it,
since what candidates ask stands there. Who decides on candidates is no colleague in this sense.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.pool import talk_mail
from game.pool.rehearsal import FOR_REAL
from game.privacy.audit import audit
from game.rules import talk
from game.rules.person import mail_of
from game.store.tables import Colleague, Interview, Nomination, User, Workshop

DECIDE = ("recruiter", "admin")
NAME, TOPICS = 80, 300  # characters


def listed(session: Session) -> Sequence[Row[Colleague, int]]:
    """All of them, with how many talks each has or waits for."""
    count = select(func.count()).where(Interview.colleague_id == Colleague.id).scalar_subquery()
    return session.execute(select(Colleague, count).order_by(Colleague.name, Colleague.id)).all()


def offered(session: Session) -> Sequence[Colleague]:
    """Those whom a candidate may choose, by name."""
    there = select(Colleague).where(Colleague.offered_at.is_not(None))
    return session.scalars(there.order_by(Colleague.name, Colleague.id)).all()


def experts(session: Session) -> Sequence[Nomination]:
    """Who accepted to be named an expert, and is not on the list by that name."""
    known = select(Colleague.name)
    accepted = (Nomination.status == "accepted", Nomination.nominee.not_in(known), FOR_REAL)
    joined = select(Nomination).outerjoin(Workshop, Workshop.id == Nomination.workshop_id)
    found = joined.where(*accepted)
    return session.scalars(found.order_by(Nomination.nominee)).all()


def of_key(session: Session, key: str) -> Colleague:
    """Whose page a key opens. Raises Refusal('unknown_page')."""
    found = session.scalar(select(Colleague).where(Colleague.key == key))
    if found is None:
        raise Refusal("unknown_page")
    return found


def add(session: Session, typed: Mapping[str, str], lang: str, by: str) -> str:
    """Puts a colleague on the list and mails them their page, where they offer themselves.

    Raises Refusal: bad_input, also for who decides on candidates or is on the list already.
    """
    name, mail = typed.get("name", "").strip(), mail_of(typed.get("mail", "").strip())
    faults = {} if name else {"name": "name_missing"}
    faults |= {"name": "too_long"} if len(name) > NAME else {}
    if not mail:
        faults["mail"] = "mail_invalid"
    elif session.scalar(select(Colleague.id).where(Colleague.mail == mail)):
        faults["mail"] = "mail_taken"
    elif session.scalar(
        select(User.id).where(func.lower(User.mail) == mail, User.role.in_(DECIDE))
    ):
        faults["mail"] = "colleague_decides"
    if faults:
        raise Refusal("bad_input", faults)
    topics = typed.get("topics", "").strip()[:TOPICS]
    made = Colleague(
        name=name, mail=mail, topics=topics, lang=lang, added_by=by, created_at=now_ms()
    )
    session.add(made)
    session.flush()
    audit(session, by, "colleague_added", {"colleague": made.id})
    talk_mail.to_colleague(session, "invited", made.id)
    return made.id


def offer(session: Session, key: str, ways: Sequence[str], topics: str, lang: str) -> None:
    """They offer themselves, or change how. Raises Refusal."""
    mine = of_key(session, key)
    if len(topics) > TOPICS:
        raise Refusal("bad_input", {"topics": "too_long"})
    mine.ways, mine.topics, mine.lang = talk.ways(ways), topics.strip(), lang
    mine.offered_at = mine.offered_at or now_ms()
    audit(session, None, "colleague_offered", {"colleague": mine.id})


def leave(session: Session, colleague_id: str, by: str | None) -> None:
    """Takes a colleague off the list: all of them goes, and whoever had asked chooses anew.

    `by` is the user who does it, or None for the colleague's own page.
    """
    mine = session.get(Colleague, colleague_id)
    if mine is None:
        return
    for one in session.scalars(select(Interview).where(Interview.colleague_id == colleague_id)):
        if not one.told_at and (one.at is None or one.at > now_ms()):
            free(session, one)
    session.delete(mine)
    audit(session, by, "colleague_removed", {"colleague": colleague_id})


def free(session: Session, one: Interview) -> None:
    """The contact chooses anew, and is told so."""
    talk_mail.to_contact(session, "declined", one)
    one.state, one.colleague_id, one.at = talk.OPEN, None, None
    one.slots, one.questions, one.place, one.way = [], [], "", ""
