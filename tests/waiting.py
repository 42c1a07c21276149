"""Waiting for what another process does: by its work, not by the clock of a quiet machine.

And ports that stay free until that process takes them.
"""

import fcntl
import os
import random
import socket
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from game.base.clock import now_ms

LONG = 60  # seconds after which a thing that is waited for will not come
STARTS = 4 * LONG  # and a process that has to import all of the game first


def wait_until(true: Callable[[], Any], seconds: float = LONG) -> Any:
    """What `true` returned once it was truthy; fails after so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = true()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"waited {seconds} s in vain")


def next_moment() -> None:
    """Waits for the next millisecond: what is made before it and after it has an order."""
    now = now_ms()
    while now_ms() == now:
        pass


# below what a system gives to those who call out (32768 on Linux, 49152 elsewhere): a client that
# calls, or waits for, a server that is not up yet can never have its port meanwhile
PORTS = range(20_000, 32_768)
_held: list[IO[str]] = []  # the locks of this process's ports, which end with it


def free_port() -> int:
    """A port of this machine that no other test is given as long as this process lives."""
    folder = Path(tempfile.gettempdir()) / f"sourcerie-ports-{os.getuid()}"
    folder.mkdir(exist_ok=True)
    for port in random.sample(PORTS, len(PORTS)):
        lock = (folder / str(port)).open("w")
        with suppress(OSError), socket.socket() as probe:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            probe.bind(("127.0.0.1", port))
            _held.append(lock)
            return port
        lock.close()
    raise AssertionError("no port is free")
