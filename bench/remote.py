"""The facilitator's remote and the projector of a room."""

from functools import partial
from typing import Any

import orjson

from bench.loop import Loop
from bench.phone import Phone
from bench.room import Room

TRIES = 80


class Remote(Phone):
    """The remote of one room."""

    __slots__ = ("answers", "now")

    def __init__(self, loop: Loop, port: int, room: Room, cookie: str):
        super().__init__(loop, port, room)
        self.auth["surface"] = "remote"
        self.cookie = cookie
        self.now: dict[str, Any] = {}
        self.answers: dict[int, dict[str, Any]] = {}
        self.heard = self._keep
        self.acked = self._answered

    def _keep(self, _phone: Phone, packet: bytes) -> None:
        name, payload = orjson.loads(packet[2:])
        if name == "screen":
            self.now = payload

    def _answered(self, _phone: Phone, number: int, packet: bytes) -> None:
        self.answers[number] = orjson.loads(packet)[0]

    def sit(self) -> "Remote":
        """Opens the line and waits for the screen."""
        self.open()
        assert self.loop.until(lambda: bool(self.now), 20), "the remote got no screen"
        return self

    def ask(self, event: str, payload: object) -> dict[str, Any]:
        """What the server answers to an event."""
        number = self.emit(event, payload)
        assert self.loop.until(lambda: number in self.answers, 30), f"{event} was not answered"
        return self.answers.pop(number)

    def do(self, name: str) -> float:
        """Gives a command for the newest screen; returns when it went out, once it is shown."""
        for _ in range(TRIES):
            version = self.now["v"]
            said = self.ask("command", {"do": name, "v": version})
            if said["ok"]:
                sent_at = self.sent_at
                assert self.loop.until(partial(self._is_past, version), 30), f"{name}: not shown"
                return sent_at
            assert said["error"]["code"] == "stale", said
            self.now = self.ask("sync", {"v": 0})["screen"]
        raise AssertionError(f"{name} was always stale")

    def _is_past(self, version: int) -> bool:
        return int(self.now["v"]) > version

    def until(self, stage: str, phase: str = "") -> "Remote":
        """Goes on until the room is there."""
        for _ in range(TRIES):
            self.room.open = self.now["round"] or ""
            if self.now["stage"] == stage and phase in ("", self.now["phase"]):
                return self
            self.do("next")
        raise AssertionError(f"never came to {stage} {phase}")


class Projector(Phone):
    """The projector of one room."""

    __slots__ = ()

    def __init__(self, loop: Loop, port: int, room: Room):
        super().__init__(loop, port, room)
        self.auth.update(surface="projector", key=room.key)
