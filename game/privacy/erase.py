"""Erasing a person, so that they stay out under whatever they were ever known by."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Literal

from sqlalchemy import Connection, delete, func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.privacy import chain, own_words
from game.privacy.audit import audit
from game.privacy.suppression import digest, id_key, suppressed_among
from game.privacy.talks_gone import call_off
from game.privacy.views_gone import drop_views
from game.rules.outcome import outcome
from game.rules.person import match_keys
from game.store.tables import (
    FormerKey,
    Lead,
    LeadKey,
    Merge,
    OfferedWay,
    Recommendation,
    Suppression,
    Touchpoint,
    Verdict,
)
from game.webhooks.announce import announce

Why = Literal["asked", "retention", "uninformed", "taken_back"]


def erase(session: Session, secret: str, lead_id: str, user_id: str | None) -> None:
    """Erases a lead and all that was said of it. Points stay; keyed hashes keep the person out.

    Who recommended them still reads their own words and what had become of them, which are sealed:
    no gap tells them.
    """
    said = session.scalars(select(Recommendation).where(Recommendation.lead_id == lead_id)).all()
    lead = session.get_one(Lead, lead_id)
    verdicts = select(Verdict.at, Verdict.verdict).where(Verdict.lead_id == lead_id)
    judged = [(row[0], row[1]) for row in session.execute(verdicts.order_by(Verdict.at))]
    touched = select(func.max(Touchpoint.done_at)).where(Touchpoint.lead_id == lead_id)
    contacted_at = max(session.scalar(touched) or 0, lead.informed_at or 0)
    for key in keys_ever(session, lead_id, said) | offered_to(session, lead_id):
        session.merge(Suppression(digest=digest(secret, key), at=now_ms()))
    words = {
        (one.player_id, one.round_id, one.slot): {
            **own_words.words_of(one),
            "at": one.at,
            "outcome": outcome(one.at, judged, contacted_at, lead.hired_at),
        }
        for one in said
        if one.player_id and one.round_id
    }
    session.flush()
    _drop_offered(session, secret)
    gone(session, [lead_id], "asked")
    own_words.keep(session.connection(), secret, words)
    session.execute(delete(Lead).where(Lead.id == lead_id))
    session.expire_all()
    audit(session, user_id, "lead_erased", {"lead": lead_id})


def _drop_offered(session: Session, secret: str) -> None:
    """Ways to reach somebody who was erased go, also where they were typed under another's name."""
    typed = {one.id: _keys_of(one) for one in session.scalars(select(OfferedWay))}
    every = {key for found in typed.values() for key in found}
    out = suppressed_among(session.connection(), secret, every)
    ids = [id for id, found in typed.items() if found & out]
    session.execute(delete(OfferedWay).where(OfferedWay.id.in_(ids)))


def offered_to(session: Session, lead_id: str) -> set[str]:
    """What was typed under their name keeps out, too, unless it is how somebody else is known:
    whoever types another's address at a stand must not have that other kept out.
    """
    ways = session.scalars(select(OfferedWay).where(OfferedWay.lead_id == lead_id))
    typed = {key for way in ways for key in _keys_of(way)}
    others = select(LeadKey.key).where(LeadKey.key.in_(typed), LeadKey.lead_id != lead_id)
    return typed - set(session.scalars(others))


def _keys_of(way: OfferedWay) -> set[str]:
    typed = {"name": "", "company": "", "mail": "", "phone": "", "link": ""}
    return set(match_keys(SimpleNamespace(**{**typed, way.way: way.value})))


def gone(asking: Session | Connection, lead_ids: Iterable[str], why: Why) -> None:
    """Webhooks are told that these leads are about to be deleted, so that others do so too.

    Colleagues who were to meet them are told that they won't; saved views that tell of them go.

    `why` is asked, retention, uninformed or taken_back. Of rehearsals nobody was ever told.
    """
    lead_ids = list(lead_ids)
    connection = asking.connection() if isinstance(asking, Session) else asking
    call_off(connection, lead_ids)
    drop_views(connection, lead_ids)
    real = select(Lead.id).where(Lead.id.in_(lead_ids), Lead.rehearsed.is_(False))
    ids = connection.scalars(real.order_by(Lead.id)).all()
    announce(connection, "lead_erased", [{"lead": id, "why": why} for id in ids])


def keys_ever(session: Session, lead_id: str, said: Iterable[Recommendation]) -> set[str]:
    """All that a person was ever recognised by: as a lead, as recommended, before merges."""
    found = {id_key(lead_id), *match_keys(session.get_one(Lead, lead_id))}
    found |= set(session.scalars(select(LeadKey.key).where(LeadKey.lead_id == lead_id)))
    found |= set(session.scalars(select(FormerKey.key).where(FormerKey.lead_id == lead_id)))
    for one in said:
        found |= set(match_keys(one))
    for merge in session.scalars(select(Merge).where(Merge.kept_id == lead_id)):
        found |= {id_key(str(merge.other["id"])), *merge.keys}
        found |= set(match_keys(SimpleNamespace(**merge.other)))
    return found


def keep_out(session: Session, secret: str) -> int:
    """Erases again whoever was erased and came back, as from an older backup; returns how many."""
    session.flush()
    if session.scalar(select(Suppression.digest).limit(1)) is None:
        return 0
    everybody = list(session.scalars(select(Lead.id)))
    back = [lead_id for lead_id in everybody if _is_suppressed(session, secret, lead_id)]
    for lead_id in back:
        erase(session, secret, lead_id, None)
    _drop_offered(session, secret)
    chain.link(session)  # whoever restores commits the connection, not this session
    session.flush()
    return len(back)


def _is_suppressed(session: Session, secret: str, lead_id: str) -> bool:
    said = session.scalars(select(Recommendation).where(Recommendation.lead_id == lead_id)).all()
    keys = keys_ever(session, lead_id, said)
    return bool(suppressed_among(session.connection(), secret, keys))
