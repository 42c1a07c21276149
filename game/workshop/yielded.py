"""What a workshop yielded, in numbers: its leads by channel and by position, and places to look."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.rules.pack import Pack
from game.rules.translation import brief_in
from game.store.tables import BriefRow, Place, Recommendation


@dataclass(frozen=True)
class Counted:
    """How many came of one channel, or for one position, in the reader's words."""

    label: str
    count: int


@dataclass(frozen=True)
class Yielded:
    """How many leads, of how many people; where they come from and for what, the most first."""

    leads: int
    people: int
    places: int
    channels: tuple[Counted, ...]
    briefs: tuple[Counted, ...]


def yielded(session: Session, workshop_id: str, pack: Pack) -> Yielded:
    """What a workshop came to, in the words of `pack`; no name of anybody is in it."""
    named = select(Recommendation.channel, Recommendation.brief_id, Recommendation.player_id)
    rows = session.execute(named.where(Recommendation.workshop_id == workshop_id)).all()
    titles = titles_of(session, workshop_id, pack.lang)
    places = select(func.count(Place.id)).where(Place.workshop_id == workshop_id)
    labels = {channel.key: f.label for f in pack.families for channel in f.channels}
    return Yielded(
        len(rows),
        len({row.player_id for row in rows}),
        session.scalar(places) or 0,
        _counted(Counter(labels.get(row.channel, "") for row in rows)),
        _counted(Counter(titles.get(row.brief_id, "") for row in rows)),
    )


def titles_of(session: Session, workshop_id: str, lang: str) -> dict[str, str]:
    """What the briefs of a workshop are called in a language, by their ids."""
    rows = session.scalars(select(BriefRow).where(BriefRow.workshop_id == workshop_id))
    return {row.id: brief_in(row, row.translations, lang).title for row in rows}


def _counted(counter: Counter[str]) -> tuple[Counted, ...]:
    ranked = sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Counted(label, n) for label, n in ranked if label)
