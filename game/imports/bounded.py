"""A file that a stranger made, read by a process of its own: bounded, and behind the players.

As a program it sets its bounds and then runs the reader that it is told; no part of the game is
imported there, for a room is not to wait until all of it has come up.
"""

import os
import resource
import runpy
import subprocess
import sys
from pathlib import Path
from typing import IO

NICE = 10  # the players have their turn first
MEMORY = 2 << 30  # bytes: a book of ten million cells fits
WRITTEN = 1 << 30  # bytes
SECONDS = 120  # of a processor
BOUNDS = (
    (resource.RLIMIT_AS, MEMORY),
    (resource.RLIMIT_FSIZE, WRITTEN),
    (resource.RLIMIT_CPU, SECONDS),
    (resource.RLIMIT_CORE, 0),  # what lay in memory is nobody's to read
)


def read(reader: Path, given: IO[bytes], into: IO[bytes]) -> int:
    """Runs a reader over a file; returns how it ended: 0 if well, below 0 at one of its bounds."""
    command = [sys.executable, "-P", __file__, str(reader)]
    done = subprocess.run(  # noqa: S603
        command, stdin=given, stdout=into, stderr=subprocess.DEVNULL, check=False
    )
    return done.returncode


if __name__ == "__main__":
    os.nice(NICE)
    for what, most in BOUNDS:
        resource.setrlimit(what, (most, most))
    try:
        runpy.run_path(sys.argv[1], run_name="__main__")
    except MemoryError:
        os.abort()
