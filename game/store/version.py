"""The version of a workshop: it grows with every change that a screen shows."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from game.store.tables import Workshop


def touch(session: Session, workshop_id: str) -> None:
    """Says that screens of this workshop are to be drawn anew."""
    session.execute(
        update(Workshop)
        .where(Workshop.id == workshop_id)
        .values(version=Workshop.version + 1)
        .execution_options(synchronize_session=False)
    )
