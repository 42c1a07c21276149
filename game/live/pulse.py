"""The pulse: what changed is shown at once; what merely grew, at most four times a second."""

import time
from collections.abc import Callable

import structlog
from flask_socketio import SocketIO

BEAT = 0.25  # seconds
log = structlog.get_logger()


class Pulse:
    """Collects workshops whose screens are to be shown anew, and shows each once."""

    def __init__(
        self, socketio: SocketIO, changed: Callable[[str], None], grew: Callable[[str], None]
    ) -> None:
        self.socketio = socketio
        self.show_changed = changed
        self.show_grown = grew
        self.changed: set[str] = set()
        self.grown: set[str] = set()
        self.stopping = False

    def start(self) -> None:
        """Starts the two loops."""
        self.socketio.start_background_task(self._beat)

    def note_change(self, workshop_id: str) -> None:
        """The screens of this workshop are another version now: shows them right away."""
        first = not self.changed
        self.changed.add(workshop_id)
        if first:
            self.socketio.start_background_task(self._flush_changed)

    def note_growth(self, workshop_id: str) -> None:
        """Only counts and names changed: projector and remote will show them with the next beat."""
        self.grown.add(workshop_id)

    def _flush_changed(self) -> None:
        while self.changed:
            self._guarded(self.show_changed, self.changed.pop())

    def _beat(self) -> None:
        while not self.stopping:
            started = time.monotonic()
            grown, self.grown = self.grown, set()
            for workshop_id in grown:
                self._guarded(self.show_grown, workshop_id)
            self.socketio.sleep(max(0.05, BEAT - (time.monotonic() - started)))

    def _guarded(self, show: Callable[[str], None], workshop_id: str) -> None:
        try:
            show(workshop_id)
        except Exception as error:
            log.error("screen_failed", workshop=workshop_id, fault=type(error).__name__)
