"""What a worker does again and again until it stops; a fault ends one turn, never the task."""

import structlog
from flask_socketio import SocketIO

log = structlog.get_logger()


class Task:
    """A loop of its own: `once` every `PAUSE` seconds, and `AFTER_A_FAULT` seconds later then."""

    PAUSE = 1.0
    AFTER_A_FAULT = 0.0
    FAULT = ("error", "task_failed")  # level and event of the log

    def __init__(self, socketio: SocketIO) -> None:
        self.socketio = socketio
        self.stopping = False

    def start(self) -> None:
        self.socketio.start_background_task(self._run)

    def once(self) -> None:
        raise NotImplementedError

    def _run(self) -> None:
        while not self.stopping:
            self.socketio.sleep(self.PAUSE)
            try:
                self.once()
            except Exception as error:
                level, event = self.FAULT
                getattr(log, level)(event, fault=type(error).__name__)
                self.socketio.sleep(self.AFTER_A_FAULT)
