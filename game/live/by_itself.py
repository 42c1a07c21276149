"""Steps that come by themselves: any worker may take one, and the database lets one."""

from flask_socketio import SocketIO
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.context import Game
from game.live.task import Task
from game.workshop import auto_advance, last_move


class ByItself(Task):
    """Looks for workshops whose next step is due."""

    PAUSE = 0.3
    AFTER_A_FAULT = 1.0
    FAULT = ("error", "step_failed")

    def __init__(self, socketio: SocketIO, game: Game) -> None:
        super().__init__(socketio)
        self.game = game

    def once(self) -> None:
        """Takes all steps that are due now."""
        with self.game.store.reading.connect() as connection:
            due = auto_advance.due(connection, now_ms())
        for workshop_id, since in due:
            if self._take(workshop_id, since):
                self.game.changed(workshop_id)

    def _take(self, workshop_id: str, since: int) -> bool:
        packs = self.game.packs

        def job(session: Session) -> bool:
            before = last_move.standing(session, workshop_id)
            if not auto_advance.go_on_by_itself(session, packs, workshop_id, since):
                return False
            last_move.note(session, packs, workshop_id, "next", before)
            return True

        try:
            return self.game.writer.write(job)
        except Refusal as refusal:
            if refusal.code not in ("workshop_over", "not_now", "no_round"):
                raise
            self.game.writer.write(lambda session: auto_advance.hold(session, workshop_id))
            return True
