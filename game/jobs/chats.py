"""Notices in chat: that a workshop begins, that its first lead was hired. They name no person."""

import orjson
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.days import local
from game.base.languages import SOURCE
from game.base.speech import marked as _
from game.base.speech import speaker, typeset
from game.jobs.run import Run
from game.store.database_clock import clock
from game.store.tables import ChatRoom, Lead, Recommendation, Workshop
from game.webhooks.chat import PROVIDERS
from game.webhooks.chat.asking import HIRED, KIND, SOON, ask_one
from game.webhooks.contract import Sender
from game.webhooks.http import Http

__all__ = ["HIRED", "KIND", "SOON", "hired", "send", "soon"]
TEXTS = {
    "soon": _("L'atelier « %(name)s » commence à %(hour)s."),
    "hired": _("Première embauche venue de l'atelier « %(name)s ». Merci à toute la salle !"),
    "trial": _("Sourcerie peut écrire ici."),
}


class NotTaken(Exception):
    """The chat did not take the message: it is sent again later."""


def soon(run: Run) -> dict[str, object]:
    """Every room is told that a workshop begins, if it still does at that hour."""
    at = int(str(run.given["at"]))
    with run.session() as s:
        workshop = s.get(Workshop, str(run.given["workshop"]))
        if workshop is None or not _is_ahead(s, workshop) or workshop.starts_at != at:
            return {"told": 0}
        return {"told": _everywhere(s, "soon", workshop.id, f" {at}")}


def _is_ahead(session: Session, workshop: Workshop) -> bool:
    begins = workshop.starts_at
    return begins is not None and not workshop.ended_at and begins > clock(session.connection())


def hired(run: Run) -> dict[str, object]:
    """Every room is told of each workshop that named them, where nobody was hired before them."""
    with run.session() as s:
        lead = s.get(Lead, str(run.given["lead"]))
        if lead is None or not lead.hired_at or lead.rehearsed or lead.internal:
            return {"told": 0}
        named = select(Recommendation.workshop_id).where(Recommendation.lead_id == lead.id)
        real = select(Workshop.id).where(Workshop.id.in_(named), Workshop.sort == "real")
        first = [id for id in s.scalars(real).all() if _is_first(s, lead, id)]
        return {"told": sum(_everywhere(s, "hired", id) for id in first)}


def _is_first(session: Session, lead: Lead, workshop_id: str) -> bool:
    others = select(Lead.id).where(
        Lead.id.in_(
            select(Recommendation.lead_id).where(Recommendation.workshop_id == workshop_id)
        ),
        Lead.hired_at < lead.hired_at,
        Lead.internal.is_(False),
    )
    return session.scalar(others.limit(1)) is None


def _everywhere(session: Session, said: str, workshop_id: str, more: str = "") -> int:
    rooms = session.scalars(select(ChatRoom.id)).all()
    for id in rooms:
        ask_one(session, id, said, workshop_id, f"{KIND} {said} {workshop_id} {id}{more}")
    return len(rooms)


def send(run: Run, sender: Sender | None = None) -> dict[str, object]:
    """Posts one notice to one room. Raises NotTaken to be tried again later."""
    sender = sender or Http(private=run.settings.webhooks_to_private)
    with run.store.session() as s:
        room, text = s.get(ChatRoom, str(run.given["room"])), _text(s, run)
    if room is None or text is None:
        return {"sent": 0}
    body = orjson.dumps(PROVIDERS[room.provider].body(text))
    headers = {"Content-Type": "application/json", "User-Agent": "Sourcerie"}
    outcome = sender.post(room.url, body, headers)
    with run.session() as s:
        kept = s.get(ChatRoom, room.id)
        if kept is not None:
            kept.status, kept.fault = outcome.status, outcome.fault
            kept.told_at = clock(s.connection()) if outcome.is_taken else kept.told_at
    if not outcome.is_taken:
        raise NotTaken
    return {"sent": 1}


def _text(session: Session, run: Run) -> str | None:
    """What is said, in the workshop's language; None where it is true no more."""
    said, workshop = str(run.given["said"]), session.get(Workshop, str(run.given["workshop"]))
    lang, words = SOURCE, {}
    if said != "trial":
        if workshop is None or (said == "soon" and not _is_ahead(session, workshop)):
            return None
        lang, words = workshop.lang, {"name": workshop.name, "hour": _hour(workshop)}
    return typeset(speaker(lang)(TEXTS[said]), lang) % words


def _hour(workshop: Workshop) -> str:
    return f"{local(workshop.starts_at or 0):%H:%M}"
