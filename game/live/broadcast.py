"""What goes out to the screens: drawn once for all who see the same, sent after its commit."""

import time
from collections.abc import Mapping

from flask import Flask

from game.base import metrics
from game.base.clock import now_ms
from game.base.languages import LANGS
from game.base.recent import Recent
from game.context import Game
from game.live.seats import Seat, room
from game.rules import board
from game.screens.board_shown import WITH_BOARD
from game.screens.render import Screens
from game.workshop.boards import Boards
from game.workshop.header import Header
from game.workshop.me import gained_in, mine

AT_A_TIME = 200  # phones told before others get their turn
LATELY = 1.0  # seconds for which a player's own numbers are told again without asking the database
Lately = tuple[float, int, dict[str, object]]
NEVER: Lately = (0.0, -1, {})


def version_seen(sent: object) -> int:
    """The version of the screen that a client says it shows; 0 for none."""
    seen = sent.get("v") if isinstance(sent, dict) else 0
    return seen if isinstance(seen, int) else 0


class Broadcast:
    """The screens of this worker's connections."""

    def __init__(self, app: Flask, game: Game, seats: Mapping[str, Seat]) -> None:
        self.game = game
        self.server = game.socketio.server
        self.seats = seats
        self.screens = Screens(app, game)
        self.shown: dict[str, int] = {}
        self.told: dict[str, tuple[object, ...]] = {}
        self.made: Recent[str, tuple[int, Boards]] = Recent(64)
        self.lately: Recent[str, Lately] = Recent(4_000)

    # -- one connection --

    def catch_up(
        self, found: Seat, seen: int, own: dict[str, object] | None = None
    ) -> dict[str, object]:
        """What a connection has not seen: its screen if newer, and always its own numbers."""
        header = self.game.headers.by_id(found.workshop_id)
        version = max(header.version if header else 0, self.shown.get(found.workshop_id, 0))
        state: dict[str, object] = {"v": version}
        is_own = False
        if found.player_id:
            state["me"] = own = own or self._own(found.player_id, version)
            is_own = int(str(own["own_until"])) > now_ms()
        self.shown.setdefault(found.workshop_id, version)
        if seen < version or is_own:
            fresh = (
                self.screens.phone(found.workshop_id, found.lang, version, is_own=is_own)
                if found.surface == "phone"
                else self.screens.get(found.workshop_id, found.surface, found.lang)
            )
            if fresh:
                state["screen"] = fresh.wire()
                state["v"] = fresh.version
        return state

    def _own(self, player_id: str, version: int) -> dict[str, object]:
        """A player's own numbers: who asks again at once is told the same, without a question."""
        known = self.lately.setdefault(player_id, NEVER)
        at, of, own = known
        if of == version and time.monotonic() - at < LATELY:
            return own
        with self.game.store.reading.connect() as connection:
            own = mine(connection, self.game.secret, [player_id], self.boards_shown)[player_id]
        if self.lately.get(player_id) is known:  # nothing was answered meanwhile
            self.lately[player_id] = time.monotonic(), version, own
        return own

    def note_answer(self, player_id: str) -> None:
        """What this player was told of themselves lately is not so any more."""
        if player_id in self.lately:
            self.lately[player_id] = (*NEVER[:2], {})

    def boards_shown(self, workshop_id: str) -> Boards | None:
        """The boards of a room while its screens show them; else none."""
        header = self.game.headers.by_id(workshop_id)
        if header is None or header.stage not in WITH_BOARD:
            return None
        return self.boards(workshop_id, header.version)

    def boards(self, workshop_id: str, version: int) -> Boards:
        """The boards of this version, made once."""
        at, made = self.made.get(workshop_id, (-1, None))
        if made is None or at < version:
            with self.game.store.session() as session:
                made, _before = self.game.boards.of(session, workshop_id, version)
            self.made[workshop_id] = version, made
        return made

    # -- everybody --

    def show_changed(self, workshop_id: str) -> None:
        """Sends every surface its new screen, and every phone its own numbers where they tell."""
        with metrics.FANOUT.time():
            self._show_changed(workshop_id)

    def _show_changed(self, workshop_id: str) -> None:
        header = self.game.headers.by_id(workshop_id)
        if header is None:
            return
        phase = ""
        for lang in LANGS:
            if self._anybody(room(workshop_id, "phone", lang)):
                fresh = self.screens.phone(workshop_id, lang, header.version)
                if fresh:
                    phase = fresh.phase
                    self._send(workshop_id, "phone", lang, fresh.wire())
        self.shown[workshop_id] = header.version
        self.show_grown(workshop_id)
        if header.stage in WITH_BOARD or (header.stage == "round" and phase == "revealed"):
            self._tell_everyone(header)

    def show_grown(self, workshop_id: str) -> None:
        """Sends projector and remote their screen with today's counts."""
        for surface in ("projector", "remote"):
            for lang in LANGS:
                if self._anybody(room(workshop_id, surface, lang)):
                    fresh = self.screens.get(workshop_id, surface, lang)
                    if fresh:
                        self._send(workshop_id, surface, lang, fresh.wire())
                    self.game.socketio.sleep(0)  # acknowledgements go first

    def _send(self, workshop_id: str, surface: str, lang: str, screen: dict[str, object]) -> None:
        self.server.emit("screen", screen, to=room(workshop_id, surface, lang))

    def _anybody(self, name: str) -> bool:
        return name in self.server.manager.rooms.get("/", {})

    def _tell_everyone(self, header: Header) -> None:
        """Each phone its own points, rank and gains, if they are not what it was told last."""
        workshop_id, made = header.id, self.boards(header.id, header.version)
        by_id = {ranked.row.id: ranked for ranked in made.players}
        gains: Mapping[str, list[dict[str, object]]] = {}
        if header.round_id:
            with self.game.store.reading.connect() as connection:
                gains = gained_in(connection, header.round_id)
        phones = [
            (sid, found.player_id)
            for sid, found in self.seats.items()
            if found.workshop_id == workshop_id and found.player_id in by_id
        ]
        for n, (sid, player_id) in enumerate(phones, 1):
            self._tell(sid, by_id[player_id], made, gains.get(player_id, []))
            if n % AT_A_TIME == 0:
                self.game.socketio.sleep(0)

    def _tell(
        self, sid: str, ranked: board.Ranked, made: Boards, gains: list[dict[str, object]]
    ) -> None:
        row, of = ranked.row, len(made.players)
        numbers = (
            row.provisional,
            row.confirmed,
            ranked.rank,
            of,
            row.name,
            len(gains),
            made.basis,
            *made.place(row.id).values(),
        )
        if self.told.get(sid) == numbers:
            return
        self.told[sid] = numbers
        own = {
            "points": row.provisional,
            "confirmed": row.confirmed,
            "rank": ranked.rank,
            "of": of,
            "basis": made.basis,
            "nickname": row.name,
            "gained": gains,
            **made.place(row.id),
        }
        self.server.emit("me", own, to=sid)

    def forget(self, sid: str) -> None:
        self.told.pop(sid, None)
