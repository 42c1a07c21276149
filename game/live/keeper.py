"""The keeper: looks every second whether a screen was missed, and whether all is well.

News may be lost while Redis is away, and drawing may fail while the database is. The versions in
the database tell; nobody has to remember.
"""

from collections.abc import Callable, Mapping

import structlog
from flask_socketio import SocketIO
from sqlalchemy import bindparam, select

from game.context import Game
from game.live.seats import Seat
from game.store.models import Workshop

LOOK = 1.0  # seconds
VERSIONS = select(Workshop.id, Workshop.version).where(
    Workshop.id.in_(bindparam("ids", expanding=True))
)
log = structlog.get_logger()


class Keeper:
    """What this worker shows, against what is true."""

    def __init__(
        self,
        socketio: SocketIO,
        game: Game,
        seats: Mapping[str, Seat],
        shown: Mapping[str, int],
        missed: Callable[[str], None],
    ) -> None:
        self.socketio = socketio
        self.game = game
        self.seats = seats
        self.shown = shown
        self.missed = missed
        self.stopping = False

    def start(self) -> None:
        """Starts looking."""
        self.socketio.start_background_task(self._run)

    def _run(self) -> None:
        while not self.stopping:
            self.socketio.sleep(LOOK)
            try:
                self.look()
            except Exception as error:
                log.debug("look_failed", fault=type(error).__name__)

    def look(self) -> None:
        """Has what was missed shown."""
        ids = sorted({seat.workshop_id for seat in self.seats.values()})
        if not ids:
            return
        with self.game.store.reading.connect() as connection:
            rows = connection.execute(VERSIONS, {"ids": ids}).all()
        for workshop_id, version in rows:
            if version > self.shown.get(workshop_id, version):
                self.missed(workshop_id)
