"""The loop that carries thousands of lines in one process, each at the price of a call."""

import heapq
import select
import socket
import time
from collections.abc import Callable
from itertools import count
from typing import Protocol

READ, WRITE = select.EPOLLIN, select.EPOLLOUT


class Line(Protocol):
    """Something with a socket that wants to hear of it."""

    sock: socket.socket

    def readable(self) -> None:
        """Data, or the end, is there."""

    def writable(self) -> None:
        """The connection stands."""


class Loop:
    """All lines of the load generator, and what is to happen at which time."""

    def __init__(self) -> None:
        self.epoll = select.epoll()
        self.lines: dict[int, Line] = {}
        self.due: list[tuple[float, int, Callable[[], None]]] = []
        self.numbers = count()

    def watch(self, line: Line) -> None:
        """Listens to a line whose connection is under way."""
        self.lines[line.sock.fileno()] = line
        self.epoll.register(line.sock.fileno(), WRITE)

    def read_only(self, line: Line) -> None:
        """The connection stands: only what comes in matters now."""
        self.epoll.modify(line.sock.fileno(), READ)

    def drop(self, line: Line) -> None:
        """Forgets a line and closes it."""
        number = line.sock.fileno()
        if self.lines.pop(number, None) is not None:
            self.epoll.unregister(number)
            line.sock.close()

    def forget(self, line: Line) -> None:
        """Hears nothing of a line any more, but leaves it open."""
        if self.lines.pop(line.sock.fileno(), None) is not None:
            self.epoll.unregister(line.sock.fileno())

    def later(self, seconds: float, call: Callable[[], None]) -> None:
        """Makes a call in so many seconds, if the loop turns then."""
        heapq.heappush(self.due, (time.perf_counter() + seconds, next(self.numbers), call))

    def turn(self, wait: float = 0.05) -> None:
        """Handles what is there, waiting for it at most so many seconds."""
        while self.due and self.due[0][0] <= time.perf_counter():
            heapq.heappop(self.due)[2]()
        for number, event in self.epoll.poll(wait, 512):
            line = self.lines.get(number)
            if line is None:
                continue
            if event & WRITE:
                line.writable()
            else:
                line.readable()

    def until(self, true: Callable[[], bool], seconds: float) -> bool:
        """Goes on until `true()`; False if that took longer than `seconds`."""
        end = time.perf_counter() + seconds
        while not true():
            if time.perf_counter() > end:
                return False
            self.turn(0.02)
        return True

    def idle(self, seconds: float) -> None:
        """Answers pings and hears screens for a while."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            self.turn(0.02)

    def paced(self, calls: list[Callable[[], None]], seconds: float) -> None:
        """Makes the calls evenly over so many seconds."""
        start, many = time.perf_counter(), len(calls)
        for n, call in enumerate(calls):
            due = start + seconds * n / many
            while (left := due - time.perf_counter()) > 0:
                self.turn(min(left, 0.005))
            call()
