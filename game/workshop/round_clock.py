"""A round's clock: opened, paused, extended, closed, reopened, revealed.

Closing is a compare-and-set: the database says who is first.
"""

from collections.abc import Mapping
from typing import cast

from sqlalchemy import Connection, CursorResult, bindparam, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.points import ledger
from game.rules.pack import Pack
from game.rules.timing import timing_of
from game.store.prepared import Prepared
from game.store.tables import RoundRow, Workshop
from game.store.version import touch
from game.workshop import extra_time, settle, state

Packs = Mapping[str, Pack]
OVERDUE = Prepared(
    select(RoundRow.workshop_id, RoundRow.id).where(
        RoundRow.phase == "open",
        RoundRow.left_ms.is_(None),
        RoundRow.closes_at <= bindparam("at"),
    )
)


def open_for(session: Session, row: RoundRow, left_ms: int, *, paused: bool = False) -> None:
    """Opens a round for so many milliseconds; or with its clock standing at them."""
    now = now_ms()
    if row.opened_at:
        extra_time.forget_before(session, row)
    row.phase, row.left_ms, row.result = "open", None, None
    row.timing = timing_of(row.timing).started(now).stored()
    row.opened_at = row.opened_at or now
    row.closes_at = now + left_ms
    if paused:
        row.left_ms = left_ms
        row.timing = timing_of(row.timing).stopped(now).stored()
    session.flush()


def close(session: Session, packs: Packs, round_id: str) -> bool:
    """Closes an open round. False when somebody else closed it first.

    What it brings is in nobody's points until it is revealed; one after the room never is.
    """
    closed = cast(
        "CursorResult[*tuple[object, ...]]",
        session.execute(
            update(RoundRow)
            .where(RoundRow.id == round_id, RoundRow.phase == "open")
            .values(phase="closed", left_ms=None)
            .execution_options(synchronize_session=False)
        ),
    )
    if closed.rowcount != 1:
        return False
    session.expire_all()
    row = session.get_one(RoundRow, round_id)
    row.timing = timing_of(row.timing).closed(now_ms()).stored()
    if row.after:
        settle.settle(session, packs, row, now_ms())
    else:
        settle.come_to(session, packs, row)
    touch(session, row.workshop_id)
    return True


def close_now(session: Session, packs: Packs, workshop_id: str) -> None:
    """Closes the open round before its time."""
    close(session, packs, _open_round(session, packs, workshop_id).id)


def reveal(session: Session, packs: Packs, row: RoundRow) -> None:
    """Shows what the round came to, and counts what it brings."""
    if row.phase == "open":
        close(session, packs, row.id)
    settle.settle(session, packs, row, now_ms())
    row.phase, row.page = "revealed", 0
    row.timing = timing_of(row.timing).revealed(now_ms()).stored()
    session.flush()


def pause(session: Session, packs: Packs, workshop_id: str) -> None:
    """Stops the clock of the open round. A clock that stands already stays as it is."""
    row = _open_round(session, packs, workshop_id)
    if row.left_ms is None and row.closes_at is not None:
        row.left_ms = max(0, row.closes_at - now_ms())
        row.timing = timing_of(row.timing).stopped(now_ms()).stored()
    touch(session, workshop_id)


def resume(session: Session, packs: Packs, workshop_id: str) -> None:
    """Lets the clock run again with what was left."""
    row = _open_round(session, packs, workshop_id)
    if row.left_ms is not None:
        row.closes_at, row.left_ms = now_ms() + row.left_ms, None
        row.timing = timing_of(row.timing).started(now_ms()).stored()
    touch(session, workshop_id)


def extend(session: Session, packs: Packs, workshop_id: str, seconds: int) -> None:
    """Gives the open round more time: 1 to 3,600 seconds."""
    if not 1 <= seconds <= 3600:
        raise Refusal("bad_input", {"seconds": "invalid"})
    row = _open_round(session, packs, workshop_id)
    if row.left_ms is not None:
        row.left_ms += 1000 * seconds
    else:
        row.closes_at = max(row.closes_at or 0, now_ms()) + 1000 * seconds
    touch(session, workshop_id)


def reopen(session: Session, packs: Packs, workshop_id: str, seconds: int = 60) -> None:
    """Opens the current round again, for a minute unless told otherwise; answers stand."""
    row = state.at(session, packs, workshop_id).played
    if row.phase not in ("closed", "revealed"):
        raise Refusal("not_now")
    ledger.unsettle(session, row.id, row.workshop_id)
    session.get_one(Workshop, workshop_id).stage = "round"
    open_for(session, row, 1000 * seconds)
    touch(session, workshop_id)


def _open_round(session: Session, packs: Packs, workshop_id: str) -> RoundRow:
    row = state.at(session, packs, workshop_id).played
    if row.phase != "open":
        raise Refusal("not_now")
    return row


def overdue(connection: Connection, now: int, grace_ms: int) -> list[tuple[str, str]]:
    """The open rounds whose time and grace are over: (workshop id, round id)."""
    rows = OVERDUE.raw(connection, at=now - grace_ms)
    return [(row[0], row[1]) for row in rows]


def set_seconds(session: Session, workshop_id: str, round_id: str, seconds: int) -> None:
    """Shortens or lengthens a round to come. Raises Refusal for one that has begun."""
    row = session.get(RoundRow, round_id)
    if row is None or row.workshop_id != workshop_id:
        raise Refusal("unknown_round")
    if row.phase not in ("waiting", "briefing"):
        raise Refusal("not_now")
    if not 10 <= seconds <= 3600:
        raise Refusal("bad_input", {"seconds": "seconds_range"})
    row.seconds = seconds
    touch(session, workshop_id)
