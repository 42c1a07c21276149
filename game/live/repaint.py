"""Repainting: what changed is shown at once; what merely grew, at most four times a second."""

import time
from collections.abc import Callable

import structlog
from flask_socketio import SocketIO

from game.live.news import News

BEAT = 0.25  # seconds
CALM = 1.0  # seconds between beats at most, where they would take more than a hundredth of the time
log = structlog.get_logger()


class Repaint:
    """Collects workshops whose screens are to be shown anew, and shows each once."""

    def __init__(
        self,
        socketio: SocketIO,
        changed: Callable[[str], None],
        grew: Callable[[str], None],
        news: News,
    ) -> None:
        self.socketio = socketio
        self.show_changed = changed
        self.show_grown = grew
        self.news = news
        self.changed: set[str] = set()
        self.grown: set[str] = set()
        self.to_tell: set[str] = set()
        self.stopping = False

    def start(self) -> None:
        self.socketio.start_background_task(self._beat)

    def note_change(self, workshop_id: str) -> None:
        """The screens of this workshop are another version now: all workers show them at once."""
        self.news.tell("changed", workshop_id)

    def note_growth(self, workshop_id: str) -> None:
        """Only counts and names changed: projector and remote will show them with the next beat."""
        self.grown.add(workshop_id)
        self.to_tell.add(workshop_id)

    def hear_change(self, workshop_id: str) -> None:
        """Shows a changed workshop right away, whichever worker changed it."""
        first = not self.changed
        self.changed.add(workshop_id)
        if first:
            self.socketio.start_background_task(self._flush_changed)

    def hear_growth(self, workshop_id: str) -> None:
        """Shows a grown workshop with the next beat."""
        self.grown.add(workshop_id)

    def _flush_changed(self) -> None:
        while self.changed:
            self._guarded(self.show_changed, self.changed.pop())

    def _beat(self) -> None:
        while not self.stopping:
            started = time.monotonic()
            told, self.to_tell = self.to_tell, set()
            for workshop_id in told:
                self.news.tell("grew", workshop_id)
            grown, self.grown = self.grown, set()
            for workshop_id in grown:
                self._guarded(self.show_grown, workshop_id)
            self.socketio.sleep(_rest(time.monotonic() - started))

    def _guarded(self, show: Callable[[str], None], workshop_id: str) -> None:
        try:
            show(workshop_id)
        except Exception as error:
            log.error("screen_failed", workshop=workshop_id, fault=type(error).__name__)


def _rest(took: float) -> float:
    """How long a beat that took so many seconds is followed by none: at least twice as long."""
    return max(BEAT - took, min(100 * took, CALM), 2 * took)
