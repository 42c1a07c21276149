"""The hub: the Socket.IO events, from the wire to one call of a verb and back.

Handlers stand on the underlying Socket.IO server: pushing a request context for each event would
cost more than the event itself.
"""

import re
from collections.abc import Callable
from typing import Any

import structlog
from flask import Flask
from flask_babel import force_locale

from game import messages
from game.context import Game
from game.live import commands, presence
from game.live.limits import Limits
from game.live.pulse import Pulse
from game.live.seats import LANGS, Seat, cookie_of, player_room, room, seat
from game.live.timer import Timer
from game.rules.round import Refusal
from game.screens.render import Screens
from game.store.models import Workshop, new_id, now_ms
from game.workshop.boards import boards
from game.workshop.me import me as my_own
from game.workshop.play import Play, Sent

ID = re.compile(r"[A-Za-z0-9_-]{8,40}")
WITH_RANKS = ("board", "podium", "ended")
log = structlog.get_logger()
Ack = dict[str, Any]


def _version(sent: Any) -> int:
    """The version of the screen that a client says it shows; 0 for none."""
    seen = sent.get("v") if isinstance(sent, dict) else 0
    return seen if isinstance(seen, int) else 0


class Hub:
    """All connections of this worker, and what they are sent."""

    def __init__(self, app: Flask, game: Game, play: Play) -> None:
        self.app = app
        self.game = game
        self.play = play
        self.socketio = game.socketio
        self.server = game.socketio.server
        self.worker = new_id()[:8]
        self.seats: dict[str, Seat] = {}
        self.limits = Limits()
        self.screens = Screens(app, game)
        self.pulse = Pulse(game.socketio, self.show_changed, self.show_grown)
        self.timer = Timer(game.socketio, game)
        self._listen()

    def _listen(self) -> None:
        self.server.on("connect", self.connect)
        self.server.on("disconnect", self.disconnect)
        for name in ("submit", "sync", "clock", "command"):
            self.server.on(name, self._guarded(getattr(self, name)))
        self.server.on("*", self.unknown)

    def start(self) -> None:
        """Starts pulse and timer."""
        if not self.game.settings.redis_url:
            self.game.writer.write(presence.forget_all)
        self.pulse.start()
        self.timer.start()

    def stop(self) -> None:
        """Tells every phone that the server is leaving, and ends the tasks."""
        self.pulse.stopping = self.timer.stopping = True
        for sid in list(self.seats):
            self.server.emit("bye", {"reason": "restart"}, to=sid)

    # -- from the wire --

    def connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> bool:
        """Seats a connection, or refuses it."""
        cookie = cookie_of(self.app, environ)
        with self.game.store.session() as session:
            found = seat(session, cookie, auth)
        if found is None:
            return False
        self.seats[sid] = found
        self.server.enter_room(sid, found.room)
        if found.player_id:
            self._take_over(sid, found)
        self._greet(sid, found, auth)
        return True

    def _take_over(self, sid: str, found: Seat) -> None:
        """The newest phone of a player wins; the older one is told, and can take it back."""
        before = self._note(found.player_id, sid, here=True)
        if before:
            self.server.emit("moved", {"to": sid}, to=player_room(found.player_id), skip_sid=sid)
            self.server.close_room(player_room(found.player_id))
        self.server.enter_room(sid, player_room(found.player_id))

    def _note(self, player_id: str, sid: str, *, here: bool) -> str | None:
        move = presence.Moved(player_id, f"{self.worker}/{sid}", here, now_ms())
        outcome = self.game.writer.put(presence.note_many, move).wait()
        return None if outcome is None else str(outcome)

    def _greet(self, sid: str, found: Seat, auth: Any) -> None:
        state = self._catch_up(found, _version(auth))
        for name in ("screen", "me"):
            if name in state:
                self.server.emit(name, state[name], to=sid)
        self.pulse.note_growth(found.workshop_id)

    def disconnect(self, sid: str, _reason: Any = None) -> None:
        """Forgets a connection; its player stays in the room."""
        gone = self.seats.pop(sid, None)
        if gone and gone.player_id:
            self._note(gone.player_id, sid, here=False)
            self.pulse.note_growth(gone.workshop_id)

    def submit(self, found: Seat, sent: Any) -> Ack:
        """Takes an answer; the acknowledgement goes out after the commit."""
        answer = self._sent(found, sent)
        outcome = self.game.writer.put(self.play.many, answer).wait()
        self.pulse.note_growth(found.workshop_id)
        return dict(outcome)

    def _sent(self, found: Seat, sent: Any) -> Sent:
        if not found.player_id:
            raise Refusal("not_allowed")
        if not isinstance(sent, dict) or not isinstance(sent.get("answer"), dict):
            raise Refusal("bad_input")
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
        return {"ok": True, "now": now_ms(), **self._catch_up(found, _version(sent))}

    def clock(self, _found: Seat, _sent: Any) -> Ack:
        """The server's clock."""
        return {"ok": True, "now": now_ms()}

    def command(self, found: Seat, sent: Any) -> Ack:
        """Carries out a facilitator's command."""
        if found.surface != "remote":
            raise Refusal("not_allowed")
        commands.run(self.game, found.workshop_id, sent)
        if isinstance(sent, dict) and sent["do"] == "remove":
            self._show_out(str(sent["player"]))
        return {"ok": True}

    def _show_out(self, player_id: str) -> None:
        self.server.emit("bye", {"reason": "removed"}, to=player_room(player_id))

    def unknown(self, _event: str, sid: str, *_sent: Any) -> Ack:
        """An event that nobody expects."""
        log.warning("unknown_event", surface=self._surface(sid))
        return {"ok": False, "error": {"code": "unknown_event", "text": "", "fields": {}}}

    def _surface(self, sid: str) -> str:
        found = self.seats.get(sid)
        return found.surface if found else "none"

    def _guarded(self, handle: Callable[[Seat, Any], Ack]) -> Callable[..., Ack]:
        """Whatever comes in, a clear answer goes out, and nothing of it into a log."""

        def handler(sid: str, sent: Any = None, *_more: Any) -> Ack:
            found = self.seats.get(sid)
            id = sent.get("id") if isinstance(sent, dict) else None
            id = id if isinstance(id, str) and len(id) <= 40 else None
            try:
                if found is None or not self.limits.allows_connection(sid):
                    raise Refusal("throttled" if found else "removed")
                return handle(found, sent)
            except Refusal as refusal:
                return self._refused(found, id, refusal)
            except Exception as error:
                log.error("event_failed", on=handle.__name__, fault=type(error).__name__)
                return self._refused(found, id, Refusal("failed"))

        return handler

    def _refused(self, found: Seat | None, id: str | None, refusal: Refusal) -> Ack:
        lang = found.lang if found else "fr"
        with self.app.app_context(), force_locale(lang):
            return {"ok": False, "id": id, "error": messages.refusal(refusal)}

    # -- to the wire --

    def _catch_up(self, found: Seat, seen: int) -> dict[str, Any]:
        """What this connection has not seen: its screen if newer, and always its own numbers."""
        with self.game.store.session() as session:
            workshop = session.get(Workshop, found.workshop_id)
            version = workshop.version if workshop else 0
            state: dict[str, Any] = {"v": version}
            if found.player_id:
                ranks = self._ranks(session, workshop) if workshop else {}
                state["me"] = self._worded(found.lang, my_own(session, found.player_id, ranks))
        if seen < version:
            fresh = (
                self.screens.phone(found.workshop_id, found.lang, version)
                if found.surface == "phone"
                else self.screens.get(found.workshop_id, found.surface, found.lang)
            )
            if fresh:
                state["screen"] = fresh.wire()
        return state

    def _ranks(self, session: Any, workshop: Workshop) -> dict[str, int]:
        return boards(session, workshop.id).rank_of() if workshop.stage in WITH_RANKS else {}

    def _worded(self, lang: str, own: dict[str, Any]) -> dict[str, Any]:
        with self.app.app_context(), force_locale(lang):
            labels = messages.reasons()
        for line in own["gained"]:
            line["label"] = labels.get(line["reason"], line["reason"])
        return own

    def show_changed(self, workshop_id: str) -> None:
        """Sends every surface its new screen, and every phone its own numbers where they tell."""
        with self.game.store.session() as session:
            workshop = session.get(Workshop, workshop_id)
            if workshop is None:
                return
            version, stage = workshop.version, workshop.stage
        for lang in LANGS:
            fresh = self.screens.phone(workshop_id, lang, version)
            if fresh:
                self.server.emit("screen", fresh.wire(), to=room(workshop_id, "phone", lang))
        self.show_grown(workshop_id)
        if stage != "lobby" and fresh and fresh.phase not in ("briefing", "open"):
            self._tell_everyone(workshop_id)

    def show_grown(self, workshop_id: str) -> None:
        """Sends projector and remote their screen with today's counts."""
        for surface in ("projector", "remote"):
            for lang in LANGS:
                if self._anybody(room(workshop_id, surface, lang)):
                    fresh = self.screens.get(workshop_id, surface, lang)
                    if fresh:
                        self.server.emit(
                            "screen", fresh.wire(), to=room(workshop_id, surface, lang)
                        )

    def _anybody(self, name: str) -> bool:
        if self.game.settings.redis_url:
            return True
        return name in self.server.manager.rooms.get("/", {})

    def _tell_everyone(self, workshop_id: str) -> None:
        """Each phone of this worker its own points and rank."""
        with self.game.store.session() as session:
            made = boards(session, workshop_id)
        by_id = {r.row.id: r for r in made.players}
        for sid, found in list(self.seats.items()):
            ranked = by_id.get(found.player_id)
            if ranked and found.workshop_id == workshop_id:
                row = ranked.row
                numbers = {"points": row.provisional, "confirmed": row.confirmed}
                own = {**numbers, "rank": ranked.rank, "of": len(by_id), "nickname": row.name}
                self.server.emit("me", own, to=sid)
