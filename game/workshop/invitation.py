"""Inviting: nobody writes of somebody else; a player hands on a link, and the person enters.

What they say goes the way of any answer, so that its points come with it; but their words are not
shown to who invited them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of
from game.base.refusal import Refusal
from game.pool import keys, offered
from game.pool import lead as cleaning
from game.pool.own_wish import until
from game.privacy import notice
from game.privacy.audit import audit
from game.privacy.suppression import suppressed_among
from game.rules.facts import INVITED
from game.rules.person import match_keys
from game.store.base import new_id
from game.store.tables import Invitation, Lead, Player, Recommendation, RoundRow, Workshop
from game.workshop.play import Play, Sent

MOST = 30  # links of one player in one round
STAYS = 12  # months, unless the person says otherwise on their own page


def make(session: Session, player_id: str, round_id: str) -> Invitation:
    """A new personal link for one person. Raises Refusal where there is none to be had."""
    player, row = session.get(Player, player_id), session.get(RoundRow, round_id)
    if player is None or player.removed_at or row is None or row.workshop_id != player.workshop_id:
        raise Refusal("unknown_round")
    if session.get_one(Workshop, row.workshop_id).capture != "invite":
        raise Refusal("not_now")
    mine = (Invitation.player_id == player_id, Invitation.round_id == round_id)
    if (session.scalar(select(func.count()).where(*mine)) or 0) >= MOST:
        raise Refusal("too_many_invitations")
    where = {"player_id": player_id, "round_id": round_id, "workshop_id": row.workshop_id}
    made = Invitation(id=new_id(), at=now_ms(), **where)
    session.add(made)
    session.flush()
    return made


def of_player(session: Session, player_id: str, round_id: str) -> Sequence[Invitation]:
    """A player's links in a round, the newest first."""
    mine = select(Invitation).where(
        Invitation.player_id == player_id, Invitation.round_id == round_id
    )
    return session.scalars(mine.order_by(Invitation.at.desc())).all()


def of_key(session: Session, key: str, *, held: bool = False) -> Invitation:
    """The link that is still to be used; `held` by this transaction alone. Raises Refusal."""
    wanted = select(Invitation).where(Invitation.key == key)
    found = session.scalar(wanted.with_for_update() if held else wanted)
    if found is None or found.used_at:
        raise Refusal("unknown_page")
    return found


def enter(session: Session, play: Play, key: str, typed: Mapping[str, object], country: str) -> str:
    """The person enters themselves and agrees to be kept; returns the workshop to be shown anew.

    Somebody whose data were erased is thanked as everybody is, and stays out: whoever holds the
    link may not be who they say they are. Raises Refusal with the faults at their fields.
    """
    invitation = of_key(session, key, held=True)  # of two at once, one is told that it is used
    version = notice.read(session, str(typed.get("notice", "")))
    values = cleaning.clean(typed, country)
    ways = {way: str(values[way]) for way in offered.REACH if values[way]}
    reach = _surest(session, play.secret, ways)
    faults = {} if reach else {"mail": "reach_missing"}
    if not typed.get("agree"):
        faults["agree"] = "agree_missing"
    if faults:
        raise Refusal("bad_input", faults)
    slot = f"{INVITED}{invitation.id}"
    raw = {
        **{name: values[name] for name in ("name", "role", "company", "skills")},
        **{"slot": slot, "relationship": typed.get("relationship", ""), "aware": True},
        **{"reach": reach, "reach_value": values[reach]},
    }
    before = _known(session, values)
    _answer(session.connection(), play, invitation, raw)
    invitation.used_at = now_ms()
    said = _said(session, invitation, slot)
    invitation.lead_id = said.lead_id if said else None
    audit(session, None, "invitation_used", {"invitation": invitation.id})
    if said is not None:
        for way, value in ways.items():
            setattr(said, way, value)
        if said.new_to_pool:
            _agreed(session, said, version)
        elif before is not None:
            _leave_out(session, said, before)
    return invitation.workshop_id


def _answer(
    connection: Connection, play: Play, made: Invitation, raw: Mapping[str, object]
) -> None:
    sent = Sent(str(made.player_id), made.round_id, made.id, raw, now_ms(), invited=True)
    (outcome,) = play.many(connection, [sent])
    if isinstance(outcome, Refusal):
        raise outcome


@dataclass(frozen=True)
class Before:
    """What a known person was reached and recognised by before they entered themselves."""

    lead_id: str
    name: str
    company: str
    mail: str
    phone: str
    link: str
    keys: frozenset[str]


def _surest(session: Session, secret: str, ways: Mapping[str, str]) -> str:
    """The way that tells who they are: an answer has one, and the person may give two.

    By whichever of them somebody was erased, they stay out; by whichever they are known, they are.
    """
    own = {way: f"{way[0]}:{value}" for way, value in ways.items()}
    erased = suppressed_among(session.connection(), secret, set(own.values()))
    known = keys.leads_by_key(session.connection(), own.values())
    return next(
        (way for among in (erased, known, own.values()) for way in own if own[way] in among), ""
    )


def _known(session: Session, values: Mapping[str, object]) -> Before | None:
    """Who these keys recognise, the surest first, as they are now."""
    own = match_keys(Lead(**{name: values[name] for name in ("name", "company", *offered.WAYS)}))
    found = keys.leads_by_key(session.connection(), own)
    lead_id = next((found[key] for key in own if key in found), None)
    if lead_id is None:
        return None
    lead, had = session.get_one(Lead, lead_id), keys.keys_by_lead(session.connection(), [lead_id])
    shown = {name: getattr(lead, name) for name in ("name", "company", *offered.WAYS)}
    return Before(lead_id, **shown, keys=frozenset(had[lead_id]))


def _said(session: Session, invitation: Invitation, slot: str) -> Recommendation | None:
    """What was kept of what they said: nothing of somebody who was erased."""
    return session.scalar(
        select(Recommendation).where(
            Recommendation.round_id == invitation.round_id,
            Recommendation.player_id == invitation.player_id,
            Recommendation.slot == slot,
        )
    )


def _leave_out(session: Session, said: Recommendation, before: Before) -> None:
    """Nothing proves that they are the person known: another way to reach them recognises nobody,
    and waits for a recruiter. Their points are as everybody's, so that they tell nothing.
    """
    lead = session.get_one(Lead, said.lead_id, populate_existing=True)
    other = offered.leave_out(said, before)
    for way in offered.WAYS:
        setattr(lead, way, getattr(before, way))
    session.flush()
    keys.replace(session.connection(), {lead.id: before.keys})
    workshop = session.get_one(Workshop, said.workshop_id)
    if workshop.sort == "real":
        offered.offer(session, lead.id, other, workshop.name[:120], now_ms())


def _agreed(session: Session, said: Recommendation, version: int) -> None:
    """A person who is new to the pool was told on the page, and agreed there."""
    lead, now = session.get_one(Lead, said.lead_id, populate_existing=True), now_ms()
    for way in offered.REACH:
        setattr(lead, way, getattr(lead, way) or getattr(said, way))
    lead.origin, lead.informed_at = "invite", now
    lead.notice_version = version
    lead.agreed_at, lead.kept_until = now, until(day_of(now), STAYS)
    session.flush()
    keys.give(session.connection(), {lead.id: match_keys(lead)})
