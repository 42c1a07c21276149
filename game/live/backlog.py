"""The backlog: whether database and news are there, told to everybody when it changes."""

from collections.abc import Callable
from typing import Protocol

from flask_socketio import SocketIO

from game.live.task import Task


class Tell(Protocol):
    """Called when it changes."""

    def __call__(self, *, behind: bool) -> None: ...


class Backlog(Task):
    """Looks now and then, and tells changes."""

    PAUSE = 0.5
    FAULT = ("error", "backlog_failed")

    def __init__(self, socketio: SocketIO, is_behind: Callable[[], bool], tell: Tell) -> None:
        super().__init__(socketio)
        self.is_behind = is_behind
        self.tell = tell
        self.behind = False

    def once(self) -> None:
        now = self.is_behind()
        if now != self.behind:
            self.behind = now
            self.tell(behind=now)
