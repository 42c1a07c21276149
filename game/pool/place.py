"""Keeping places: lines of the channel directory."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Connection

from game.pool import slot
from game.pool.origin import Origin
from game.rules.facts import PlaceSpotted, PlaceWithdrawn
from game.store.tables import Place

Given = tuple[Origin, PlaceSpotted | PlaceWithdrawn]


def keep(connection: Connection, _secret: str, given: Sequence[Given]) -> None:
    """Keeps places, or forgets them, in order of arrival."""
    rows = [(origin, fact.slot, _values(fact)) for origin, fact in given]
    slot.replace(connection, Place, rows)


def _values(fact: PlaceSpotted | PlaceWithdrawn) -> dict[str, str]:
    return asdict(fact) if isinstance(fact, PlaceSpotted) else {}
