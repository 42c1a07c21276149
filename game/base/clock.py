"""The game's clock: the wall clock as it was at the start, carried on by one that is never set.

A machine whose time is corrected in the middle of a round must not close it, or hold it open.
Workers of one machine share their start, and with it the time.
"""

import os
import time

START = "SOURCERIE_CLOCK"  # milliseconds between the two clocks, told by the process that starts us


def start_ms() -> int:
    """The milliseconds to add to the steady clock: those that we were told, or today's."""
    told = os.environ.get(START, "")
    return int(told) if told.lstrip("-").isdigit() else (time.time_ns() - _steady()) // 1_000_000


def _steady() -> int:
    return time.monotonic_ns()


_OFFSET = start_ms()


def now_ms() -> int:
    """Milliseconds since the epoch; never goes back, never jumps."""
    return _OFFSET + _steady() // 1_000_000
