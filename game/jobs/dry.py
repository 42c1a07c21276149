"""What the jobs that erase would erase now: looked at, and nothing changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from game.base.config import Settings
from game.base.days import day_of
from game.jobs import retention, uninformed
from game.rules.pack import Pack
from game.store.database_clock import clock
from game.store.engine import Store


@dataclass(frozen=True)
class Found:
    """The identifiers of what is over, by what it is over for."""

    players: tuple[str, ...]
    leads: tuple[str, ...]
    uninformed: tuple[str, ...]


def look(store: Store, packs: Mapping[str, Pack], settings: Settings) -> Found:
    """Reads what today's jobs would erase."""
    with store.snapshot() as connection:
        now = clock(connection)
        players = [
            id
            for lang, pack in packs.items()
            for id in connection.scalars(retention.players_over(lang, pack, now))
        ]
        leads = list(retention.leads_over(connection, packs))
        days, late = settings.erase_overdue_days, list[str]()
        if days != uninformed.NEVER:
            late = list(connection.scalars(uninformed.over(day_of(now), days)))
    return Found(tuple(players), tuple(leads), tuple(late))
