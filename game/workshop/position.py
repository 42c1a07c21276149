"""Positions of the house's own: made blank, written, removed; a workshop takes a copy of one."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.privacy.audit import audit
from game.store.base import new_id
from game.store.tables import BriefRow, Position

TEXTS = ("title", "trade", "where", "why", "pay", "requisition_ref")
FIELDS = (*TEXTS, "must_haves", "own", "translations")


def listed(session: Session, lang: str = "") -> list[Position]:
    """All positions by title; with a language, those that are whole and said in it."""
    rows = session.scalars(select(Position).order_by(Position.title, Position.id))
    return [row for row in rows if not lang or _is_said(row, lang)]


def _is_said(row: Position, lang: str) -> bool:
    return row.is_whole and (row.lang == lang or lang in row.translations)


def create(session: Session, title: str, lang: str, by: str | None) -> str:
    """A blank position; returns its id."""
    row = Position(id=new_id(), title=title, lang=lang, changed_by=by, changed_at=now_ms())
    session.add(row)
    session.flush()
    audit(session, by, "position_saved", {"position": row.id})
    return row.id


def save(session: Session, position_id: str, values: Mapping[str, object], by: str | None) -> None:
    """Keeps what was written and found right; workshops that took a copy keep theirs."""
    row = session.get_one(Position, position_id)
    for name in FIELDS:
        if name in values:
            setattr(row, name, values[name])
    row.is_whole, row.changed_by, row.changed_at = True, by, now_ms()
    audit(session, by, "position_saved", {"position": position_id})


def remove(session: Session, position_id: str, by: str) -> None:
    """Removes a position; workshops that took a copy keep theirs."""
    session.delete(session.get_one(Position, position_id))
    audit(session, by, "position_removed", {"position": position_id})


def copy_to(session: Session, position: Position, workshop_id: str) -> str:
    """Gives a workshop its own copy, with the content that comes with it; returns its id."""
    row = BriefRow(
        id=new_id(),
        workshop_id=workshop_id,
        key=f"own-{position.id}",
        lang=position.lang,
        **{name: getattr(position, name) for name in FIELDS},
    )
    session.add(row)
    session.flush()
    return row.id
