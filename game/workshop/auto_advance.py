"""Steps that the room takes by itself: which is due, held, taken once."""

from collections.abc import Mapping
from typing import cast

from sqlalchemy import Connection, CursorResult, bindparam, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.rules.course import WAITS, next_step
from game.rules.pack import Pack
from game.store.prepared import Prepared
from game.store.tables import RoundRow, Workshop
from game.store.version import touch
from game.workshop import extra_time, state
from game.workshop.course import go_on
from game.workshop.round_clock import close

Packs = Mapping[str, Pack]
DUE = Prepared(select(Workshop.id, Workshop.auto_at).where(Workshop.auto_at <= bindparam("at")))


def due(connection: Connection, now: int) -> list[tuple[str, int]]:
    """The workshops whose next step is to be taken by itself: (id, since when)."""
    return [(row[0], row[1]) for row in DUE.raw(connection, at=now)]


def plan_next(session: Session, packs: Packs, workshop_id: str) -> None:
    """Says when the room's next step is taken by itself; never, where a hand is to take it.

    What a round came to ends everybody's time, so it waits for the longest that anybody took.
    """
    session.flush()
    session.expire_all()
    now = state.at(session, packs, workshop_id)
    step = next_step(now.position) or ""
    wait = WAITS.get(step) if now.workshop.auto else None
    more = extra_time.longest_ms(session, now.played) if wait and step == "reveal" else 0
    now.workshop.auto_at = now_ms() + 1000 * wait + more if wait else None
    session.flush()


def set_auto(session: Session, packs: Packs, workshop_id: str, *, on: bool) -> None:
    """Steps are taken by themselves from now on, or by hand again."""
    session.get_one(Workshop, workshop_id).auto = on
    plan_next(session, packs, workshop_id)
    touch(session, workshop_id)


def hold(session: Session, workshop_id: str) -> None:
    """The next step waits for a hand; those after it come by themselves again."""
    session.get_one(Workshop, workshop_id).auto_at = None
    touch(session, workshop_id)


def go_on_by_itself(session: Session, packs: Packs, workshop_id: str, since: int) -> bool:
    """Takes the step that was due since then; False where somebody was first, or held it."""
    taken = cast(
        "CursorResult[*tuple[object, ...]]",
        session.execute(
            update(Workshop)
            .where(Workshop.id == workshop_id, Workshop.auto_at == since)
            .values(auto_at=None)
            .execution_options(synchronize_session=False)
        ),
    )
    if taken.rowcount != 1:
        return False
    session.expire_all()
    go_on(session, packs, workshop_id)
    return True


def close_overdue(session: Session, packs: Packs, round_id: str, now: int, grace_ms: int) -> bool:
    """Closes a round whose time is over, unless it was extended or paused meanwhile."""
    row = session.get(RoundRow, round_id)
    if row is None or row.left_ms is not None or row.closes_at is None:
        return False
    if row.closes_at > now - grace_ms or not close(session, packs, round_id):
        return False
    if not row.after:
        plan_next(session, packs, row.workshop_id)
    return True
