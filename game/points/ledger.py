"""The ledger of points: every point an entry, and each player's two sums kept with the entries."""

from collections.abc import Iterable

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.store.tables import Player, Point


def resum(session: Session, players: Iterable[str]) -> None:
    """Makes the sums of these players what their entries come to."""
    session.flush()
    for player_id in sorted(set(players)):
        session.execute(
            update(Player)
            .where(Player.id == player_id)
            .values(
                provisional=_sum(player_id, ("provisional", "confirmed")),
                confirmed=_sum(player_id, ("confirmed",)),
            )
            .execution_options(synchronize_session=False)
        )
    session.expire_all()


def _sum(player_id: str, statuses: tuple[str, ...]) -> object:
    total = select(func.coalesce(func.sum(Point.amount), 0)).where(
        Point.player_id == player_id, Point.status.in_(statuses)
    )
    return total.scalar_subquery()


def _mark(session: Session, player_id: str, round_id: str, slot: str, status: str) -> None:
    session.execute(
        update(Point)
        .where(Point.player_id == player_id, Point.round_id == round_id, Point.slot == slot)
        .values(status=status)
        .execution_options(synchronize_session=False)
    )
    resum(session, [player_id])


def confirm(session: Session, player_id: str, round_id: str, slot: str) -> None:
    """Confirms all entries of a slot."""
    _mark(session, player_id, round_id, slot, "confirmed")


def unconfirm(session: Session, player_id: str, round_id: str, slot: str) -> None:
    """Makes all entries of a slot provisional again."""
    _mark(session, player_id, round_id, slot, "provisional")


def revoke(session: Session, player_id: str, round_id: str, slot: str) -> None:
    """Takes all entries of a slot out of both sums; they stay readable."""
    _mark(session, player_id, round_id, slot, "revoked")


def put(
    session: Session,
    player_id: str,
    round_id: str,
    slot: str,
    reason: str,
    amount: int,
    status: str = "provisional",
) -> None:
    """Writes one entry, in the place of one with the same reason."""
    session.merge(
        Point(
            player_id=player_id,
            round_id=round_id,
            slot=slot,
            reason=reason,
            amount=amount,
            status=status,
            at=now_ms(),
            settled=False,
        )
    )
    resum(session, [player_id])


def drop(session: Session, player_id: str, round_id: str, slot: str, reason: str) -> None:
    """Removes one entry, if it is there."""
    session.execute(
        delete(Point).where(
            Point.player_id == player_id,
            Point.round_id == round_id,
            Point.slot == slot,
            Point.reason == reason,
        )
    )
    resum(session, [player_id])
