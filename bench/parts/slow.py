"""Phones that stop reading: what they cost, and what the others notice."""

import socket

from bench.crowd import Crowd
from bench.remote import Remote
from bench.report import Figure, Report, quantile, spending
from bench.stand import game

PHONES, DEAF, SCREENS = 500, 50, 150


def run(report: Report, _long: bool) -> None:
    """The others' acknowledgements, the server's memory, and how many were cut."""
    with game() as stand:
        crowd = Crowd(stand, PHONES)
        crowd.come()
        remote = stand.remote().until("round", "open")
        crowd.paced(2)
        before = stand.memory()
        _stop_reading(crowd)
        with spending(stand) as spent:
            late = _play_on(crowd, remote)
        grown = (stand.memory() - before) / DEAF / 1024
        what = f"{DEAF} phones stop reading: acknowledgement of the others, p95"
        report.add(Figure(what, quantile(late, 0.95) * 1_000, "ms", most=60, spent=spent))
        what = "  memory that each of them came to cost, while it was still connected or after"
        report.add(Figure(what, grown, "KB", most=512))
        assert stand.server is not None
        cut = stand.server.measure("sourcerie_lost_clients_total")
        report.add(Figure("  of them cut", cut, "", least=DEAF))
        assert not crowd.refused, f"{crowd.refused} answers were refused"


def _stop_reading(crowd: Crowd) -> None:
    for phone in crowd.phones[:DEAF]:
        phone.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        phone.loop.forget(phone)


def _play_on(crowd: Crowd, remote: Remote) -> list[float]:
    """A screen for everybody every fifteenth of a second, while the others answer."""
    others = crowd.part(DEAF)
    waits: list[float] = []
    for n in range(SCREENS):
        remote.emit("command", {"do": "extend", "seconds": 10, "v": 0})
        waits += others.paced(1 / 15, others.phones[n % 15 :: 15])
    crowd.loop.idle(1)
    return waits
