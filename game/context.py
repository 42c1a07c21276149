"""The parts of a running game, for those who hold a Flask application."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from flask import current_app
from flask_socketio import SocketIO

from game.accounts.provider import Provider
from game.base.aside import Aside
from game.base.config import Settings
from game.rules.pack import Pack
from game.store.engine import Store
from game.store.writer import Writer
from game.workshop.boards import RecentBoards
from game.workshop.door import Door
from game.workshop.header import Headers
from game.workshop.play import Play


@dataclass
class Game:
    """What create_app put together.

    `changed(workshop_id)` has all its screens shown anew at once; `grew(workshop_id)` only has
    projector and remote show today's counts and names with the next beat. `hears()` says whether
    other workers' news arrive. `aside` runs what holds a processor, `afar` what waits for another
    server; `provider` is the one that signs the house's people in, where there is one.
    """

    settings: Settings
    store: Store
    writer: Writer
    packs: Mapping[str, Pack]
    socketio: SocketIO
    changed: Callable[[str], None]
    grew: Callable[[str], None]
    secret: str
    door: Door
    headers: Headers
    boards: RecentBoards
    hears: Callable[[], bool]
    aside: Aside
    afar: Aside
    provider: Provider | None
    play: Play
    on_stop: list[Callable[[], None]] = field(default_factory=list)

    def pack(self, lang: str) -> Pack:
        """The pack of a language, or the first there is."""
        return self.packs.get(lang) or next(iter(self.packs.values()))

    def stop(self) -> None:
        """Ends the tasks, lets the writer finish, closes the database."""
        for stop in self.on_stop:
            stop()
        self.writer.stop()
        self.store.close()


def current() -> Game:
    """The game of the current application."""
    return cast(Game, current_app.extensions["sourcerie"])
