"""The timer: closes what is overdue. Any worker may try, and the database lets one."""

import structlog
from flask_socketio import SocketIO

from game.context import Game
from game.store.models import now_ms
from game.workshop import flow

TICK = 0.2  # seconds
AFTER_A_FAULT = 1.0
log = structlog.get_logger()


class Timer:
    """Looks for open rounds whose time and grace are over."""

    def __init__(self, socketio: SocketIO, game: Game) -> None:
        self.socketio = socketio
        self.game = game
        self.grace_ms = int(game.settings.grace_seconds * 1000)
        self.stopping = False

    def start(self) -> None:
        """Starts looking."""
        self.socketio.start_background_task(self._run)

    def _run(self) -> None:
        while not self.stopping:
            try:
                self.close_overdue()
            except Exception as error:
                log.error("timer_failed", fault=type(error).__name__)
                self.socketio.sleep(AFTER_A_FAULT)
            self.socketio.sleep(TICK)

    def close_overdue(self) -> None:
        """Closes all rounds that are overdue now."""
        with self.game.store.session() as session:
            due = flow.overdue(session, now_ms(), self.grace_ms)
        for workshop_id, round_id in due:
            if self._close(round_id):
                self.game.changed(workshop_id)

    def _close(self, round_id: str) -> bool:
        packs, grace = self.game.packs, self.grace_ms
        return self.game.writer.write(
            lambda session: flow.close_overdue(session, packs, round_id, now_ms(), grace)
        )
