"""What a room's screens wear, how they sound and what stands over them: a break, data's fate."""

from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.store.tables import RoundRow, Workshop
from game.store.version import touch

COVERS = ("break", "data")
THEMES = ("night", "day")
LONGEST = 240  # minutes of a break


def cover(session: Session, workshop_id: str, what: str, minutes: int) -> None:
    """Puts a break of so many minutes, or what becomes of data, over all screens. Raises Refusal.

    Not while a round is open: nobody's form goes away under their fingers.
    """
    if what not in COVERS or not 1 <= minutes <= LONGEST:
        raise Refusal("bad_input", {"what": "invalid"})
    workshop = session.get_one(Workshop, workshop_id)
    row = session.get(RoundRow, workshop.round_id) if workshop.round_id else None
    is_open = workshop.stage == "round" and row is not None and row.phase == "open"
    if is_open or workshop.stage in ("draft", "ended"):
        raise Refusal("not_now")
    workshop.cover = what
    workshop.cover_until = now_ms() + 60_000 * minutes if what == "break" else None
    workshop.auto_at = None  # nothing goes on by itself behind a cover
    session.flush()
    touch(session, workshop_id)


def uncover(session: Session, workshop_id: str) -> None:
    """Takes away what stands over the screens; all is as it was below."""
    workshop = session.get_one(Workshop, workshop_id)
    if workshop.cover:
        workshop.cover, workshop.cover_until = "", None
        session.flush()
        touch(session, workshop_id)


def set_theme(session: Session, workshop_id: str, theme: str) -> None:
    """The projector's light: night for a dark room, day for a bright one. Raises Refusal."""
    if theme not in THEMES:
        raise Refusal("bad_input", {"theme": "invalid"})
    session.get_one(Workshop, workshop_id).theme = theme
    session.flush()
    touch(session, workshop_id)


def set_tones(session: Session, workshop_id: str, key: str) -> None:
    """Whether the projector plays tones: on or off. Raises Refusal."""
    if key not in ("on", "off"):
        raise Refusal("bad_input", {"key": "invalid"})
    session.get_one(Workshop, workshop_id).tones = key == "on"
    session.flush()
    touch(session, workshop_id)
