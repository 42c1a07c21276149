"""The directory: places where people are found, and colleagues who answer questions."""

from collections.abc import Sequence

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from game.store.tables import BriefRow, Nomination, Place


def places(session: Session) -> Sequence[Row[str, str, int, str, str | None]]:
    """(name, channel, how often named, a note, title of the brief), the most named first."""
    return session.execute(
        select(Place.name, Place.channel, func.count(), func.max(Place.note), BriefRow.title)
        .outerjoin(BriefRow, BriefRow.id == Place.brief_id)
        .group_by(Place.name, Place.channel, BriefRow.title)
        .order_by(func.count().desc(), Place.name)
    ).all()


def experts(session: Session) -> Sequence[Nomination]:
    """The nominations that were accepted, with or without a name, by subject."""
    return session.scalars(
        select(Nomination)
        .where(Nomination.status.in_(("accepted", "anonymous")))
        .order_by(Nomination.subject)
    ).all()
