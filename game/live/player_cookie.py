"""The cookies that say who a phone is: one a workshop, signed, 'workshop:player:key'.

They stand beside the session, and only coming in sets them: an answer that was asked for before
and arrives after cannot take a player away.
"""

from collections.abc import Mapping

from itsdangerous import BadSignature, Signer

DAYS = 180
BOUND = "__Host-"  # by its name, browsers let only this very host set it, over https


def name(workshop_id: str, *, https: bool) -> str:
    """The name of the cookie of a workshop."""
    return f"{BOUND if https else ''}player-{workshop_id}"


def written(secret: str, workshop_id: str, player_id: str, key: str) -> str:
    """What the cookie holds."""
    return _signer(secret).sign(f"{workshop_id}:{player_id}:{key}").decode()


def held(secret: str, cookies: Mapping[str, str], workshop_id: str) -> tuple[str, str] | None:
    """The (player id, key) that a phone's cookies hold for a workshop; None where they are forged.

    A phone that came in while the game was served without https stays its player.
    """
    for https in (True, False):
        credential = cookies.get(name(workshop_id, https=https))
        if credential:
            return _read(secret, credential, workshop_id)
    return None


def players(secret: str, cookies: Mapping[str, str]) -> list[str]:
    """The ids of all players that a phone's cookies hold, in order; forged ones are left out."""
    found = set()
    for label, credential in cookies.items():
        _, dash, workshop_id = label.removeprefix(BOUND).partition("player-")
        held_here = _read(secret, credential, workshop_id) if dash else None
        if held_here:
            found.add(held_here[0])
    return sorted(found)


def _read(secret: str, credential: str, workshop_id: str) -> tuple[str, str] | None:
    try:
        parts = _signer(secret).unsign(credential).decode().split(":")
    except (BadSignature, UnicodeError):
        return None
    return (parts[1], parts[2]) if len(parts) == 3 and parts[0] == workshop_id else None


def _signer(secret: str) -> Signer:
    return Signer(secret, salt="player")
