"""The words that the desk put on a lead, when it is merged and parted again."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.store.tables import LeadTag

Given = Mapping[str, Sequence[str]]  # new to the one that stays, and those that both had


def give(session: Session, was: str, now: str) -> dict[str, list[str]]:
    """Gives one lead's tags to another; returns what it takes to give them back."""
    theirs, own = _tags(session, was), _tags(session, now)
    _move(session, theirs - own, was, now)
    return {"new": sorted(theirs - own), "shared": sorted(theirs & own)}


def give_back(session: Session, given: Given, now: str, was: str) -> None:
    """Each has its own tags again; one that was taken off since stays off."""
    _move(session, set(given.get("new", ())), now, was)
    session.add_all(LeadTag(lead_id=was, tag=tag) for tag in given.get("shared", ()))


def _tags(session: Session, lead_id: str) -> set[str]:
    return set(session.scalars(select(LeadTag.tag).where(LeadTag.lead_id == lead_id)))


def _move(session: Session, tags: set[str], was: str, now: str) -> None:
    rows = update(LeadTag).where(LeadTag.lead_id == was, LeadTag.tag.in_(tags))
    session.execute(rows.values(lead_id=now).execution_options(synchronize_session=False))
