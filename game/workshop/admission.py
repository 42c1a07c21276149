"""Who may be in the room, as the facilitator decides: names, shown out, let in, door and code."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.rules import nickname
from game.rules.pack import Pack
from game.store.base import new_key
from game.store.tables import Player, Workshop
from game.store.version import touch
from game.workshop import code
from game.workshop.door import free_name


def rename(session: Session, packs: Mapping[str, Pack], player_id: str, typed: str) -> None:
    """Gives a player another name. Raises Refusal."""
    player = session.get_one(Player, player_id)
    others = select(Player.folded).where(
        Player.workshop_id == player.workshop_id, Player.id != player_id
    )
    name, _doubtful = free_name(packs, typed, set(session.scalars(others)))
    player.nickname, player.folded, player.doubtful = name, nickname.fold(name), False
    touch(session, player.workshop_id)


def vouch(session: Session, player_id: str) -> None:
    """The facilitator looked at a doubtful name, and lets it stand."""
    player = session.get_one(Player, player_id)
    player.doubtful = False
    touch(session, player.workshop_id)


def remove(session: Session, player_id: str) -> None:
    """Shows a player out; their submissions stay, and they may be let in again."""
    _set_removed(session, player_id, now_ms())


def forgive(session: Session, player_id: str) -> None:
    """Lets in who waits at the door, or a removed player again, with everything they had."""
    _set_removed(session, player_id, None)


def _set_removed(session: Session, player_id: str, at: int | None) -> None:
    player = session.get_one(Player, player_id)
    player.removed_at, player.waiting = at, False
    touch(session, player.workshop_id)


def set_lock(session: Session, workshop_id: str, *, is_open: bool) -> None:
    """Opens the door, and makes its code good; or locks it. Whoever is in stays in."""
    workshop = session.get_one(Workshop, workshop_id)
    workshop.door_open = is_open
    if is_open:
        code.renew(workshop, now_ms())
    touch(session, workshop_id)


def ask_presence(session: Session, workshop_id: str, *, on: bool) -> None:
    """From now on the door asks for the big screen's signs, or not. Who waits there waits on."""
    session.get_one(Workshop, workshop_id).presence = on
    touch(session, workshop_id)


def renew_code(session: Session, workshop_id: str) -> None:
    """Makes the code good for a day at least."""
    code.renew(session.get_one(Workshop, workshop_id), now_ms())
    touch(session, workshop_id)


def change_projector_key(session: Session, workshop_id: str) -> None:
    """Another address for the big screen; whoever has the old one sees nothing more."""
    session.get_one(Workshop, workshop_id).projector_key = new_key()
    touch(session, workshop_id)
