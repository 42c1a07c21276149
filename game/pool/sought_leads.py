"""The few leads that can have the words of a search, by the index of three letters each."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select, text
from sqlalchemy.orm import Session

from game.rules.near import halves, has_near
from game.rules.sought import words
from game.store.one_of import one_of
from game.store.tables import Lead

FEW = 3_000  # beyond, the list itself, read from the newest on, has a page of them sooner
NEWEST, SELDOM = 5_000, 15  # leads that are looked at, and of how many words are seldom
_CANDIDATES = text(
    "SELECT lead_id FROM lead_numbers WHERE number IN"
    " (SELECT rowid FROM lead_sought WHERE lead_sought MATCH :threes LIMIT :most)"
)


class _SqliteIndex:
    """SQLite's index: leads by three letters in a row of what is sought in them."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def few(self, asked: list[str]) -> list[str] | None:
        """The ids of few leads, all with these words among them; None where too many may be."""
        ids = self._candidates([_all_of(word) for word in asked])
        return ids if len(ids) <= FEW else None

    def nearly(self, wanted: list[str], slips: list[str]) -> list[ColumnElement[bool]]:
        """The conditions on leads that have each word, or one half of those that nobody has."""
        asked = [
            _half_of(word) if word in slips else _all_of(word) for word in wanted if len(word) > 2
        ]
        return [one_of(self.session, Lead.id, self._candidates(asked))]

    def _candidates(self, asked: list[str]) -> list[str]:
        threes = " AND ".join(asked)
        found = self.session.scalars(_CANDIDATES, {"threes": threes, "most": FEW + 1})
        return list(found)


class _PostgresIndex:
    """PostgreSQL's index: it is looked into without being told to, but for words seldom together.

    PostgreSQL takes two words that each many have for words that many have together: it would read
    the whole list for a nurse who is a welder.
    """

    def __init__(self, session: Session) -> None:
        self.session = session

    def few(self, asked: list[str]) -> list[str] | None:
        """As `_SqliteIndex.few`."""
        if len(asked) < 2 or not self._are_seldom_together(asked):
            return None
        have = (Lead.folded.contains(word, autoescape=True) for word in asked)
        found = select(Lead.id).where(*have).cte("found").prefix_with("MATERIALIZED")
        ids = list(self.session.scalars(select(found.c.id).limit(FEW + 1)))
        return ids if len(ids) <= FEW else None

    def nearly(self, wanted: list[str], slips: list[str]) -> list[ColumnElement[bool]]:
        """As `_SqliteIndex.nearly`."""
        halved = {word: halves(word) if word in slips else None for word in wanted}
        return [_any_of(parts or [word]) for word, parts in halved.items()]

    def _are_seldom_together(self, wanted: list[str]) -> bool:
        """Have few of the newest leads all these words?"""
        newest = select(Lead.folded).order_by(Lead.created_at.desc(), Lead.id.desc())
        found = newest.limit(NEWEST).subquery()
        have = (found.c.folded.contains(word, autoescape=True) for word in wanted)
        count = select(func.count()).select_from(found).where(*have)
        return (self.session.scalar(count) or 0) < SELDOM


def _index(session: Session) -> _SqliteIndex | _PostgresIndex:
    sqlite = session.get_bind().dialect.name == "sqlite"
    return _SqliteIndex(session) if sqlite else _PostgresIndex(session)


def narrowed(session: Session, sought: str) -> list[ColumnElement[bool]]:
    """A condition that lets few leads through, all with these words among them; or none.

    None where the words are too short, or too many leads have them.
    """
    asked = [word for word in words(sought) if len(word) > 2]
    ids = _index(session).few(asked) if asked else None
    return [] if ids is None else [one_of(session, Lead.id, ids)]


def near(session: Session, sought: str) -> list[str]:
    """The ids of leads with words that are nearly those of a search; a word that somebody has was
    meant. Of very many candidates only the first are looked at."""
    wanted, index = words(sought), _index(session)
    slips = [word for word in wanted if halves(word) and not _is_known(session, index, word)]
    if not slips:
        return []
    few = select(Lead.id, Lead.folded).where(*index.nearly(wanted, slips)).limit(FEW)
    rows = session.execute(few)
    return [id for id, folded in rows if all(has_near(word, folded) for word in wanted)]


def _is_known(session: Session, index: _SqliteIndex | _PostgresIndex, word: str) -> bool:
    ids = index.few([word])
    few = [] if ids is None else [one_of(session, Lead.id, ids)]
    return session.scalar(select(Lead.id).where(*few, _any_of([word])).limit(1)) is not None


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
