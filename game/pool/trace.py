"""What is known around a lead: what was said of it, how it was judged, who may be the same."""

from collections.abc import Sequence

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from game.pool.keys import leads_by_key
from game.rules.person import fold, match_keys
from game.store.tables import (
    BriefRow,
    Lead,
    Merge,
    Player,
    Recommendation,
    RoundRow,
    ToldOrigin,
    User,
    Verdict,
    Workshop,
)

Said = Row[Recommendation, Player | None, Workshop | None, BriefRow | None, RoundRow | None]
Judged = Row[Verdict, str | None, str | None]
ALIKE = 20  # at most so many are offered as the same person


def said_of(session: Session, lead_ids: Sequence[str]) -> Sequence[Said]:
    """(recommendation, player, workshop, brief, round) of these leads, oldest first.

    All but the first are None where they are gone or never were. What was said in demonstrations
    and rehearsals is told of those alone whom only these know.
    """
    return session.execute(
        select(Recommendation, Player, Workshop, BriefRow, RoundRow)
        .outerjoin(Player, Player.id == Recommendation.player_id)
        .outerjoin(Workshop, Workshop.id == Recommendation.workshop_id)
        .outerjoin(BriefRow, BriefRow.id == Recommendation.brief_id)
        .outerjoin(RoundRow, RoundRow.id == Recommendation.round_id)
        .join(Lead, Lead.id == Recommendation.lead_id)
        .where(Recommendation.lead_id.in_(lead_ids))
        .where(or_(Workshop.id.is_(None), Workshop.sort == "real", Lead.rehearsed.is_(True)))
        .order_by(Recommendation.at, Recommendation.id)
    ).all()


def told_of(session: Session, recommendation_ids: Sequence[str]) -> dict[str, ToldOrigin]:
    """What files told of where these recommendations come from, for those that came in one."""
    told = select(ToldOrigin).where(ToldOrigin.recommendation_id.in_(recommendation_ids))
    return {one.recommendation_id: one for one in session.scalars(told)}


def verdicts_of(session: Session, lead_id: str) -> Sequence[Judged]:
    """(verdict, name, mail) of those who judged a lead, the newest first."""
    return session.execute(
        select(Verdict, User.name, User.mail)
        .outerjoin(User, User.id == Verdict.user_id)
        .where(Verdict.lead_id == lead_id)
        .order_by(Verdict.at.desc())
    ).all()


def merges_of(session: Session, lead_id: str) -> Sequence[Merge]:
    """The merges that a lead was made by and that can be undone, the newest first."""
    rows = select(Merge).where(Merge.kept_id == lead_id).order_by(Merge.at.desc())
    return session.scalars(rows).all()


def alike(session: Session, lead: Lead) -> Sequence[Lead]:
    """Other leads of the same name, but for case, accents and punctuation, or known by its ways."""
    known = set(leads_by_key(session.connection(), match_keys(lead)).values())
    named = Lead.folded.startswith(f"{fold(lead.name)}|", autoescape=True)
    others = select(Lead).where(Lead.id != lead.id, Lead.rehearsed.is_(lead.rehearsed))
    # one after the other: a database asked for either reads everybody
    found = [
        *session.scalars(others.where(Lead.id.in_(known))),
        *session.scalars(others.where(named).limit(ALIKE)),
    ]
    return list(dict.fromkeys(found))[:ALIKE]
