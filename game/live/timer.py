"""The timer: closes what is overdue. Any worker may try, and the database lets one."""

from flask_socketio import SocketIO

from game.base.clock import now_ms
from game.context import Game
from game.live.task import Task
from game.workshop import auto_advance, round_clock


class Timer(Task):
    """Looks for open rounds whose time and grace are over."""

    PAUSE = 0.2
    AFTER_A_FAULT = 1.0
    FAULT = ("error", "timer_failed")

    def __init__(self, socketio: SocketIO, game: Game) -> None:
        super().__init__(socketio)
        self.game = game
        self.grace_ms = int(game.settings.grace_seconds * 1000)

    def once(self) -> None:
        """Closes all rounds that are overdue now."""
        with self.game.store.reading.connect() as connection:
            due = round_clock.overdue(connection, now_ms(), self.grace_ms)
        for workshop_id, round_id in due:
            if self._close(round_id):
                self.game.changed(workshop_id)

    def _close(self, round_id: str) -> bool:
        packs, grace = self.game.packs, self.grace_ms
        return self.game.writer.write(
            lambda session: auto_advance.close_overdue(session, packs, round_id, now_ms(), grace)
        )
