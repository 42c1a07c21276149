"""Arrivals: a connection that comes gets a seat and its first screen; one that goes is noted."""

from wsgiref.types import WSGIEnvironment

import structlog
from flask import Flask
from socketio.exceptions import ConnectionRefusedError
from sqlalchemy import delete
from werkzeug.http import parse_cookie

from game.base import metrics
from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.context import Game
from game.live.broadcast import Broadcast, version_seen
from game.live.news import News
from game.live.player_cookie import held
from game.live.presence import Arrived, Moved, Presence
from game.live.repaint import Repaint
from game.live.seats import Seat, asked, cookie_of, seat
from game.store.tables import ProjectorLine

log = structlog.get_logger()


class Arrivals:
    """All connections of this worker, by the id of their socket."""

    def __init__(
        self,
        app: Flask,
        game: Game,
        worker: str,
        seats: dict[str, Seat],
        broadcast: Broadcast,
        news: News,
        repaint: Repaint,
    ) -> None:
        self.app = app
        self.game = game
        self.worker = worker
        self.broadcast = broadcast
        self.news = news
        self.repaint = repaint
        self.server = game.socketio.server
        self.seats = seats
        self.phones: dict[str, str] = {}
        self.presence = Presence(broadcast.boards_shown, game.secret)
        self.taken_down: list[str] = []
        self.unsaid: list[Moved] = []  # departures that the database was too far away for

    def connect(self, sid: str, environ: dict[str, object], auth: object = None) -> bool:
        """Seats a connection, or refuses it; one that cannot be looked up now may come again."""
        try:
            return self._connect(sid, environ, auth)
        except Exception as error:
            log.warning("connect_failed", fault=type(error).__name__)
            raise ConnectionRefusedError("catching_up") from None

    def _connect(self, sid: str, environ: WSGIEnvironment, auth: object) -> bool:
        own: dict[str, object] | None = None
        match asked(auth):
            case ("phone", workshop_id, lang):
                cookies = parse_cookie(environ.get("HTTP_COOKIE", ""))
                credential = held(self.game.secret, cookies, workshop_id)
                found, own = self._arrive(sid, credential, workshop_id, lang)
            case _:
                with self.game.store.session() as session:
                    found = seat(session, cookie_of(self.app, environ), auth)
        if found is None:
            return False
        if found.surface == "projector" and not found.small:
            line = {"socket": self._socket(sid), "workshop_id": found.workshop_id}
            self.game.writer.write(lambda s: s.add(ProjectorLine(**line)))
        self.seats[sid] = found
        self.server.enter_room(sid, found.room)
        self._greet(sid, found, auth, own)
        return True

    def _arrive(
        self, sid: str, credential: tuple[str, str] | None, workshop_id: str, lang: str
    ) -> tuple[Seat | None, dict[str, object] | None]:
        """The newest phone of a player wins; the older one is told, and can take it back."""
        if credential is None:
            return None, None
        player_id, key = credential
        move = Moved(player_id, self._socket(sid), now_ms(), True, workshop_id, key)
        arrived = self._let_in(move)
        if arrived is None:
            return None, None
        self.phones[player_id] = sid
        metrics.PHONES.inc()
        if arrived.before:
            self.news.tell("moved", [arrived.before, sid])
        return Seat("phone", workshop_id, lang, player_id), arrived.me

    def _let_in(self, move: Moved) -> Arrived | None:
        try:
            arrived = self.game.writer.put(self.presence.many, move).wait()
        except Refusal as refusal:
            if refusal.code == "removed":
                return None
            raise
        return arrived if isinstance(arrived, Arrived) else None

    def _socket(self, sid: str) -> str:
        return f"{self.worker}/{sid}"

    def _greet(self, sid: str, found: Seat, auth: object, own: dict[str, object] | None) -> None:
        state = self.broadcast.catch_up(found, version_seen(auth), own)
        for name in ("screen", "me"):
            if name in state:
                self.server.emit(name, state[name], to=sid)
        self.repaint.note_growth(found.workshop_id)

    def disconnect(self, sid: str, _reason: object = None) -> None:
        """Forgets a connection; its player stays in the room."""
        gone = self.seats.pop(sid, None)
        self.broadcast.forget(sid)
        if gone is not None and gone.surface == "projector" and not gone.small:
            self._take_down(self._socket(sid))
            self.repaint.note_growth(gone.workshop_id)
        if gone is None or not gone.player_id:
            return
        if self.phones.get(gone.player_id) == sid:
            del self.phones[gone.player_id]
        metrics.PHONES.dec()
        self._say_gone(Moved(gone.player_id, self._socket(sid), now_ms()))
        self.repaint.note_growth(gone.workshop_id)

    def _take_down(self, socket: str) -> None:
        """A projector is gone."""
        try:
            self.game.writer.write(
                lambda s: s.execute(delete(ProjectorLine).where(ProjectorLine.socket == socket))
            )
        except Refusal:
            self.taken_down.append(socket)

    def move_out(self, about: tuple[str, str]) -> None:
        """The older phone of a player, if it is here, hears which connection it is now."""
        socket, to = about
        worker, _, sid = socket.partition("/")
        if worker == self.worker and sid in self.seats:
            self.server.emit("moved", {"to": to}, to=sid)

    def say_unsaid(self) -> None:
        """Notes the departures that could not be noted when they happened."""
        unsaid, self.unsaid = self.unsaid, []
        for move in unsaid:
            self._say_gone(move)
        down, self.taken_down = self.taken_down, []
        for socket in down:
            self._take_down(socket)

    def _say_gone(self, move: Moved) -> None:
        try:
            self.game.writer.put(self.presence.many, move)
        except Refusal:
            self.unsaid.append(move)
