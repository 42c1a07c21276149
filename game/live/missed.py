"""Looks every second whether a screen was missed, and whether all is well.

News may be lost while Redis is away, and drawing may fail while the database is. The versions in
the database tell; nobody has to remember.
"""

from collections.abc import Callable, Mapping

from flask_socketio import SocketIO
from sqlalchemy import bindparam, select

from game.context import Game
from game.live.seats import Seat
from game.live.task import Task
from game.store.tables import Workshop

VERSIONS = select(Workshop.id, Workshop.version).where(
    Workshop.id.in_(bindparam("ids", expanding=True))
)


class Missed(Task):
    """What this worker shows, against what is true."""

    FAULT = ("debug", "look_failed")

    def __init__(
        self,
        socketio: SocketIO,
        game: Game,
        seats: Mapping[str, Seat],
        shown: Mapping[str, int],
        missed: Callable[[str], None],
    ) -> None:
        super().__init__(socketio)
        self.game = game
        self.seats = seats
        self.shown = shown
        self.missed = missed

    def once(self) -> None:
        ids = sorted({seat.workshop_id for seat in self.seats.values()})
        if not ids:
            return
        with self.game.store.reading.connect() as connection:
            rows = connection.execute(VERSIONS, {"ids": ids}).all()
        for workshop_id, version in rows:
            if version > self.shown.get(workshop_id, version):
                self.missed(workshop_id)
