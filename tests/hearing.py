"""A program in the place of the one that hears: the sound that it is handed says what it does.

A sound is JSON: {"says": [[second, text], …], "ends": code}, or {"ends": null} for one that does
not end by itself.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from game.helpers import hear
from game.jobs import sounds

COMMAND = (sys.executable, "-m", "tests.hearing_program")


def sound(*says: tuple[float, str], ends: int | None = 0) -> bytes:
    return json.dumps({"says": says, "ends": ends}).encode()


@contextmanager
def installed() -> Iterator[None]:
    """As where the extra is installed, with this program in its place."""
    was = (sounds.COMMAND, hear.is_there)
    sounds.COMMAND, hear.is_there = COMMAND, lambda: True
    try:
        yield
    finally:
        sounds.COMMAND, hear.is_there = was


def programs() -> list[psutil.Process]:
    """Those of these programs that run, started by this process or by one that it started."""
    mine = psutil.Process().children(recursive=True)
    return [one for one in mine if is_hearing(one)]


def is_hearing(one: psutil.Process) -> bool:
    try:
        return one.status() != psutil.STATUS_ZOMBIE and COMMAND[2] in one.cmdline()
    except psutil.NoSuchProcess:
        return False
