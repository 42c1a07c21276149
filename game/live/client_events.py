"""What clients say once they have a seat: each event is one call of a verb, and a clear answer.

Handlers stand on the underlying Socket.IO server: pushing a request context for each event would
cost more than the event itself.
"""

import re
import time
from collections.abc import Callable, Mapping

import structlog
from flask import Flask
from flask_babel import force_locale

from game.base import metrics
from game.base.clock import now_ms
from game.base.languages import SOURCE
from game.base.limits import Limits
from game.base.recent import Recent
from game.base.refusal import Refusal
from game.context import Game
from game.live import commands
from game.live.broadcast import Broadcast, version_seen
from game.live.repaint import Repaint
from game.live.seats import Seat
from game.live.wire.events import UNREADABLE
from game.screens import messages
from game.workshop.play import Sent

COSTS = {"submit": 0, "sync": 6, "clock": 0, "command": 6}  # in frames, beside its own
ID = re.compile(r"[A-Za-z0-9_-]{8,40}")
log = structlog.get_logger()
Ack = dict[str, object]


class ClientEvents:
    """The events that clients may send, and how often."""

    def __init__(self, app: Flask, game: Game, broadcast: Broadcast, repaint: Repaint) -> None:
        self.app = app
        self.game = game
        self.broadcast = broadcast
        self.repaint = repaint
        self.seats: Mapping[str, Seat] = broadcast.seats
        self.limits = Limits()
        self.strange: set[str] = set()  # connections whose unknown events were logged
        self.said: Recent[tuple[object, ...], messages.RefusalTold] = Recent(1000)
        lean = getattr(game.socketio, "lean", None)
        self.charge: Callable[[str, float], None] = lean.charge if lean else lambda *_: None

    def listen(self) -> None:
        server = self.game.socketio.server
        for name, cost in COSTS.items():
            server.on(name, self._guarded(getattr(self, name), cost))
        server.on(UNREADABLE, self._guarded(self.unreadable, COSTS["submit"]))
        server.on("*", self.unknown)

    def forget(self, sid: str) -> None:
        self.strange.discard(sid)

    def submit(self, found: Seat, sent: object) -> Ack:
        """Takes an answer; the acknowledgement goes out after the commit."""
        answer = self._sent(found, sent)
        began = time.perf_counter()
        outcome = self.game.writer.put(self.game.play.many, answer).wait()
        metrics.ACK.observe(time.perf_counter() - began)
        self.broadcast.note_answer(found.player_id)
        self.repaint.note_growth(found.workshop_id)
        return dict(outcome)

    def _sent(self, found: Seat, sent: object) -> Sent:
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

    def sync(self, found: Seat, sent: object) -> Ack:
        """Gives the whole screen to a phone that may have missed one."""
        return {"ok": True, "now": now_ms(), **self.broadcast.catch_up(found, version_seen(sent))}

    def clock(self, _found: Seat, _sent: object) -> Ack:
        return {"ok": True, "now": now_ms()}

    def command(self, found: Seat, sent: object) -> Ack:
        if found.surface != "remote":
            raise Refusal("not_allowed")
        commands.run(self.game, found, sent)
        return {"ok": True}

    def unreadable(self, _found: Seat, _sent: object) -> Ack:
        """An event of which no more than its number and its id could be read."""
        raise Refusal("bad_input", {"answer": "unreadable"})

    def unknown(self, _event: str, sid: str, *_sent: object) -> Ack:
        metrics.REFUSED.labels("unknown_event").inc()
        if sid not in self.strange:
            self.strange.add(sid)
            log.warning("unknown_event", surface=self._surface(sid))
        return {"ok": False, "error": {"code": "unknown_event", "text": "", "fields": {}}}

    def _surface(self, sid: str) -> str:
        found = self.seats.get(sid)
        return found.surface if found else "none"

    def _guarded(self, handle: Callable[[Seat, object], Ack], cost: float) -> Callable[..., Ack]:
        """Whatever comes in, a clear answer goes out, and nothing of it into a log."""

        def handler(sid: str, sent: object = None, *_more: object) -> Ack:
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

    def _words(self, lang: str, refusal: Refusal) -> messages.RefusalTold:
        """A refusal in a language; made once, since a flood is refused again and again."""
        key = (lang, refusal.code, *refusal.fields.items())
        if key not in self.said:
            with self.app.app_context(), force_locale(lang):
                self.said[key] = messages.refusal(refusal)
        return self.said[key]
