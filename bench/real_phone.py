"""A phone that does all that the page's script does: it measures the clock, and catches up."""

import random

import orjson

from bench.loop import Loop
from bench.phone import Phone
from bench.room import Room

PINGS = 4  # at each connection; their answers set the countdown
MOST_SPREAD = 4.0  # seconds within which a room catches up that comes into an open round


class RealPhone(Phone):
    """The phone of the load, with what static/js/clock.js and phone.js ask beside the answers."""

    def __init__(self, loop: Loop, port: int, room: Room, name: str = "", seat: int = 0) -> None:
        super().__init__(loop, port, room, name, seat)
        self.asked: set[int] = set()  # numbers of what it asked beside its answers
        self.pings = 0
        self.round = ""
        self.version = 0
        self.syncs = 0

    def open(self) -> None:
        self.pings = 0
        super().open()

    def _packet(self, packet: bytes) -> None:
        if packet.startswith(b"43") and self._is_own(packet):
            self._ping()
            return
        super()._packet(packet)
        if packet.startswith(b'42["screen"'):
            self._show(orjson.loads(packet[2:])[1])

    def _is_own(self, packet: bytes) -> bool:
        number = int(packet[2 : packet.index(b"[")])
        if number not in self.asked:
            return False
        self.asked.discard(number)
        return True

    def _ping(self) -> None:
        if self.pings < PINGS:
            self.pings += 1
            self.asked.add(self._ask("clock", {}))

    def _ask(self, event: str, payload: object) -> int:
        sent_at = self.sent_at
        number = self.emit(event, payload)
        self.sent_at = sent_at  # which is that of its answer
        return number

    def _show(self, screen: dict[str, object]) -> None:
        """As phone.js: who comes into an open round asks for what stands there, not all at once."""
        came, self.round = str(screen["round"]), self.round
        is_elsewhere = bool(came) and came != self.round
        self.round, self.version = came, int(str(screen["v"]))
        self._ping()
        if is_elsewhere and screen["phase"] == "open":
            self.loop.later(random.random() * MOST_SPREAD, self._sync)

    def _sync(self) -> None:
        if self.state == "open":
            self.syncs += 1
            self.asked.add(self._ask("sync", {"v": self.version}))
