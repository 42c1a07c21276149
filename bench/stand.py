"""What is measured: a real server of the game, or the floor, and what it costs."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.loop import Loop
from bench.process import cpu_of, memory_of
from bench.remote import Projector, Remote
from bench.room import SPOT, Room, make_rooms
from tests.accounts.people import person
from tests.serving import Server, cookie_line
from tests.waiting import free_port, wait_until

EACH = 10  # rooms that one administrator has remotes of, at most


@dataclass
class Stand:
    """A server and the loop that plays against it."""

    loop: Loop
    port: int
    pid: int
    rooms: list[Room] = field(default_factory=lambda: [Room()])
    server: Server | None = None
    cookies: list[str] = field(default_factory=list)  # of its staff, who take turns

    def pids(self) -> list[int]:
        """The processes that serve phones."""
        several = [worker.pid for worker in self.server.workers()] if self.server else []
        return several or [self.pid]

    def cpu(self) -> float:
        """Seconds of processor that they have used."""
        return sum(cpu_of(pid) for pid in self.pids())

    def memory(self) -> int:
        """Bytes that they hold."""
        return sum(memory_of(pid) for pid in self.pids())

    def remote(self, room: Room | None = None) -> Remote:
        """A facilitator's remote, sitting."""
        room = room or self.rooms[0]
        cookie = self.cookies[self.rooms.index(room) % len(self.cookies)]
        return Remote(self.loop, self.port, room, cookie).sit()

    def projector(self, room: Room | None = None) -> Projector:
        """A projector, open."""
        room = room or self.rooms[0]
        high, low = divmod(self.rooms.index(room), 250)
        made = Projector(self.loop, self.port, room)
        made.source = f"127.1.{high}.{low + 1}"  # each room has an address of its own
        made.open()
        return made


@contextmanager
def game(
    count: int = 1, kinds: tuple[str, ...] = (SPOT,) * 30, *args: str, **env: str
) -> Iterator[Stand]:
    """The game, with so many rooms of rounds of these kinds; SQLite unless `env` says otherwise."""
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        server = Server(Path(folder), *args, LOG_LEVEL="warning", **env).start()
        try:
            yield _opened(server, count, kinds)
        finally:
            server.kill()


def _opened(server: Server, count: int, kinds: tuple[str, ...]) -> Stand:
    assert server.process is not None
    store = server.store()
    rooms = make_rooms(store, count, kinds)
    store.close()
    # each has an allowance of their own
    staff = [server.admin().http, *(person(server, "admin").http for _ in range(EACH, count, EACH))]
    cookies = [cookie_line(http.cookies) for http in staff]
    return Stand(Loop(), server.port, server.process.pid, rooms, server, cookies)


@contextmanager
def floor() -> Iterator[Stand]:
    """An echo server of the same stack."""
    port = free_port()
    command = [sys.executable, "-m", "bench.floor", str(port)]
    process = subprocess.Popen(command)
    try:
        wait_until(lambda: _listens(port), 20)
        yield Stand(Loop(), port, process.pid)
    finally:
        process.kill()
        process.wait()


def _listens(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
