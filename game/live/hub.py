"""The hub: the Socket.IO events, from the wire to one call of a verb and back.

Handlers stand on the underlying Socket.IO server: pushing a request context for each event would
cost more than the event itself.
"""

import re
import time
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask
from flask_babel import force_locale
from socketio.exceptions import ConnectionRefusedError
from werkzeug.http import parse_cookie

from game.base import metrics
from game.base.clock import now_ms
from game.base.languages import SOURCE
from game.base.limits import Limits
from game.base.recent import Recent
from game.base.refusal import Refusal
from game.context import Game
from game.live import commands
from game.live.backlog import Backlog
from game.live.broadcast import Broadcast
from game.live.missed import Missed
from game.live.news import News
from game.live.outsiders import outsiders
from game.live.player_cookie import held
from game.live.presence import Arrived, Moved, Presence
from game.live.remotes import Remotes
from game.live.repaint import Repaint
from game.live.seats import Seat, asked, cookie_of, seat
from game.live.timer import Timer
from game.live.wire.events import UNREADABLE
from game.live.wire.relay import Relay
from game.live.workers import Workers
from game.screens import messages
from game.store.base import new_id
from game.workshop.play import Play, Sent

COSTS = {"submit": 0, "sync": 6, "clock": 0, "command": 6}  # in frames, beside its own
ID = re.compile(r"[A-Za-z0-9_-]{8,40}")
log = structlog.get_logger()
Ack = dict[str, Any]


def _version(sent: Any) -> int:
    """The version of the screen that a client says it shows; 0 for none."""
    seen = sent.get("v") if isinstance(sent, dict) else 0
    return seen if isinstance(seen, int) else 0


