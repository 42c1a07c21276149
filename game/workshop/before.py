"""The leads that a player named in the other rounds of a workshop, as the rules keep them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from game.pool import said
from game.rules import more
from game.rules.facts import INVITED, LeadRecommended
from game.rules.registry import kinds
from game.rules.round import Before
from game.store.tables import RoundRow, Submission


def named_before(connection: Connection, player_id: str, round_id: str) -> tuple[Before, ...]:
    """What stands of them now, in the order they were named; the last word in a slot counts.

    What a person whom they invited said of themselves is not among it.
    """
    bring = [name for name, kind in kinds().items() if LeadRecommended in kind.facts]
    rows = connection.execute(
        select(Submission.round_id, Submission.slot, Submission.stored)
        .join(RoundRow, RoundRow.id == Submission.round_id)
        .where(
            Submission.player_id == player_id,
            Submission.round_id != round_id,
            Submission.slot.not_like(f"{INVITED}%"),
            RoundRow.kind.in_(bring),
        )
        .order_by(Submission.at, Submission.seq)
    )
    last: dict[tuple[str, str], Before] = {}
    for row in rows:
        last[row.round_id, row.slot] = Before(row.round_id, row.slot, dict(row.stored))
    return tuple(last.values())


def told_before(
    connection: Connection, secret: str, player_id: str, round_id: str
) -> Sequence[Mapping[str, object]]:
    """Their names for the player's own eyes, each with the slot for more and what was said."""
    there = more.enrichable(named_before(connection, player_id, round_id))
    rounds = {before.round_id for before, _lead in there.values()}
    words = {
        (each, slot): told
        for each in rounds
        for (_player, slot), told in said.said(
            connection, secret, (LeadRecommended,), [player_id], [each]
        ).items()
    }
    return [
        {
            "slot": slot,
            "name": words.get((before.round_id, before.slot), {}).get("name", ""),
            "filled": more.filled(lead),
        }
        for slot, (before, lead) in there.items()
    ]
