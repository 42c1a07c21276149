"""The posts that the house has: its own positions, and those of workshops for real."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.rules.translation import BriefTexts, brief_in
from game.store.tables import BriefRow, Position, Workshop

MOST = 60
FIELDS = ("title", "trade", "where", "why", "pay")


@dataclass(frozen=True)
class Post:
    """A post by its title, as its newest brief has it; `at` is when that was written or played.

    `said` has its texts by each language that they are said in, its own first.
    """

    title: str
    trade: str
    where: str
    why: str
    pay: str
    must_haves: tuple[str, ...]
    lang: str
    at: int
    said: Mapping[str, BriefTexts]


def posts(session: Session) -> list[Post]:
    """Each once, by its title: the house's own first, then the newest."""
    own = select(Position).order_by(Position.changed_at.desc()).limit(MOST)
    found = [_post(one, one.lang, one.changed_at) for one in session.scalars(own)]
    played = (
        select(BriefRow, Workshop.lang, Workshop.created_at)
        .join(Workshop, Workshop.id == BriefRow.workshop_id)
        .where(Workshop.sort == "real")
        .order_by(Workshop.created_at.desc(), BriefRow.title)
        .limit(MOST * 3)
    )
    found += [_post(*row) for row in session.execute(played)]
    each: dict[str, Post] = {}
    for one in found:
        if one.title:
            each.setdefault(one.title, one)
    return list(each.values())[:MOST]


def post_of(session: Session, title: str) -> Post | None:
    """The post of this title, if there is one."""
    return titled(posts(session), title)


def titled(every: Sequence[Post], title: str) -> Post | None:
    """The one of these posts that has this title, if there is one."""
    return next((one for one in every if one.title == title), None)


def _post(row: Position | BriefRow, lang: str, at: int) -> Post:
    texts = {name: getattr(row, name) for name in FIELDS}
    said = {one: brief_in(row, row.translations, one) for one in (lang, *row.translations)}
    must_haves = tuple(filter(None, row.must_haves))
    return Post(**texts, must_haves=must_haves, lang=lang, at=at, said=said)
