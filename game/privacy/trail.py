"""Reading the audit: filtered, and as rows of a file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, String, cast, select
from sqlalchemy.orm import Session

from game.base.days import days_after, start_of
from game.store.tables import AuditEntry, User

PAGE = 100
AT_ONCE = 500


@dataclass(frozen=True)
class Wanted:
    """What the trail is narrowed to; empty fields narrow nothing.

    `about` is an identifier that an entry names: a lead's, a workshop's, a user's.
    """

    action: str = ""
    user: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None


def conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """What a filter asks of an entry."""
    asked: list[ColumnElement[bool]] = []
    if wanted.action:
        asked.append(AuditEntry.action == wanted.action)
    if wanted.user:
        asked.append(AuditEntry.user_id == wanted.user)
    if wanted.about:
        asked.append(cast(AuditEntry.detail, String).contains(wanted.about, autoescape=True))
    if wanted.since:
        asked.append(AuditEntry.at >= start_of(wanted.since))
    if wanted.until:
        asked.append(AuditEntry.at < start_of(days_after(wanted.until, 1)))
    return asked


def page(session: Session, wanted: Wanted, before: int | None = None) -> Sequence[AuditEntry]:
    """The newest entries of a filter, or those before this number; one more than PAGE."""
    asked = conditions(wanted)
    if before is not None:
        asked.append(AuditEntry.seq < before)
    rows = select(AuditEntry).where(*asked).order_by(AuditEntry.seq.desc()).limit(PAGE + 1)
    return session.scalars(rows).all()


def after(session: Session, wanted: Wanted, seq: int, most: int) -> Sequence[AuditEntry]:
    """At most so many entries of a filter that follow a number, in their order."""
    rows = select(AuditEntry).where(AuditEntry.seq > seq, *conditions(wanted))
    return session.scalars(rows.order_by(AuditEntry.seq).limit(most)).all()


def every(session: Session, wanted: Wanted) -> Iterator[AuditEntry]:
    """All entries of a filter, in their order."""
    seq = 0
    while True:
        rows = select(AuditEntry).where(AuditEntry.seq > seq, *conditions(wanted))
        found = session.scalars(rows.order_by(AuditEntry.seq).limit(AT_ONCE)).all()
        yield from found
        if len(found) < AT_ONCE:
            return
        seq = found[-1].seq or 0


def actions(session: Session) -> Sequence[str]:
    """The actions that there are."""
    return session.scalars(select(AuditEntry.action).distinct().order_by(AuditEntry.action)).all()


def people(session: Session) -> dict[str, str]:
    """Who may stand in the trail: names, or mails, by identifier."""
    rows = session.execute(select(User.id, User.name, User.mail).order_by(User.mail))
    return {row.id: row.name or row.mail for row in rows}
