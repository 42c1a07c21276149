"""Who named a person first in a workshop: by what was said there, and by nothing else.

What the pool knows of somebody, or knew before it erased them, must not be read off points: two
players who name one person in different ways would learn from them whether the pool knows that it
is one. So words are compared with words, those about the erased by keyed hashes of theirs.
"""

from collections.abc import Hashable, Iterator
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from game.rules.person import match_keys
from game.rules.round import Novelty
from game.store.tables import Lead, OwnWords, Recommendation, RoundRow, Submission


class _Words(NamedTuple):
    """What a player said in one slot; `marks` are what recognises the person."""

    at: int
    id: str
    player: str
    round: str
    slot: str
    marks: tuple[Hashable, ...]
    is_new: bool = True
    company: str = ""


def novelties(session: Session, round_id: str) -> dict[tuple[str, str], Novelty]:
    """For each lead of the round: the how-manieth recommender in this workshop, and was it new?"""
    if not _names_anybody(session, round_id):
        return {}  # what other rounds named, of which there may be thousands, is not read
    found = sorted(
        (*_said(session, round_id), *_sealed(session, round_id)), key=lambda words: words[:5]
    )
    people: dict[int, list[str]] = {}
    place: dict[Hashable, int] = {}
    told: dict[tuple[str, str], Novelty] = {}
    for nth, words in enumerate(found):
        person = next((place[mark] for mark in words.marks if mark in place), nth)
        for mark in words.marks:
            place.setdefault(mark, person)
        players = people.setdefault(person, [])
        if words.player not in players:
            players.append(words.player)
        if words.round == round_id:
            before = players.index(words.player) + 1
            told[words.player, words.slot] = Novelty(before, words.is_new, words.company)
    return told


def _names_anybody(session: Session, round_id: str) -> bool:
    """Was a person named in this round?"""
    return any(
        session.scalar(select(exists().where(one.round_id == round_id)))
        for one in (Recommendation, OwnWords)
    )


def _workshop(session: Session, round_id: str) -> str:
    return session.get_one(RoundRow, round_id).workshop_id


def _counts(round_id: str) -> ColumnElement[bool]:
    """The condition on rounds: who was first in a warm-up is not first beyond it."""
    return RoundRow.warm_up.is_(False) | (RoundRow.id == round_id)


def _said(session: Session, round_id: str) -> Iterator[_Words]:
    """What is kept as recommendations; one player's words about one lead belong together."""
    said = Recommendation
    rows = session.execute(
        select(
            *(said.at, said.id, said.player_id, said.round_id, said.slot, said.lead_id),
            *(said.name, said.company, said.mail, said.phone, said.link, said.new_to_pool),
            Lead.company.label("employer"),
        )
        .join(Lead, Lead.id == said.lead_id)
        .join(RoundRow, RoundRow.id == said.round_id)
        .where(said.workshop_id == _workshop(session, round_id), _counts(round_id))
    )
    for row in rows:
        marks = (*match_keys(row), (row.player_id, row.lead_id))
        told = (row.at, row.id, str(row.player_id), str(row.round_id), row.slot)
        yield _Words(*told, marks, row.new_to_pool, row.employer)


def _sealed(session: Session, round_id: str) -> Iterator[_Words]:
    """What was said of the erased."""
    first = (
        select(func.min(Submission.at))
        .where(
            Submission.player_id == OwnWords.player_id,
            Submission.round_id == OwnWords.round_id,
            Submission.slot == OwnWords.slot,
        )
        .scalar_subquery()
    )
    here = RoundRow.workshop_id == _workshop(session, round_id)
    own = select(OwnWords, first).join(RoundRow, RoundRow.id == OwnWords.round_id)
    rows = session.execute(own.where(here, _counts(round_id)))
    for one, at in rows:
        marks = tuple(one.keys)
        yield _Words(at or 0, "", one.player_id, one.round_id, one.slot, marks)
