"""Which workers live. Whoever stays finds those who died, and frees their seats."""

import structlog
from flask_socketio import SocketIO
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.context import Game
from game.live.task import Task
from game.store.database_clock import clock
from game.store.tables import Player, ProjectorLine, WorkerRow

DEAD = 10_000  # milliseconds without one
log = structlog.get_logger()


class Workers(Task):
    """This worker's place among them: a sign of life every two seconds."""

    PAUSE = 2.0
    FAULT = ("warning", "sign_of_life_failed")

    def __init__(self, socketio: SocketIO, game: Game, worker: str) -> None:
        super().__init__(socketio)
        self.game = game
        self.worker = worker

    def start(self) -> None:
        """Joins the workers. Alone on SQLite, nobody else can be connected anywhere."""
        self.game.writer.write(forget_all if self.game.store.is_sqlite else self.sign)
        super().start()

    def leave(self) -> None:
        """Frees this worker's seats at its end."""
        self.game.writer.write(lambda session: free(session, [self.worker]))

    def once(self) -> None:
        self.game.writer.write(self.sign)

    def sign(self, session: Session) -> None:
        """Gives a sign of life, and frees the seats of those who gave none."""
        now = clock(session)
        row = session.get(WorkerRow, self.worker) or WorkerRow(id=self.worker)
        row.seen_at = now
        session.add(row)
        session.flush()
        dead = list(session.scalars(select(WorkerRow.id).where(WorkerRow.seen_at < now - DEAD)))
        if dead:
            log.warning("workers_died", count=len(dead))
            free(session, dead)


def free(session: Session, workers: list[str]) -> None:
    """Nobody is connected to these workers any more."""
    for worker in workers:
        session.execute(
            update(Player)
            .where(Player.socket.startswith(f"{worker}/", autoescape=True))
            .values(socket=None)
            .execution_options(synchronize_session=False)
        )
        own = ProjectorLine.socket.startswith(f"{worker}/", autoescape=True)
        session.execute(delete(ProjectorLine).where(own))
        session.execute(delete(WorkerRow).where(WorkerRow.id == worker))


def forget_all(session: Session) -> None:
    """Nobody is connected to a server that starts anew: who is there will come again."""
    session.execute(update(Player).where(Player.socket.is_not(None)).values(socket=None))
    session.execute(delete(ProjectorLine))
    session.execute(delete(WorkerRow))
