"""Work that holds a processor, or waits for others: in a real thread, while the players go on."""

import os
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import ParamSpec, TypeVar, cast

from game.base.refusal import Refusal

P = ParamSpec("P")
T = TypeVar("T")
AT_ONCE = 1  # a second one would take the processor that the players are on
MOST = 8  # that wait; whoever comes then is told to come again
NICE = 10  # the system gives the players their turn first


class Aside:
    """`in_thread` runs a function of no arguments in a real thread and returns what it returned.

    One job at a time, unless they wait for others more than they compute: then some `at_once`.
    """

    def __init__(
        self, in_thread: Callable[[Callable[[], object]], object], at_once: int = AT_ONCE
    ) -> None:
        self.in_thread = in_thread
        self.turn = threading.Semaphore(at_once)
        self.waiting = 0

    def __call__(self, job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the job returns. Raises Refusal('busy') where too many wait, and what it raises."""
        if self.waiting >= MOST:
            raise Refusal("busy")
        self.waiting += 1
        try:
            with self.turn:
                found = self.in_thread(lambda: _politely(lambda: job(*args, **kwargs)))
                return cast("T", found)
        finally:
            self.waiting -= 1


def _politely(job: Callable[[], T]) -> T:
    """In a thread of its own: after whatever else wants the processor."""
    with suppress(OSError, AttributeError):  # a system that has no such priorities
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)
    return job()
