"""Somebody enters themselves at a stand, a school, an evening or by a post, and agrees to be kept.

Nothing proves that who types a name is that person: whom the pool knows already is not rewritten,
another way to reach them waits for a recruiter, who was erased stays out, and everybody is thanked
alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import DAY_MS, day_of, month_after
from game.base.refusal import Refusal
from game.pool import keys, offered
from game.pool import lead as cleaning
from game.pool.occasion import LATE, slot_of
from game.pool.own_wish import until
from game.privacy import notice
from game.privacy.audit import audit
from game.privacy.suppression import digest, suppressed_among
from game.rules.lexicon import touched
from game.rules.pack import Pack
from game.rules.person import match_keys
from game.store.tables import (
    Arrival,
    GuestCard,
    Lead,
    Occasion,
    Recommendation,
    ToldOrigin,
)

STAYS = 12  # months, unless the person says otherwise on their own page
REACH = ("mail", "phone")
TEXTS = ("role", "skills", "reason")
TYPED = (*cleaning.PLAIN, *cleaning.REACH, "skills")
SENT = "form_sent"  # by somebody else: the next sending needs an id of its own


@dataclass(frozen=True)
class Entry:
    """What somebody typed, under the id that their form made, and when (milliseconds).

    `late` says that they are gone: what cannot be right is kept as a remark, not given back.
    """

    id: str
    typed: Mapping[str, str]
    at: int
    late: bool = False


def enter(
    session: Session,
    secret: str,
    pack: Pack,
    where: tuple[Occasion, GuestCard | None],
    entry: Entry,
    country: str,
) -> None:
    """Takes them in, once for each form. Raises Refusal with the faults at their fields."""
    if not 8 <= len(entry.id) <= 40:
        raise Refusal("bad_input", {"all": "invalid"})
    typed = _digest(secret, entry)
    if (before := session.get(Arrival, entry.id)) is not None:
        if before.digest not in ("", typed):
            raise Refusal("bad_input", {"name": SENT})
        return
    said = _said(entry, where[0], country)
    _hold_back(said, pack)
    version = notice.read(session, entry.typed.get("notice", ""))
    lead = None if _is_erased(session, secret, said) else _lead(session, said, version, where[0])
    _keep(session, where, said, lead)
    arrived = {"id": entry.id, "occasion_id": where[0].id, "at": said.at, "digest": typed}
    card_id = where[1].id if where[1] else None
    session.add(Arrival(**arrived, card_id=card_id, lead_id=lead.id if lead else None))
    audit(session, None, "guest_entered", {"occasion": where[0].id})


def _said(entry: Entry, occasion: Occasion, country: str) -> Recommendation:
    """What they say of themselves. Raises Refusal."""
    values, remark = _read(entry, country)
    if not entry.typed.get("agree"):
        raise Refusal("bad_input", {"agree": "agree_missing"})
    at = max(min(entry.at, now_ms()), now_ms() - LATE.days * DAY_MS)
    return Recommendation(
        **values,
        **{"slot": slot_of(entry.id), "channel": occasion.channel, "relationship": ""},
        **{"known": True, "internal": False, "aware": True, "reason": remark, "at": at},
        reach=next((way for way in REACH if values[way]), ""),
    )


def _keep(
    session: Session,
    where: tuple[Occasion, GuestCard | None],
    said: Recommendation,
    lead: Lead | None,
) -> None:
    """What was said of a lead is theirs, with who handed the card."""
    if lead is None:
        return
    occasion, card = where
    said.lead_id = lead.id
    session.add(said)
    session.flush()
    came = {"workshop": occasion.name, "recommender": card.host if card else ""}
    session.add(ToldOrigin(recommendation_id=said.id, **came))


def _digest(secret: str, entry: Entry) -> str:
    typed = (entry.typed.get(name, "").strip() for name in TYPED)
    return digest(secret, "\n".join((entry.id, *typed)))


def _read(entry: Entry, country: str) -> tuple[dict[str, object], str]:
    """The fields in their normal form, and what of a late one could not be one."""
    typed, remark = dict(entry.typed), ""
    if entry.late:
        typed = {name: value[: cleaning.PLAIN.get(name, 400)] for name, value in typed.items()}
    try:
        values = cleaning.clean(typed, country)
    except Refusal as refusal:
        wrong = set(refusal.fields) & set(REACH)
        if not entry.late or wrong != set(refusal.fields):
            raise
        remark = ", ".join(typed[name] for name in sorted(wrong))[:140]
        values = cleaning.clean({**typed, **dict.fromkeys(wrong, "")}, country)
    if not entry.late and not any(values[way] for way in REACH):
        raise Refusal("bad_input", {"mail": "reach_missing"})
    return values, remark


def _hold_back(said: Recommendation, pack: Pack) -> None:
    """Free texts that touch on what the law keeps out wait until one person has read them."""
    held: dict[str, object] = {}
    for name in TEXTS:
        value = getattr(said, name)
        text = value if isinstance(value, str) else ", ".join(value)
        if touched(text, pack.lexicon):
            held[name] = value
            setattr(said, name, type(value)())
    said.held = held or None


def _is_erased(session: Session, secret: str, said: Recommendation) -> bool:
    return bool(suppressed_among(session.connection(), secret, set(match_keys(said))))


def _lead(session: Session, said: Recommendation, version: int, where: Occasion) -> Lead:
    """Who these keys recognise, the surest first; else a new lead who was told and agreed here."""
    own = match_keys(said)
    known = keys.leads_by_key(session.connection(), own)
    found = next((known[key] for key in own if key in known), None)
    lead = session.get_one(Lead, found) if found else Lead(created_at=said.at)
    if found and not lead.rehearsed:
        offered.offer(session, lead.id, offered.leave_out(said, lead), where.name, said.at)
        return lead
    for name in ("name", "role", "company", "skills", "mail", "phone", "link", "channel"):
        setattr(lead, name, getattr(said, name))
    day = day_of(said.at)
    lead.rehearsed, lead.internal = False, False
    lead.origin, lead.informed_at, lead.inform_by = "invite", said.at, month_after(day)
    lead.notice_version = version
    lead.agreed_at, lead.kept_until = said.at, until(day, STAYS)
    session.add(lead)
    session.flush()
    keys.give(session.connection(), {lead.id: list(own)})
    return lead
