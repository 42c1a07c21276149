"""The live service: all that runs beside the pages in one worker, put together, begun and ended."""

import structlog
from flask import Flask

from game.base.refusal import Refusal
from game.context import Game
from game.live.arrivals import Arrivals
from game.live.backlog import Backlog
from game.live.broadcast import Broadcast
from game.live.by_itself import ByItself
from game.live.client_events import ClientEvents
from game.live.missed import Missed
from game.live.news import News
from game.live.outsiders import outsiders
from game.live.remotes import Remotes
from game.live.repaint import Repaint
from game.live.seats import Seat
from game.live.task import Task
from game.live.timer import Timer
from game.live.wire.relay import Relay
from game.live.workers import Workers
from game.store.base import new_id

log = structlog.get_logger()


class LiveService:
    """The connections of this worker, what they say and are sent, and the tasks behind it."""

    def __init__(self, app: Flask, game: Game) -> None:
        self.game = game
        self.server = game.socketio.server
        self.seats: dict[str, Seat] = {}
        worker, socketio = new_id()[:8], game.socketio
        self.broadcast = Broadcast(app, game, self.seats)
        self.news = News(socketio, game.settings.redis_url, worker)
        self.repaint = Repaint(socketio, self._show_changed, self.broadcast.show_grown, self.news)
        self.timer = Timer(socketio, game)
        self.by_itself = ByItself(socketio, game)
        self.workers = Workers(socketio, game, worker)
        self.missed = Missed(
            socketio, game, self.seats, self.broadcast.shown, self.repaint.hear_change
        )
        self.remotes = Remotes(socketio, game, self.seats)
        self.relay = Relay(socketio, self.news, worker)
        self.backlog = Backlog(socketio, self._is_behind, self._tell_backlog)
        self.arrivals = Arrivals(
            app, game, worker, self.seats, self.broadcast, self.news, self.repaint
        )
        self.events = ClientEvents(app, game, self.broadcast, self.repaint)
        self._listen()

    def _listen(self) -> None:
        self.server.on("connect", self.arrivals.connect)
        self.server.on("disconnect", self._disconnect)
        self.events.listen()

    def _disconnect(self, sid: str, reason: object = None) -> None:
        self.events.forget(sid)
        self.arrivals.disconnect(sid, reason)

    def start(self) -> None:
        self.workers.start()
        self.news.start(
            {
                "changed": self.repaint.hear_change,
                "grew": self.repaint.hear_growth,
                "moved": self.arrivals.move_out,
            },
            {"poll": self.relay.hear_poll, "polled": self.relay.hear_polled},
        )
        self.repaint.start()
        self.relay.start()
        for task in self._tasks():
            task.start()

    def _tasks(self) -> tuple[Task, ...]:
        return (self.timer, self.by_itself, self.missed, self.backlog, self.remotes)

    def stop(self) -> None:
        """Ends the tasks, tells every phone that the server is leaving, and leaves the workers."""
        self.news.stopping = self.relay.stopping = self.repaint.stopping = True
        for task in (self.workers, *self._tasks()):
            task.stopping = True
        for sid in list(self.seats):
            self.server.emit("bye", {"reason": "restart"}, to=sid)
        try:
            self.workers.leave()
        except Refusal:
            log.warning("left_unsaid")  # the others will notice

    def _is_behind(self) -> bool:
        """Is something away that phones have to wait for?"""
        self.game.writer.probe()
        return self.game.writer.is_away or not self.news.up

    def _tell_backlog(self, *, behind: bool) -> None:
        """Tells everybody here that the server is catching up, or that all is well again."""
        for sid in list(self.seats):
            self.server.emit("line", {"behind": behind}, to=sid)
        self.arrivals.say_unsaid()

    def note_change(self, workshop_id: str) -> None:
        """This worker knows before whoever changed it is answered; screens follow at once."""
        self.game.headers.forget(workshop_id)
        self.repaint.note_change(workshop_id)

    def _show_changed(self, workshop_id: str) -> None:
        """First whoever may not hear this room any more leaves it, then it is shown anew."""
        self.game.headers.forget(workshop_id)
        header = self.game.headers.by_id(workshop_id)
        if header is None:
            return
        with self.game.store.session() as session:
            players, projectors = outsiders(session, self.seats, header)
        for sid in players:
            self.server.emit("bye", {"reason": "removed"}, to=sid)
        for sid in (*players, *projectors):
            self.server.disconnect(sid)
        self.broadcast.show_changed(workshop_id)
