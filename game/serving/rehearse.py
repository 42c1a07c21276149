"""A rehearsal: simulated players play a workshop over real sockets.

`python -m game.serving.rehearse CODE PLAYERS` is what a page starts: it ends by itself, when the
workshop is over or gone, when its starter ends, or after three hours.
"""

import asyncio
import os
import random
import sys
import time
from collections.abc import Callable, Sequence

from game import content
from game.base import paths
from game.base.config import Settings, load
from game.base.json_object import Json
from game.rules.round import Kind, NotPlayable, Setting
from game.serving.rehearsal_player import Player, Tally
from game.store.engine import Store
from game.store.tables import BriefRow, RoundRow, Workshop
from game.workshop import door, setting
from game.workshop.state import agenda_before, teams_of

LOOK = 1.0  # seconds between looks at the workshop
LAST = 3 * 3600  # seconds after which it ends in any case
COME = 20.0  # seconds in which all come in
MORE = 3  # further examples of a kind whose answers each stand for themselves


class Rehearsal:
    """The players of one workshop, as far as this process sees to them."""

    def __init__(self, settings: Settings, store: Store, workshop: Workshop, url: str) -> None:
        self.store = store
        self.packs = content.load(paths.content())
        self.workshop_id, self.code, self.lang = workshop.id, workshop.code, workshop.lang
        self.asks = workshop.asks
        self.url = url or f"http://127.0.0.1:{settings.port}"
        self.tally = Tally()
        self.settings: dict[str, tuple[Kind, Setting] | None] = {}
        self.players: list[Player] = []
        self.starter = os.getppid()

    async def run(self, count: int, say: Callable[[Tally], None], pace: float = 1.0) -> Tally:
        """Has so many play until the workshop is over; `say` is told now and then."""
        with self.store.session() as session:
            self.teams = [team.name for team in teams_of(session, self.workshop_id)]
        self.players = [self._player(n, pace) for n in range(count)]
        tasks = [asyncio.create_task(self._come(p, count, pace)) for p in self.players]
        until = time.monotonic() + LAST
        try:
            while await asyncio.to_thread(self._goes_on) and time.monotonic() < until:
                say(self.tally)
                await asyncio.sleep(LOOK)
        finally:
            for player in self.players:
                player.over = True
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        return self.tally

    def _goes_on(self) -> bool:
        with self.store.session() as session:
            workshop = session.get(Workshop, self.workshop_id)
            left = workshop is None or workshop.stage == "ended"
            return not left and os.getppid() == self.starter

    async def _come(self, player: Player, count: int, pace: float) -> None:
        await asyncio.sleep(player.nth * min(COME / max(1, count), 0.5) * pace)
        await player.live()

    def _player(self, nth: int, pace: float) -> Player:
        dice = random.Random(nth)
        typed: dict[str, object] = {"nickname": door.offer(self.packs[self.lang], dice)}
        if self.asks == "identity":
            typed |= {"real_name": f"Essai {nth + 1}", "work_mail": f"essai{nth + 1}@exemple.fr"}
        if self.teams:
            typed["department"] = self.teams[nth % len(self.teams)]
        return Player(
            *(self.url, self.workshop_id, self.code, nth, typed, self.answers, self.tally), pace
        )

    async def answers(self, round_id: str, nth: int) -> Sequence[Json]:
        """What the nth player says in a round, by the round's own content."""
        if round_id not in self.settings:
            self.settings[round_id] = await asyncio.to_thread(self._read, round_id)
        found = self.settings[round_id]
        if found is None:
            return ()
        kind, where = found
        own = list(kind.example(where, nth))
        slots = {answer.get("slot") for answer in own}
        for more in range(1, random.Random(nth).randrange(MORE) + 1):
            own += [a for a in kind.example(where, nth + 1000 * more) if a.get("slot") not in slots]
        return own

    def _read(self, round_id: str) -> tuple[Kind, Setting] | None:
        with self.store.session() as session:
            row = session.get(RoundRow, round_id)
            workshop = session.get(Workshop, self.workshop_id)
            if row is None or workshop is None:
                return None
            brief = session.get(BriefRow, row.brief_id) if row.brief_id else None
            earlier = agenda_before(session, row)
            try:
                return setting.of_round(row, workshop, brief, self.packs[workshop.lang], earlier)
            except NotPlayable:
                return None


def main(code: str, count: int) -> None:
    """The players of the workshop of this code; says nothing."""
    from sqlalchemy import select

    settings = load()
    store = Store(settings.database_url)
    try:
        with store.session() as session:
            workshop = session.scalar(select(Workshop).where(Workshop.code == code))
        if workshop is not None and workshop.sort == "rehearsal":
            asyncio.run(Rehearsal(settings, store, workshop, "").run(count, lambda _tally: None))
    finally:
        store.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
