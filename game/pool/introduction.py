"""Whom to ask for an introduction, and to whom."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from game.pool.recommender import short_name
from game.privacy.audit import audit
from game.privacy.objection import objected_among
from game.store.tables import BriefRow, Lead, Player, Recommendation, Workshop

FIRST_ASKED = 100


class Introduction(NamedTuple):
    """What a colleague offered: `way` is introduce, first or together.

    `named` is the person as that colleague named them. `colleague` is their own name at the desk,
    `first_name` how a message begins; both are the name they play under while `is_known` is
    false. `mail` is their work address, or empty.
    """

    lead_id: str
    lead: str
    named: str
    way: str
    colleague: str
    first_name: str
    is_known: bool
    mail: str
    brief: str
    workshop: str


def offered(session: Session, secret: str, by: str) -> Sequence[Introduction]:
    """The offers that wait, for people to contact first; noted as shown to `by`.

    Those of demonstrations and rehearsals are none, nor are those of people without follow-up, or
    who objected, under whatever they are known by.
    """
    rows = session.execute(
        select(Recommendation, Player, Lead, BriefRow.title, Workshop.name)
        .join(Player, Player.id == Recommendation.player_id)
        .join(Lead, Lead.id == Recommendation.lead_id)
        .join(Workshop, Workshop.id == Recommendation.workshop_id)
        .outerjoin(BriefRow, BriefRow.id == Recommendation.brief_id)
        .where(
            or_(
                Recommendation.reach == "introduce",
                Recommendation.speaks.in_(("first", "together")),
            ),
            Workshop.sort == "real",
            Lead.verdict.in_(("pursue", "")),
            Lead.hired_at.is_(None),
        )
        .order_by(Lead.verdict.desc(), Recommendation.at, Recommendation.id)
        .limit(FIRST_ASKED)
    ).all()
    objected = objected_among(session, secret, {lead.id for _said, _player, lead, *_ in rows})
    asked = [row for row in rows if row[2].id not in objected]
    audit(session, by, "introductions_listed", {"count": len(asked)})
    return [_offer(*row) for row in asked]


def _offer(
    said: Recommendation, player: Player, lead: Lead, brief: str | None, workshop: str
) -> Introduction:
    first, *_ = (player.real_name or player.nickname).split() or [player.nickname]
    return Introduction(
        lead.id,
        lead.name,
        said.name,
        said.speaks if said.speaks in ("first", "together") else "introduce",
        short_name(player),
        first if player.real_name else player.nickname,
        bool(player.real_name),
        player.work_mail,
        brief or "",
        workshop,
    )
