"""The weather: whether database and news are there, told to everybody when it changes."""

from collections.abc import Callable
from typing import Protocol

from flask_socketio import SocketIO

LOOK = 0.5  # seconds


class Tell(Protocol):
    """Called when the weather changes."""

    def __call__(self, *, behind: bool) -> None:
        """Are we behind from now on?"""


class Weather:
    """Looks now and then, and tells changes."""

    def __init__(self, socketio: SocketIO, is_behind: Callable[[], bool], tell: Tell) -> None:
        self.socketio = socketio
        self.is_behind = is_behind
        self.tell = tell
        self.behind = False
        self.stopping = False

    def start(self) -> None:
        """Starts looking."""
        self.socketio.start_background_task(self._run)

    def _run(self) -> None:
        while not self.stopping:
            self.socketio.sleep(LOOK)
            now = self.is_behind()
            if now != self.behind:
                self.behind = now
                self.tell(behind=now)
