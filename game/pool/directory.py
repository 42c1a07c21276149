"""The directory: places where people are found, and colleagues who answer questions."""

from collections.abc import Sequence

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import Session

from game.store.tables import BriefRow, Nomination, Place, Workshop

MOST = 500  # names to choose from


def places(session: Session) -> Sequence[Row[str, str, int, str, str | None]]:
    """(name, channel, how often named, a note, title of the brief), the most named first."""
    return session.execute(
        select(Place.name, Place.channel, func.count(), func.max(Place.note), BriefRow.title)
        .outerjoin(BriefRow, BriefRow.id == Place.brief_id)
        .outerjoin(Workshop, Workshop.id == Place.workshop_id)
        .where(or_(Workshop.id.is_(None), Workshop.sort == "real"))
        .group_by(Place.name, Place.channel, BriefRow.title)
        .order_by(func.count().desc(), Place.name)
    ).all()


def names(session: Session) -> Sequence[str]:
    """The names of all places that were found, in order."""
    return session.scalars(select(Place.name).distinct().order_by(Place.name).limit(MOST)).all()


def experts(session: Session) -> Sequence[Nomination]:
    """The nominations that were accepted, with or without a name, by subject."""
    return session.scalars(
        select(Nomination)
        .where(Nomination.status.in_(("accepted", "anonymous")))
        .order_by(Nomination.subject)
    ).all()
