"""Remotes whose sign-in has ended, or whose user may not run the workshop any more, are cut."""

from collections.abc import Mapping

from flask_socketio import SocketIO
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.context import Game
from game.live.seats import Seat, check_runs
from game.live.task import Task


class Remotes(Task):
    """Looks again and again; commands are refused at once, this ends what is only shown."""

    PAUSE = 2.0  # seconds
    FAULT = ("debug", "remotes_failed")

    def __init__(self, socketio: SocketIO, game: Game, seats: Mapping[str, Seat]) -> None:
        super().__init__(socketio)
        self.game = game
        self.seats = seats

    def once(self) -> None:
        """Has the remotes that are out leave; their page asks to sign in again."""
        remotes = [(sid, seat) for sid, seat in self.seats.items() if seat.surface == "remote"]
        if not remotes:
            return
        with self.game.store.session() as session:
            gone = [sid for sid, seat in remotes if not _runs(session, seat)]
        for sid in gone:
            self.game.socketio.server.emit("bye", {"reason": "signed_out"}, to=sid)
            self.game.socketio.server.disconnect(sid)


def _runs(session: Session, seat: Seat) -> bool:
    try:
        check_runs(session, seat)
    except Refusal:
        return False
    return True
