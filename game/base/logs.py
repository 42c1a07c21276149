"""Logs: one JSON object a line, with no personal data, whoever calls, and never a flood of them.

What a library says is told by where it said it: its words may hold an address, a path or a name.
"""

import io
import logging
import sys
import threading
import time
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from typing import TextIO, cast

import structlog
from structlog.typing import Processor

from game.base import metrics
from game.base.config import Settings

PRIVATE = frozenset(
    (
        *("name", "nickname", "real_name", "nominee", "mail", "work_mail", "email", "phone"),
        *("link", "company", "role", "reason", "why", "answer", "raw", "typed"),
        *("password", "token", "key", "cookie"),
    )
)
SAME, WINDOW = 10, 60.0  # lines of one kind in so many seconds; the rest is counted
log = structlog.get_logger()


def hide_private(
    _logger: object, _method: str, event: MutableMapping[str, object]
) -> MutableMapping[str, object]:
    """Leaves out whatever could hold personal data."""
    return {key: value for key, value in event.items() if key not in PRIVATE}


class Seldom:
    """Lets so many lines of one kind through in a while, then says how many it left out."""

    def __init__(self) -> None:
        self.seen: dict[str, tuple[float, int]] = {}

    def __call__(
        self, _logger: object, method: str, event: MutableMapping[str, object]
    ) -> MutableMapping[str, object]:
        """The line, if it goes out. Raises DropEvent if it does not."""
        kind = " ".join(str(event.get(part, "")) for part in ("event", "fault", "by", "at"))
        now = time.monotonic()
        began, count = self.seen.get(kind, (now, 0))
        if now - began > WINDOW:
            if count > SAME:
                event["left_out"] = count - SAME
            began, count = now, 0
        if len(self.seen) > 1000:
            self.seen.clear()
        self.seen[kind] = began, count + 1
        if count >= SAME and method in ("warning", "error"):
            metrics.LEFT_OUT.inc()
            raise structlog.DropEvent
        return event


class Patient(io.TextIOBase):
    """A stream whose disk may be full: what cannot be written is not worth a fault."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError, ValueError):
            self.stream.write(text)
        return len(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self.stream.flush()


class Libraries(logging.Handler):
    """What libraries log, as lines of ours: who, where, and the kind of fault."""

    def emit(self, record: logging.LogRecord) -> None:
        """Tells a record without its words."""
        told = {"by": record.name, "at": f"{record.module}:{record.lineno}"}
        if record.exc_info and record.exc_info[1] is not None:
            told |= fault_of(record.exc_info[1])
        write = log.error if record.levelno >= logging.ERROR else log.warning
        write("library", **told)


def fault_of(error: BaseException) -> dict[str, str]:
    """An error's kind and the line of code that raised it; its words stay out."""
    told = {"fault": type(error).__name__}
    for frame in traceback.extract_tb(error.__traceback__)[-1:]:
        told["raised"] = f"{frame.filename.rpartition('/')[2]}:{frame.lineno}"
    return told


def _uncaught(_kind: object, error: BaseException | None, _where: object = None) -> None:
    if error is not None and not isinstance(error, (KeyboardInterrupt, SystemExit)):
        log.error("uncaught", **fault_of(error))


def take_over() -> None:
    """Has everything that a serving process says go through here."""
    root = logging.getLogger()
    root.handlers[:] = [Libraries(logging.WARNING)]
    for name in ("engineio.server", "socketio.server", "werkzeug", "game"):
        logging.getLogger(name).handlers[:] = []
        logging.getLogger(name).propagate = True
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    sys.unraisablehook = lambda args: _uncaught(None, args.exc_value)
    threading.excepthook = lambda args: _uncaught(None, args.exc_value)


def configure(settings: Settings) -> None:
    """Sends structured lines to the standard error stream."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    terminal = sys.stderr.isatty()
    last: Processor = structlog.processors.JSONRenderer()
    if terminal:
        last = structlog.dev.ConsoleRenderer()
    structlog.configure(
        processors=[
            hide_private,
            structlog.processors.add_log_level,
            Seldom(),
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, Patient(sys.stderr))),
        cache_logger_on_first_use=False,
    )
