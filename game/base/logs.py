"""Logs: one JSON object a line, with no personal data, whoever calls."""

import io
import logging
import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any, TextIO, cast

import structlog

from game.base.config import Settings

PRIVATE = frozenset(
    (
        *("name", "nickname", "real_name", "nominee", "mail", "work_mail", "email", "phone"),
        *("link", "company", "role", "reason", "why", "answer", "raw", "typed"),
        *("password", "token", "key", "cookie"),
    )
)


def hide_private(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Leaves out whatever could hold personal data."""
    return {key: value for key, value in event.items() if key not in PRIVATE}


class Patient(io.TextIOBase):
    """A stream whose disk may be full: what cannot be written is not worth a fault."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Writes if it can."""
        with suppress(OSError, ValueError):
            self.stream.write(text)
        return len(text)

    def flush(self) -> None:
        """Flushes if it can."""
        with suppress(OSError, ValueError):
            self.stream.flush()


def configure(settings: Settings) -> None:
    """Sends structured lines to the standard error stream."""
    level = logging.getLevelNamesMapping()[settings.log_level.upper()]
    terminal = sys.stderr.isatty()
    last: Any = structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            hide_private,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(cast(TextIO, Patient(sys.stderr))),
        cache_logger_on_first_use=False,
    )
