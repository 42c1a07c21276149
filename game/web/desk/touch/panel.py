"""What a lead's page shows of its touchpoints."""

from sqlalchemy.orm import Session

from game.context import current
from game.pool.tag import tags_of
from game.pool.touchpoint import touchpoints_of
from game.privacy.objection import has_objected
from game.rules.listed import joined
from game.screens.touch_words import touch_words
from game.store.tables import Lead


def touch_panel(session: Session, lead: Lead) -> dict[str, object]:
    """Planned and past touchpoints, and their words."""
    rows = touchpoints_of(session, lead.id)
    return {
        "planned": [row for row in rows if not (row[0].done_at or row[0].cancelled_at)],
        "past": [row for row in rows if row[0].done_at or row[0].cancelled_at],
        "objected": has_objected(session, current().secret, lead.id),
        "tags": joined(tags_of(session, lead.id)),
        "words": touch_words(),
    }
