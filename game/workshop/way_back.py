"""A player comes back without their cookie: the room's code, their name, and their own word.

A word alone would be found by trying: in a room of two thousand every second guess is somebody's.
So it is looked at only together with the name that it belongs to.
"""

import secrets
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.privacy.audit import audit
from game.rules import nickname, rude, way_back
from game.rules.pack import Pack
from game.store.tables import Player


def word_of(session: Session, player_id: str) -> str:
    """The player's word; empty where they have not asked for one."""
    return session.get_one(Player, player_id).word or ""


def make_word(session: Session, packs: Mapping[str, Pack], player_id: str) -> str:
    """The player's word, made where they have none; empty where the room has them all."""
    player = session.get_one(Player, player_id, with_for_update=True)
    if not player.word:
        others = select(Player.word).where(
            Player.workshop_id == player.workshop_id, Player.word.is_not(None)
        )
        taken = {word for word in session.scalars(others) if word}
        unsaid = [word for pack in packs.values() for word in pack.rude]
        made = way_back.pick(secrets.choice, taken, lambda word: rude.is_rude(word, unsaid))
        player.word = made or None
        session.flush()
    return player.word or ""


def come_back(session: Session, workshop_id: str, name: str, word: str) -> tuple[str, str]:
    """The (id, key) of the player with this name and word. Raises Refusal, always the same."""
    player = session.scalar(
        select(Player).where(
            Player.workshop_id == workshop_id, Player.folded == nickname.fold(name.strip())
        )
    )
    given, own = way_back.read(word), (player.word or "") if player else ""
    if player is None or player.removed_at or not own:
        raise Refusal("no_way_back")
    if not secrets.compare_digest(given.encode(), own.encode()):
        raise Refusal("no_way_back")
    audit(session, None, "player_came_back", {"workshop": workshop_id, "player": player.id})
    return player.id, player.key
