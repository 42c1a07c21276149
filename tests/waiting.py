"""Waiting for what another process does: by its work, not by the clock of a quiet machine."""

import socket
import time
from collections.abc import Callable
from typing import Any

LONG = 60  # seconds after which a thing that is waited for will not come


def wait_until(true: Callable[[], Any], seconds: float = LONG) -> Any:
    """What `true` returned once it was truthy; fails after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = true()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds} s in vain")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
