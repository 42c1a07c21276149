"""The directory: places where people are found, and colleagues who answer questions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from game.pool import occasion
from game.pool.recommender import short_name
from game.pool.rehearsal import FOR_REAL
from game.rules.person import fold
from game.store.tables import BriefRow, Nomination, Occasion, Place, Player, Workshop

MOST = 500  # names to choose from


@dataclass
class Line:
    """A place of all rounds, however it is spelled: how often it was named, and for what.

    `knows` are colleagues who know somebody there and said that they may be asked; `occasions` what
    was done there, each with how many people came by it.
    """

    name: str
    channel: str
    count: int = 0
    note: str = ""
    briefs: tuple[str, ...] = ()
    knows: tuple[str, ...] = ()
    occasions: list[tuple[Occasion, int]] = field(default_factory=list)


Said = Row[Place, str | None, Player | None]


def places(session: Session) -> list[Line]:
    """All of them, the most named first; also where somebody posted and nobody named it."""
    found = {key: _line(own) for key, own in _by_name(session).items()}
    for one, came in occasion.listed(session):
        if one.place:
            empty = Line(one.place, one.channel)
            found.setdefault(fold(one.place), empty).occasions.append((one, came))
    return sorted(found.values(), key=lambda line: (-line.count, fold(line.name)))


def _by_name(session: Session) -> dict[str, list[Said]]:
    rows = session.execute(
        select(Place, BriefRow.title, Player)
        .outerjoin(BriefRow, BriefRow.id == Place.brief_id)
        .outerjoin(Workshop, Workshop.id == Place.workshop_id)
        .outerjoin(Player, Player.id == Place.player_id)
        .where(FOR_REAL)
        .order_by(Place.at, Place.id)
    )
    found: dict[str, list[Said]] = {}
    for row in rows:
        found.setdefault(fold(row[0].name), []).append(row)
    return found


def _line(own: Sequence[Said]) -> Line:
    """What is said of one place, under the spelling and the channel that most used."""
    spelled = Counter(place.name for place, _brief, _player in own).most_common(1)[0][0]
    channel = Counter(place.channel for place, _brief, _player in own).most_common(1)[0][0]
    return Line(
        spelled,
        channel,
        len(own),
        next((place.note for place, _brief, _player in own if place.note), ""),
        tuple(dict.fromkeys(brief for _place, brief, _player in own if brief)),
        tuple(
            dict.fromkeys(short_name(player) for place, _, player in own if place.knows and player)
        ),
    )


def names(session: Session) -> Sequence[str]:
    """The names of all places that were found, in order."""
    found = (
        select(Place.name)
        .outerjoin(Workshop, Workshop.id == Place.workshop_id)
        .where(FOR_REAL)
        .distinct()
    )
    return session.scalars(found.order_by(Place.name).limit(MOST)).all()


def experts(session: Session) -> Sequence[Nomination]:
    """The nominations that were accepted, with or without a name, by subject."""
    return session.scalars(
        select(Nomination)
        .outerjoin(Workshop, Workshop.id == Nomination.workshop_id)
        .where(Nomination.status.in_(("accepted", "anonymous")), FOR_REAL)
        .order_by(Nomination.subject)
    ).all()
