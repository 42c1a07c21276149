"""The time that players took beyond their room's, and how long the room waits for them.

More time holds in the round that is open when it is chosen. Chosen once the round is closed it
holds from the next one, so that nobody gives themselves time after seeing that it was over.
"""

from collections.abc import Mapping
from typing import Literal

from sqlalchemy import ColumnElement, Connection, bindparam, case, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from game.base.refusal import Refusal
from game.rules.extra_time import CHOICES, extra_ms, own_end
from game.rules.timing import timing_of
from game.store.found import Found
from game.store.prepared import Prepared
from game.store.tables import Player, RoundRow, Workshop

Since = Literal["start", "now", "next"]
SINCE: Mapping[str, Since] = {"open": "now", "closed": "next", "revealed": "next"}


def in_round(
    round_id: str | InstrumentedAttribute[str] | InstrumentedAttribute[str | None],
) -> ColumnElement[int]:
    """The per cent that hold for a player in a round."""
    return case((Player.extra_after == round_id, Player.extra_before), else_=Player.extra_percent)


OWN_ROUND = Prepared(
    select(
        *(RoundRow.phase, RoundRow.timing, RoundRow.seconds),
        in_round(RoundRow.id).label("percent"),
    )
    .join(Workshop, Workshop.round_id == RoundRow.id)
    .join(Player, Player.workshop_id == Workshop.id)
    .where(Player.id == bindparam("player"))
)


def extra_of(session: Session, player_id: str) -> int:
    """The extra time that a player chose, in per cent of each round."""
    return session.get_one(Player, player_id).extra_percent


def set_extra(session: Session, player_id: str, percent: int) -> Since:
    """Gives a player as much more time as they want; returns from which round on they have it.

    It is theirs alone to know: no log has it. Raises Refusal.
    """
    if percent not in CHOICES:
        raise Refusal("bad_input", {"extra": "invalid"})
    player = session.get_one(Player, player_id, with_for_update=True)
    # who closes the round holds the workshop too: the choice comes before that, or after
    workshop = session.get_one(Workshop, player.workshop_id, with_for_update=True)
    row = session.get(RoundRow, workshop.round_id) if workshop.round_id else None
    phase = row.phase if row and not row.after else ""
    if row and phase == "closed" and player.extra_after != row.id:
        player.extra_before, player.extra_after = player.extra_percent, row.id
    player.extra_percent = percent
    return SINCE.get(phase, "start")


def own_end_of(reader: Connection, player_id: str) -> int:
    """Until when a player still answers the room's round that is closed; 0 where not at all."""
    row = OWN_ROUND.first(reader, player=player_id)
    return own_end_in(row, row.percent) if row else 0


def own_end_in(round_: Found, percent: int) -> int:
    """The same of a round's phase, timing and seconds, as they were read with a player."""
    if not percent:
        return 0
    stopped_at = timing_of(round_.timing).stopped_at
    return own_end(round_.phase, stopped_at, round_.seconds or 0, percent)


def forget_before(session: Session, row: RoundRow) -> None:
    """A round is open again: what was chosen when it was closed holds in it as well."""
    session.execute(
        update(Player)
        .where(Player.workshop_id == row.workshop_id, Player.extra_after == row.id)
        .values(extra_after=None)
        .execution_options(synchronize_session=False)
    )


def longest_ms(session: Session, row: RoundRow) -> int:
    """The most that anybody has after the round's close, in milliseconds; 0 where nobody has.

    It counts who is there, or was since the round opened: nobody waits for who left before.
    """
    there = or_(Player.socket.is_not(None), Player.seen_at >= (row.opened_at or 0))
    most = select(func.max(in_round(row.id))).where(
        Player.workshop_id == row.workshop_id, Player.removed_at.is_(None), there
    )
    return extra_ms(row.seconds, session.scalar(most) or 0)
