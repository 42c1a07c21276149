"""A player goes on with another phone: a code or link that is good once, and for ten minutes."""

import hashlib
import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.store.tables import Player
from game.workshop.code import LETTERS
from game.workshop.header import spelled

GOOD_MS = 10 * 60 * 1000
TYPED = 8  # letters of a code that is read aloud and typed
LINK_BYTES = 16


def to_type(session: Session, player_id: str, user_id: str) -> str:
    """A code that the facilitator shows this player alone; the one before is good no more."""
    code = "".join(secrets.choice(LETTERS) for _ in range(TYPED))
    player = _keep(session, player_id, code)
    where = {"workshop": player.workshop_id, "player": player.id}
    audit(session, user_id, "player_code_made", where)
    return code


def to_scan(session: Session, player_id: str) -> str:
    """What stands in a player's own link to another phone; the one before is good no more."""
    made = secrets.token_urlsafe(LINK_BYTES)
    _keep(session, player_id, made)
    return made


def take(session: Session, workshop_id: str, given: str) -> tuple[str, str]:
    """The (id, key) of the player whose code or link this is; it is used up. Raises Refusal."""
    given = given.strip()[:80]
    digests = {_digest(given), _digest(spelled(given))}
    player = session.scalar(
        select(Player)
        .where(Player.workshop_id == workshop_id, Player.handover.in_(digests))
        .with_for_update()
    )
    if player is None or player.removed_at or (player.handover_until or 0) < now_ms():
        raise Refusal("handover_over")
    player.handover = player.handover_until = None
    audit(session, None, "player_moved", {"workshop": workshop_id, "player": player.id})
    return player.id, player.key


def _keep(session: Session, player_id: str, made: str) -> Player:
    player = session.get_one(Player, player_id)
    if player.removed_at:
        raise Refusal("removed")
    player.handover, player.handover_until = _digest(made), now_ms() + GOOD_MS
    return player


def _digest(given: str) -> str:
    return hashlib.sha256(given.encode()).hexdigest()
