"""A colleague who talked with a candidate earns points, whatever comes of it.

They are the player who gave the same work mail, in the newest workshop for real; who gave none
earns none, since nobody else may be taken for them.
"""

from collections.abc import Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.points import ledger
from game.rules.pack import Pack
from game.store.tables import Colleague, Interview, Player, RoundRow, Workshop
from game.store.version import touch

REASON = "talked"


def thank(session: Session, packs: Mapping[str, Pack], one: Interview) -> None:
    """Gives the colleague of a talk that is over their points, once."""
    found = _player(session, session.get(Colleague, one.colleague_id or ""))
    if found is None:
        return
    player, workshop, round_id = found
    pack = packs.get(workshop.lang) or next(iter(packs.values()))
    worth = {**pack.points.model_dump(), **workshop.points}[REASON]
    ledger.give(session, (player.id, round_id, f"talk:{one.id}"), REASON, worth, one.id, now_ms())
    touch(session, workshop.id)


def _player(session: Session, colleague: Colleague | None) -> tuple[Player, Workshop, str] | None:
    """Who they were last in a workshop that has played a round."""
    if colleague is None:
        return None
    last = (
        select(RoundRow.id)
        .where(RoundRow.workshop_id == Workshop.id, RoundRow.phase != "waiting")
        .order_by(RoundRow.place.desc())
        .limit(1)
        .correlate(Workshop)
        .scalar_subquery()
    )
    rows = (
        select(Player, Workshop, last)
        .join(Workshop, Workshop.id == Player.workshop_id)
        .where(func.lower(Player.work_mail) == colleague.mail.lower(), Workshop.sort == "real")
        .where(last.is_not(None), Player.removed_at.is_(None))
    )
    row = session.execute(rows.order_by(Player.joined_at.desc()).limit(1)).first()
    return (row[0], row[1], row[2]) if row else None
