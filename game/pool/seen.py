"""Who was shown whose data: noted before it is shown, without the data."""

from dataclasses import asdict

from sqlalchemy.orm import Session

from game.pool.lead_filter import Filter
from game.privacy.audit import audit

PRIVATE = ("text", "company")  # a name, or where somebody works


def note_lead(session: Session, lead_id: str, by: str) -> None:
    """One person's page is about to be shown."""
    audit(session, by, "lead_shown", {"lead": lead_id})


def note_list(session: Session, asked: Filter, count: int, by: str) -> None:
    """So many people of a list are about to be shown."""
    audit(session, by, "leads_listed", {"count": count, **narrowed(asked)})


def note_doubles(session: Session, count: int, by: str) -> None:
    """So many pairs of people are about to be shown side by side."""
    audit(session, by, "doubles_listed", {"count": count})


def note_workshops(session: Session, count: int, by: str) -> None:
    """The cards or figures of so many workshops or briefs are about to be told: no names."""
    audit(session, by, "workshops_listed", {"count": count})


def note_export(session: Session, asked: Filter, count: int, form: str, by: str) -> None:
    """A list is about to leave as a file of this form."""
    audit(session, by, "leads_exported", {"format": form, "count": count, **narrowed(asked)})


def narrowed(asked: Filter) -> dict[str, object]:
    """What a list was narrowed to; of a search only that there was one: it may be a name."""
    given = {k: v for k, v in asdict(asked).items() if v and k not in PRIVATE}
    return {"filter": given, "searched": bool(asked.text or asked.company)}
