"""The few leads that can have the words of a search, by the index of three letters each."""

from collections.abc import Sequence

from sqlalchemy import (
    ColumnElement,
    Integer,
    String,
    Subquery,
    column,
    func,
    or_,
    select,
    table,
    text,
)
from sqlalchemy.orm import Session

from game.pool.cursor import ORDER
from game.rules.near import halves, has_near
from game.rules.sought import words
from game.store.among import Among
from game.store.tables import Lead

FEW = 3_000  # beyond, the list itself, read from the newest on, has a page of them sooner
NEWEST, SELDOM = 5_000, 15  # leads that are looked at, and of how many words are seldom
SOON = 500  # of the newest leads, one has whatever word many have
_CANDIDATES = text("SELECT rowid FROM lead_sought WHERE lead_sought MATCH :threes LIMIT :most")
_NUMBERS = table("lead_numbers", column("number", Integer), column("lead_id", String))


class _SqliteIndex:
    """SQLite's index: leads by three letters in a row of what is sought in them."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def few(self, asked: list[str]) -> ColumnElement[bool] | None:
        """The condition on few leads, all with these words among them; None where many may be."""
        numbers = self._candidates([_all_of(word) for word in asked])
        return self._among(numbers) if len(numbers) <= FEW else None

    def has(self, word: str) -> bool:
        """Has anybody this word?"""
        few = self.few([word])
        asked = [_any_of([word])] if few is None else [few, _any_of([word])]
        return self.session.scalar(select(Lead.id).where(*asked).limit(1)) is not None

    def nearly(self, wanted: list[str], slips: list[str]) -> list[ColumnElement[bool]]:
        """The conditions on leads that have each word, or one half of those that nobody has."""
        asked = [
            _half_of(word) if word in slips else _all_of(word) for word in wanted if len(word) > 2
        ]
        return [self._among(self._candidates(asked))]

    def _candidates(self, asked: list[str]) -> list[int]:
        """The numbers that leads have in the index: what they are here is asked of few alone."""
        threes = " AND ".join(asked)
        found = self.session.scalars(_CANDIDATES, {"threes": threes, "most": FEW + 1})
        return list(found)

    def _among(self, numbers: list[int]) -> ColumnElement[bool]:
        have = Among(_NUMBERS.c.number, numbers)
        return Lead.id.in_(select(_NUMBERS.c.lead_id).where(have))


class _PostgresIndex:
    """PostgreSQL's index: it is looked into without being told to, but for words seldom together.

    PostgreSQL takes two words that each many have for words that many have together: it would read
    the whole list for a nurse who is a welder.
    """

    def __init__(self, session: Session) -> None:
        self.session = session

    def few(self, asked: list[str]) -> ColumnElement[bool] | None:
        """As `_SqliteIndex.few`."""
        if len(asked) < 2 or not self._are_seldom_together(asked):
            return None
        ids = self._by_index(asked, FEW + 1)
        return Among(Lead.id, ids) if len(ids) <= FEW else None

    def has(self, word: str) -> bool:
        """As `_SqliteIndex.has`.

        Asked for one lead with a word that nobody has, PostgreSQL reads the whole table: it takes
        it that one will soon come. Who came last has what many have; the index has the rest.
        """
        newest = _newest(SOON)
        has = newest.c.folded.contains(word, autoescape=True)
        if self.session.scalar(select(func.count()).select_from(newest).where(has)):
            return True
        return bool(self._by_index([word], 1))

    def nearly(self, wanted: list[str], slips: list[str]) -> list[ColumnElement[bool]]:
        """As `_SqliteIndex.nearly`."""
        halved = {word: halves(word) if word in slips else None for word in wanted}
        return [_any_of(parts or [word]) for word, parts in halved.items()]

    def _are_seldom_together(self, wanted: list[str]) -> bool:
        """Have few of the newest leads all these words?"""
        found = _newest(NEWEST)
        have = (found.c.folded.contains(word, autoescape=True) for word in wanted)
        count = select(func.count()).select_from(found).where(*have)
        return (self.session.scalar(count) or 0) < SELDOM

    def _by_index(self, asked: list[str], most: int) -> list[str]:
        """The ids of so many leads with these words, by the index whatever else would be tried."""
        have = (Lead.folded.contains(word, autoescape=True) for word in asked)
        found = select(Lead.id).where(*have).cte("found").prefix_with("MATERIALIZED")
        return list(self.session.scalars(select(found.c.id).limit(most)))


def _newest(most: int) -> Subquery:
    """The texts of those who came last."""
    return select(Lead.folded).order_by(*ORDER).limit(most).subquery()


def _index(session: Session) -> _SqliteIndex | _PostgresIndex:
    sqlite = session.get_bind().dialect.name == "sqlite"
    return _SqliteIndex(session) if sqlite else _PostgresIndex(session)


def narrowed(session: Session, sought: str) -> list[ColumnElement[bool]]:
    """A condition that lets few leads through, all with these words among them; or none.

    None where the words are too short, or too many leads have them.
    """
    asked = [word for word in words(sought) if len(word) > 2]
    few = _index(session).few(asked) if asked else None
    return [] if few is None else [few]


def near(session: Session, sought: str) -> list[str]:
    """The ids of leads with words that are nearly those of a search; a word that somebody has was
    meant. Of very many candidates only the first are looked at."""
    wanted, index = words(sought), _index(session)
    slips = [word for word in wanted if halves(word) and not index.has(word)]
    if not slips:
        return []
    few = select(Lead.id, Lead.folded).where(*index.nearly(wanted, slips)).limit(FEW)
    rows = session.execute(few)
    return [id for id, folded in rows if all(has_near(word, folded) for word in wanted)]


def _any_of(parts: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(Lead.folded.contains(part, autoescape=True) for part in parts))


def _half_of(word: str) -> str:
    parts = halves(word)
    return "(" + " OR ".join(map(_all_of, parts)) + ")" if parts else _all_of(word)


def _all_of(word: str) -> str:
    """What SQLite's search is asked for: some three letters in a row that cover all of a word."""
    starts = (*range(0, len(word) - 2, 3), len(word) - 3)
    threes = dict.fromkeys(word[n : n + 3] for n in starts)
    return "(" + " AND ".join('"' + three.replace('"', '""') + '"' for three in threes) + ")"