class Hub:
    """All connections of this worker, and what they say."""

    def __init__(self, app: Flask, game: Game, play: Play) -> None:
        self.app = app
        self.game = game
        self.play = play
        self.server = game.socketio.server
        self.worker = new_id()[:8]
        self.seats: dict[str, Seat] = {}
        self.phones: dict[str, str] = {}
        self.limits = Limits()
        self.broadcast = Broadcast(app, game, self.seats)
        self.presence = Presence(self.broadcast.boards_shown, game.secret)
        self.news = News(game.socketio, game.settings.redis_url, self.worker)
        self.repaint = Repaint(
            game.socketio, self._show_changed, self.broadcast.show_grown, self.news
        )
        self.timer = Timer(game.socketio, game)
        self.workers = Workers(game.socketio, game, self.worker)
        self.missed = Missed(
            game.socketio, game, self.seats, self.broadcast.shown, self.repaint.hear_change
        )
        self.remotes = Remotes(game.socketio, game, self.seats)
        self.relay = Relay(game.socketio, self.news, self.worker)
        self.backlog = Backlog(game.socketio, self._is_behind, self._tell_backlog)
        self.unsaid: list[Moved] = []
        self.strange: set[str] = set()  # connections whose unknown events were logged
        self.said: Recent[Any, dict[str, Any]] = Recent(1000)
        lean = getattr(game.socketio, "lean", None)
        self.charge: Callable[[str, float], None] = lean.charge if lean else lambda *_: None
        self._listen()

    def _listen(self) -> None:
        self.server.on("connect", self.connect)
        self.server.on("disconnect", self.disconnect)
        for name, cost in COSTS.items():
            self.server.on(name, self._guarded(getattr(self, name), cost))
        self.server.on(UNREADABLE, self._guarded(self.unreadable, COSTS["submit"]))
        self.server.on("*", self.unknown)

    def start(self) -> None:
        """Starts the news and all tasks."""
        self.workers.start()
        self.news.start(
            {
                "changed": self.repaint.hear_change,
                "grew": self.repaint.hear_growth,
                "moved": self._move_out,
            },
            {"poll": self.relay.hear_poll, "polled": self.relay.hear_polled},
        )
        for task in (self.repaint, self.timer, self.missed, self.backlog, self.remotes, self.relay):
            task.start()

    def stop(self) -> None:
        """Ends the tasks, tells every phone that the server is leaving, and leaves the workers."""
        tasks = (self.repaint, self.timer, self.workers, self.missed, self.backlog, self.remotes)
        for task in (self.news, self.relay, *tasks):
            task.stopping = True
        for sid in list(self.seats):
            self.server.emit("bye", {"reason": "restart"}, to=sid)
        try:
            self.workers.leave()
        except Refusal:
            log.warning("left_unsaid")  # the others will notice

    # -- the backlog --

    def _is_behind(self) -> bool:
        """Is something away that phones have to wait for?"""
        self.game.writer.probe()
        return self.game.writer.is_away or not self.news.up

    def _tell_backlog(self, *, behind: bool) -> None:
        """Tells everybody here that the server is catching up, or that all is well again."""
        for sid in list(self.seats):
            self.server.emit("line", {"behind": behind}, to=sid)
        unsaid, self.unsaid = self.unsaid, []
        for move in unsaid:
            self._say_gone(move)

    def _say_gone(self, move: Moved) -> None:
        try:
            self.game.writer.put(self.presence.many, move)
        except Refusal:
            self.unsaid.append(move)

    # -- from the wire --

    def connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> bool:
        """Seats a connection, or refuses it; one that cannot be looked up now may come again."""
        try:
            return self._connect(sid, environ, auth)
        except Exception as error:
            log.warning("connect_failed", fault=type(error).__name__)
            raise ConnectionRefusedError("catching_up") from None

    def _connect(self, sid: str, environ: dict[str, Any], auth: Any) -> bool:
        own: dict[str, Any] | None = None
        match asked(auth):
            case ("phone", workshop_id, lang):
                cookies = parse_cookie(environ.get("HTTP_COOKIE", ""))
                card = held(self.game.secret, cookies, workshop_id)
                found, own = self._arrive(sid, card, workshop_id, lang)
            case _:
                with self.game.store.session() as session:
                    found = seat(session, cookie_of(self.app, environ), auth)
        if found is None:
            return False
        self.seats[sid] = found
        self.server.enter_room(sid, found.room)
        self._greet(sid, found, auth, own)
        return True

    def _arrive(
        self, sid: str, card: tuple[str, str] | None, workshop_id: str, lang: str
    ) -> tuple[Seat | None, dict[str, Any] | None]:
        """The newest phone of a player wins; the older one is told, and can take it back."""
        if card is None:
            return None, None
        player_id, key = card
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

    def _move_out(self, about: Any) -> None:
        """The older phone of a player, if it is here, hears which connection it is now."""
        socket, to = about
        worker, _, sid = socket.partition("/")
        if worker == self.worker and sid in self.seats:
            self.server.emit("moved", {"to": to}, to=sid)

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

    def _greet(self, sid: str, found: Seat, auth: Any, own: dict[str, Any] | None) -> None:
        state = self.broadcast.catch_up(found, _version(auth), own)
        for name in ("screen", "me"):
            if name in state:
                self.server.emit(name, state[name], to=sid)
        self.repaint.note_growth(found.workshop_id)

    def disconnect(self, sid: str, _reason: Any = None) -> None:
        """Forgets a connection; its player stays in the room."""
        gone = self.seats.pop(sid, None)
        self.strange.discard(sid)
        self.broadcast.forget(sid)
        if gone is None or not gone.player_id:
            return
        if self.phones.get(gone.player_id) == sid:
            del self.phones[gone.player_id]
        metrics.PHONES.dec()
        self._say_gone(Moved(gone.player_id, self._socket(sid), now_ms()))
        self.repaint.note_growth(gone.workshop_id)

    def submit(self, found: Seat, sent: Any) -> Ack:
        """Takes an answer; the acknowledgement goes out after the commit."""
        answer = self._sent(found, sent)
        began = time.perf_counter()
        outcome = self.game.writer.put(self.play.many, answer).wait()
        metrics.ACK.observe(time.perf_counter() - began)
        self.repaint.note_growth(found.workshop_id)
        return dict(outcome)

    def _sent(self, found: Seat, sent: Any) -> Sent:
        if not found.player_id:
            raise Refusal("not_allowed")
        if not isinstance(sent, dict) or not isinstance(sent.get("answer"), dict):
            raise Refusal("bad_input", {"answer": "unreadable"})
        id, round_id = sent.get("id"), sent.get("round")
        if not isinstance(id, str) or not ID.fullmatch(id):
            raise Refusal("bad_input", {"id": "invalid"})
        if not isinstance(round_id, str) or len(round_id) > 16:
            raise Refusal("unknown_round")
        if not self.limits.allows_player(found.player_id):
            raise Refusal("throttled")
        return Sent(found.player_id, round_id, id, sent["answer"], now_ms())

    def sync(self, found: Seat, sent: Any) -> Ack:
        """Gives the whole screen to a phone that may have missed one."""
        return {"ok": True, "now": now_ms(), **self.broadcast.catch_up(found, _version(sent))}

    def clock(self, _found: Seat, _sent: Any) -> Ack:
        """The server's clock."""
        return {"ok": True, "now": now_ms()}

    def command(self, found: Seat, sent: Any) -> Ack:
        """Carries out a facilitator's command."""
        if found.surface != "remote":
            raise Refusal("not_allowed")
        commands.run(self.game, found, sent)
        return {"ok": True}

    def unreadable(self, _found: Seat, _sent: Any) -> Ack:
        """An event of which no more than its number and its id could be read."""
        raise Refusal("bad_input", {"answer": "unreadable"})

    def unknown(self, _event: str, sid: str, *_sent: Any) -> Ack:
        """An event that nobody expects."""
        metrics.REFUSED.labels("unknown_event").inc()
        if sid not in self.strange:
            self.strange.add(sid)
            log.warning("unknown_event", surface=self._surface(sid))
        return {"ok": False, "error": {"code": "unknown_event", "text": "", "fields": {}}}

    def _surface(self, sid: str) -> str:
        found = self.seats.get(sid)
        return found.surface if found else "none"

    def _guarded(self, handle: Callable[[Seat, Any], Ack], cost: float) -> Callable[..., Ack]:
        """Whatever comes in, a clear answer goes out, and nothing of it into a log."""

        def handler(sid: str, sent: Any = None, *_more: Any) -> Ack:
            found = self.seats.get(sid)
            id = sent.get("id") if isinstance(sent, dict) else None
            id = id if isinstance(id, str) and len(id) <= 40 else None
            try:
                if found is None or not self.limits.allows_connection(sid):
                    raise Refusal("throttled" if found else "removed")
                if found.surface != "remote":  # whose user has signed in
                    self.charge(sid, cost)
                return handle(found, sent)
            except Refusal as refusal:
                return self._refused(found, id, refusal)
            except Exception as error:
                log.error("event_failed", on=handle.__name__, fault=type(error).__name__)
                return self._refused(found, id, Refusal("failed"))

        return handler

    def _refused(self, found: Seat | None, id: str | None, refusal: Refusal) -> Ack:
        metrics.REFUSED.labels(refusal.code).inc()
        return {
            "ok": False,
            "id": id,
            "error": self._words(found.lang if found else SOURCE, refusal),
        }

    def _words(self, lang: str, refusal: Refusal) -> dict[str, Any]:
        """A refusal in a language; made once, since a flood is refused again and again."""
        key = (lang, refusal.code, *refusal.fields.items())
        if key not in self.said:
            with self.app.app_context(), force_locale(lang):
                self.said[key] = messages.refusal(refusal)
        return self.said[key]
