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


def narrowed(session: Session, sought: str) -> list[ColumnElement[bool]]:
    """A condition that lets few leads through, all with these words among them; or none.

    None where the words are too short, or too many leads have them.
    """
    asked = [word for word in words(sought) if len(word) > 2]
    if not asked:
        return []
    if session.get_bind().dialect.name == "sqlite":
        ids = _candidates(session, [_all_of(word) for word in asked])
    elif len(asked) > 1 and _are_seldom_together(session, asked):
        ids = _indexed(session, asked)
    else:  # PostgreSQL looks into its index by itself
        return []
    return [one_of(session, Lead.id, ids)] if len(ids) <= FEW else []


def _are_seldom_together(session: Session, wanted: list[str]) -> bool:
    """Have few of the newest leads all these words?

    PostgreSQL takes two words that each many have for words that many have together: it would read
    the whole list for a nurse who is a welder.
    """
    newest = select(Lead.folded).order_by(Lead.created_at.desc(), Lead.id.desc()).limit(NEWEST)
    found = newest.subquery()
    have = (found.c.folded.contains(word, autoescape=True) for word in wanted)
    return (session.scalar(select(func.count()).select_from(found).where(*have)) or 0) < SELDOM


def _indexed(session: Session, wanted: list[str]) -> list[str]:
    """The ids of leads with all these words, by the index whatever it is thought to cost."""
    have = (Lead.folded.contains(word, autoescape=True) for word in wanted)
    found = select(Lead.id).where(*have).cte("found").prefix_with("MATERIALIZED")
    return list(session.scalars(select(found.c.id).limit(FEW + 1)))


def near(session: Session, sought: str) -> list[str]:
    """The ids of leads with words that are nearly those of a search; a word that somebody has was
    meant. Of very many candidates only the first are looked at."""
    wanted = words(sought)
    slips = [word for word in wanted if halves(word) and not _is_known(session, word)]
    if not slips:
        return []
    few = select(Lead.id, Lead.folded).where(*_nearly(session, wanted, slips)).limit(FEW)
    rows = session.execute(few)
    return [id for id, folded in rows if all(has_near(word, folded) for word in wanted)]


def _is_known(session: Session, word: str) -> bool:
    few: list[ColumnElement[bool]] = []
    if session.get_bind().dialect.name == "sqlite":
        ids = _candidates(session, [_all_of(word)])
        few = [one_of(session, Lead.id, ids)] if len(ids) <= FEW else []
    return session.scalar(select(Lead.id).where(*few, _any_of([word])).limit(1)) is not None


def _nearly(session: Session, wanted: list[str], slips: list[str]) -> list[ColumnElement[bool]]:
    """The conditions on leads that have each word, or one half of those that nobody has."""
    parts = {word: halves(word) if word in slips else None for word in wanted}
    if session.get_bind().dialect.name != "sqlite":
        return [_any_of(halved or [word]) for word, halved in parts.items()]
    asked = [
        _half_of(word) if halved else _all_of(word)
        for word, halved in parts.items()
        if len(word) > 2
    ]
    return [one_of(session, Lead.id, _candidates(session, asked))]


def _any_of(parts: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(Lead.folded.contains(part, autoescape=True) for part in parts))


def _candidates(session: Session, asked: list[str]) -> list[str]:
    threes = " AND ".join(asked)
    return list(session.scalars(_CANDIDATES, {"threes": threes, "most": FEW + 1}))


def _half_of(word: str) -> str:
    parts = halves(word)
    return "(" + " OR ".join(map(_all_of, parts)) + ")" if parts else _all_of(word)


def _all_of(word: str) -> str:
    """What SQLite's search is asked for: some three letters in a row that cover all of a word."""
    starts = (*range(0, len(word) - 2, 3), len(word) - 3)
    threes = dict.fromkeys(word[n : n + 3] for n in starts)
    return "(" + " AND ".join('"' + three.replace('"', '""') + '"' for three in threes) + ")"
