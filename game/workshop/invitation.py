"""Inviting: nobody writes of somebody else; a player hands on a link, and the person enters.

What they say goes the way of any answer, so that its points come with it; but their words are not
shown to who invited them.
"""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of
from game.base.refusal import Refusal
from game.pool import lead as cleaning
from game.pool.own_wish import until
from game.privacy import notice
from game.privacy.audit import audit
from game.rules.facts import INVITED
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


def of_key(session: Session, key: str) -> Invitation:
    """The link that is still to be used. Raises Refusal."""
    found = session.scalar(select(Invitation).where(Invitation.key == key))
    if found is None or found.used_at:
        raise Refusal("unknown_page")
    return found


def enter(session: Session, play: Play, key: str, typed: Mapping[str, object], country: str) -> str:
    """The person enters themselves and agrees to be kept; returns the workshop to be shown anew.

    Somebody whose data were erased is thanked as everybody is, and stays out: whoever holds the
    link may not be who they say they are. Raises Refusal with the faults at their fields.
    """
    invitation = of_key(session, key)
    version = notice.read(session, str(typed.get("notice", "")))
    values = cleaning.clean(typed, country)
    reach = next((way for way in ("mail", "phone") if values[way]), "")
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
    _answer(session.connection(), play, invitation, raw)
    invitation.used_at = now_ms()
    _agreed(session, invitation, slot, version)
    return invitation.workshop_id


def _answer(
    connection: Connection, play: Play, made: Invitation, raw: Mapping[str, object]
) -> None:
    sent = Sent(str(made.player_id), made.round_id, made.id, raw, now_ms(), invited=True)
    (outcome,) = play.many(connection, [sent])
    if isinstance(outcome, Refusal):
        raise outcome


def _agreed(session: Session, invitation: Invitation, slot: str, version: int) -> None:
    """A person who is new to the pool was told on the page, and agreed there."""
    said = session.execute(
        select(Recommendation.lead_id, Recommendation.new_to_pool).where(
            Recommendation.round_id == invitation.round_id,
            Recommendation.player_id == invitation.player_id,
            Recommendation.slot == slot,
        )
    ).one_or_none()
    invitation.lead_id = said.lead_id if said else None
    audit(session, None, "invitation_used", {"invitation": invitation.id})
    if said is None or not said.new_to_pool:
        return
    lead, now = session.get_one(Lead, said.lead_id), now_ms()
    lead.origin, lead.informed_at = "invite", now
    lead.notice_version = version
    lead.agreed_at, lead.kept_until = now, until(day_of(now), STAYS)
