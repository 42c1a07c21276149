"""After the room: for some days the same link takes leads, in a round that no agenda has."""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import DAY_MS
from game.rules.pack import Pack
from game.rules.timing import timing_of
from game.store.base import new_id
from game.store.tables import Recommendation, RoundRow, Submission, Workshop
from game.workshop import round_clock

LAST = 10_000  # its place: behind every round of the agenda


def offer(session: Session, workshop: Workshop) -> None:
    """Opens it, a copy of the round that brought the most leads, where any did."""
    model = _richest(session, workshop.id)
    if model is None or workshop.after_days < 1:
        return
    now = now_ms()
    row = RoundRow(
        id=new_id(),
        workshop_id=workshop.id,
        place=LAST,
        kind=model.kind,
        brief_id=model.brief_id,
        seconds=model.seconds,
        options=dict(model.options),
        phase="open",
        opened_at=now,
        closes_at=now + workshop.after_days * DAY_MS,
        timing=timing_of(None).started(now).stored(),
        after=True,
    )
    session.add(row)
    session.flush()
    workshop.round_id = row.id


def _richest(session: Session, workshop_id: str) -> RoundRow | None:
    rows = (
        select(RoundRow)
        .join(Recommendation, Recommendation.round_id == RoundRow.id)
        .where(RoundRow.workshop_id == workshop_id, RoundRow.after.is_(False))
        .group_by(RoundRow.id)
        .order_by(func.count().desc(), RoundRow.id)
    )
    return session.scalars(rows.limit(1)).first()


def withdraw(session: Session, packs: Mapping[str, Pack], workshop: Workshop) -> None:
    """The workshop goes on: nothing more comes in by it, and what came stays."""
    row = session.get(RoundRow, workshop.round_id) if workshop.round_id else None
    if row is None or not row.after:
        return
    workshop.round_id = _last(session, workshop.id)
    given = select(func.count()).where(Submission.round_id == row.id)
    if session.scalar(given):
        round_clock.close(session, packs, row.id)
    else:
        session.delete(row)
    session.flush()


def _last(session: Session, workshop_id: str) -> str | None:
    """The last round that was played."""
    rows = select(RoundRow.id).where(
        *(RoundRow.workshop_id == workshop_id, RoundRow.after.is_(False)),
        RoundRow.phase != "waiting",
    )
    return session.scalars(rows.order_by(RoundRow.place.desc()).limit(1)).first()
