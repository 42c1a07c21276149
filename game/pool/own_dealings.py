"""What the desk planned for a person, wrote to them, and where it sent their data: for them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.days import day_of
from game.store.tables import Letter, Remote, Touchpoint


@dataclass(frozen=True)
class Planned:
    """A contact that was planned, for which day; `cancelled` where it will not take place."""

    on: date | None
    kind: str
    medium: str
    note: str
    cancelled: bool


@dataclass(frozen=True)
class Wrote:
    """A message written to them alone, whether or not it left."""

    on: date
    subject: str
    text: str


@dataclass(frozen=True)
class Went:
    """Where their data went, in a file or by a line, and what they are called there, if told."""

    on: date
    where: str
    under: str


def planned(session: Session, lead_id: str) -> Iterator[Planned]:
    """Contacts that did not take place, by day."""
    mine = (Touchpoint.lead_id == lead_id, Touchpoint.done_at.is_(None))
    rows = select(Touchpoint).where(*mine).order_by(Touchpoint.due_on, Touchpoint.id)
    for one in session.scalars(rows):
        off = one.cancelled_at is not None
        yield Planned(one.due_on, one.kind, one.medium, one.note, off)


def letters(session: Session, lead_id: str) -> Iterator[Wrote]:
    """Messages whose words are kept with the person."""
    rows = select(Letter).where(Letter.lead_id == lead_id, Letter.body != "")
    for one in session.scalars(rows.order_by(Letter.at, Letter.id)):
        yield Wrote(day_of(one.at), one.subject, one.body)


def went(session: Session, lead_id: str, tool: Callable[[str], str]) -> Iterator[Went]:
    """Other systems that have their data; `tool` says what each is called, by its key."""
    rows = select(Remote).where(Remote.lead_id == lead_id).order_by(Remote.at, Remote.id)
    for one in session.scalars(rows):
        yield Went(day_of(one.at), tool(one.target), one.remote_id)
