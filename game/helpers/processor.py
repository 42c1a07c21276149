"""Processor time that an answer took on this machine, or that it was not measured.

Of a server of models it is that of the processes which listen where it is called, with their
children: where they run on this very machine and may be read. They may have worked for somebody
else in the meantime, so it is an upper bound; a graphics processor's work is none of it.
"""

import ipaddress
import os
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlsplit

import psutil

T = TypeVar("T")
Times = dict[tuple[int, float], float]  # seconds by process: its number and when it began
ANYWHERE = ("0.0.0.0", "::")  # noqa: S104  as a process says that it listens at every address
# who passes on what another process answers: their own time says nothing of it
FORWARDERS = frozenset(
    (
        *("docker-proxy", "com.docker.backend", "rootlessport", "slirp4netns", "pasta", "passt"),
        *("ssh", "sshd", "kubectl", "socat", "nginx", "caddy", "haproxy", "envoy", "traefik"),
    )
)


def timed(work: Callable[[], T]) -> tuple[T, int]:
    """What some work of ours gives, and the microseconds of processor that this thread took."""
    began = time.thread_time_ns()
    return work(), (time.thread_time_ns() - began) // 1000


@dataclass(frozen=True)
class Watch:
    """What a server's processes had used when it began, and this thread; None: not to be read."""

    url: str
    before: Times | None
    own: int

    @classmethod
    def of(cls, url: str) -> "Watch":
        """From now on."""
        return cls(url, _times(url), time.thread_time_ns())

    def millis(self) -> int | None:
        """How much both have used since; None where the server's cannot be told."""
        now = _times(self.url)
        if self.before is None or now is None or not self.before.keys() <= now.keys():
            return None
        server = sum(used - self.before.get(process, 0.0) for process, used in now.items())
        ours = any(pid == os.getpid() for pid, _began in now)
        own = 0 if ours else time.thread_time_ns() - self.own
        return round(1000 * server + own / 1_000_000)


def _times(url: str) -> Times | None:
    try:
        roots = [psutil.Process(pid) for pid in _listening(url)]
        if not roots or any(one.name() in FORWARDERS for one in roots):
            return None
        every = {*roots, *(child for one in roots for child in one.children(recursive=True))}
        return {(one.pid, one.create_time()): sum(one.cpu_times()[:2]) for one in every}
    except (OSError, UnicodeError, psutil.Error):
        return None


def _listening(url: str) -> set[int]:
    """Which processes answer at an address of this machine; none where one may not be read."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    rows = socket.getaddrinfo(parts.hostname or "", port, type=socket.SOCK_STREAM)
    called = {str(row[4][0]) for row in rows}
    if not all(map(_is_here, called)):
        return set()
    found = {
        one.pid
        for one in psutil.net_connections("tcp")
        if one.status == psutil.CONN_LISTEN
        and one.laddr.port == port
        and one.laddr.ip in (*called, *ANYWHERE)
    }
    return set() if None in found else found


def _is_here(address: str) -> bool:
    own = {one.address for several in psutil.net_if_addrs().values() for one in several}
    return address in own or ipaddress.ip_address(address.partition("%")[0]).is_loopback
