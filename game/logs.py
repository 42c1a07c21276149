"""Logs: one JSON object a line, with no personal data, whoever calls."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

from game.config import Settings

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
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
