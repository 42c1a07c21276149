"""What a phone's signed cookie holds of who it is: 'workshop:player:key', space by space."""

from collections.abc import Mapping
from typing import Any


def held(cookie: Mapping[str, Any], workshop_id: str) -> tuple[str, str] | None:
    """The (player id, key) that a cookie holds for a workshop."""
    for card in str(cookie.get("players") or "").split():
        parts = card.split(":")
        if len(parts) == 3 and parts[0] == workshop_id:
            return parts[1], parts[2]
    return None


def add(cards: Any, workshop_id: str, player_id: str, key: str, most: int) -> str:
    """The cards with one more, the oldest going where there are more than `most`."""
    others = [c for c in str(cards or "").split() if not c.startswith(f"{workshop_id}:")]
    return " ".join([*others, f"{workshop_id}:{player_id}:{key}"][-most:])
