"""Undoing verdicts: what players did to a lead while it was judged counts from now on."""

from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.points import ledger
from game.pool import undo as pool
from game.pool.verdict import Usual
from game.store.version import touch
from game.workshop.given_answers import given_answers
from game.workshop.played_round import PlayedRounds


def undo(
    session: Session, rounds: PlayedRounds, act: str, by: str, usual: Usual
) -> tuple[list[str], set[str]]:
    """Takes back the verdicts of an act; returns the leads and the workshops that follow.

    Raises Refusal('nothing_to_undo').
    """
    leads, workshops, played = pool.undo_verdicts(session, act, by, usual)
    workshops |= _rebook(session, rounds, played)
    for workshop_id in workshops:
        touch(session, workshop_id)
    return leads, workshops


def _rebook(session: Session, rounds: PlayedRounds, played: pool.Played) -> set[str]:
    """Books what players' answers in these rounds earn now."""
    players = sorted({player for player, _ in played})
    ids = sorted({round_id for _, round_id in played})
    if not ids:
        return set()
    connection = session.connection()
    found, _unplayable = rounds.read(connection, ids)
    given = given_answers(connection, players, list(found))
    accounts = ledger.accounts(connection, players, list(found))
    for player, round_id in sorted(played):
        if round_id in found:
            own, one = given[player, round_id], found[round_id]
            own.read_latest(player)
            accounts[player, round_id].rebook(one.kind.score(one.setting, own.ordered()))
    ledger.write(connection, accounts.values(), now_ms())
    session.expire_all()
    return {str(one.row.workshop_id) for one in found.values()}
