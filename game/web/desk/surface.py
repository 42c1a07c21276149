"""What the pages of the desk share: the day, its leads, and the words of a lead."""

from datetime import UTC, date, datetime

from flask import Blueprint, abort
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.context import current
from game.rules.pack import Points
from game.store.tables import Lead
from game.web.i18n import lang

blueprint = Blueprint("desk", __name__)


def today() -> date:
    """The day, in UTC."""
    return datetime.now(UTC).date()


def words() -> dict[str, dict[str, str]]:
    """Labels of channels, relationships, reasons and verdicts in the reader's language."""
    pack = current().pack(lang())
    return {
        "channels": {c.key: c.label for f in pack.families for c in f.channels},
        "relationships": {r.key: r.label for r in pack.relationships},
        "reasons": {r.key: r.label for r in pack.reasons},
        "verdicts": {
            "pursue": _("À contacter"),
            "nurture": _("À suivre"),
            "pass": _("Sans suite"),
            "none": _("À lire"),
            "": _("À lire"),
        },
    }


def lead_of(session: Session, lead_id: str) -> Lead:
    """The lead of this id; ends the request with 404 where there is none."""
    return session.get(Lead, lead_id) or abort(404)


def usual_points() -> dict[str, Points]:
    """What things are worth where a workshop says nothing else, by language."""
    return {lang: pack.points for lang, pack in current().packs.items()}


def existing(session: Session, lead_id: str) -> str:
    """The id of a lead that is still there. Raises Refusal."""
    if session.get(Lead, lead_id) is None:
        raise Refusal("unknown_lead")
    return lead_id
