"""Ten connections of one address that flood: what everybody else notices, flood by flood."""

import multiprocessing
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import requests

from bench.crowd import Crowd
from bench.flood import FRAMES, Flood, seat, upgrade
from bench.report import Figure, Report, quantile
from bench.stand import Stand, game
from tests.serving import cookie_line

PHONES, FLOODERS, SECONDS = 400, 10, 2.0
MOST = 1.1  # times a calm minute's p95
MOST_SPENT = 10.0  # percent


def run(report: Report, long: bool) -> None:
    """The others' acknowledgements during each flood, beside those of calm seconds around it."""
    with game() as stand:
        crowd = Crowd(stand, PHONES)
        crowd.come()
        stand.remote().until("round", "open")
        crowd.paced(SECONDS)
        for name, frame in FRAMES.items():
            for is_known in (False, True):
                _measure(report, crowd, name, frame, is_known, 7 if long else 3)
        assert not crowd.refused, f"{crowd.refused} answers were refused"


def _measure(
    report: Report, crowd: Crowd, name: str, frame: bytes, is_known: bool, turns: int
) -> None:
    calm, flooded = Turn(), Turn()
    for _ in range(turns):
        _play(crowd, calm)
        with _flood(crowd.stand, frame, is_known):
            _play(crowd, flooded)
    who = "signed in" if is_known else "strangers"
    what = f"{FLOODERS} {who} flood with {name}: the others' p95, beside calm"
    note = f"{flooded.p95():.1f} ms, calm {calm.p95():.1f} ms"
    report.add(Figure(what, flooded.p95() / calm.p95(), "times", most=MOST, note=note))
    more = (flooded.processor - calm.processor) / (turns * SECONDS) * 100
    report.add(Figure("  what of a processor the server spent on it", more, "%", most=MOST_SPENT))


@dataclass
class Turn:
    """What the others' acknowledgements took, and the server's seconds of processor."""

    waits: list[float] = field(default_factory=list)
    processor: float = 0.0

    def p95(self) -> float:
        """Milliseconds."""
        return quantile(self.waits, 0.95) * 1_000


def _play(crowd: Crowd, turn: Turn) -> None:
    before = crowd.stand.cpu()
    turn.waits += crowd.paced(SECONDS)
    turn.processor += crowd.stand.cpu() - before


@contextmanager
def _flood(stand: Stand, frame: bytes, is_known: bool) -> Iterator[None]:
    """So many connections that flood from a process of their own."""
    lines = [_line(stand, n, is_known) for n in range(FLOODERS)]
    process = multiprocessing.get_context("fork").Process(
        target=lambda: Flood([(line, frame) for line in lines]).go_on(60)
    )
    process.start()
    for line in lines:
        line.close()
    try:
        yield
    finally:
        process.kill()
        process.join()


def _line(stand: Stand, n: int, is_known: bool) -> socket.socket:
    """A connection, of a player of its own or of nobody."""
    cookie = _player(stand, n) if is_known else ""
    told = {"surface": "phone", "workshop": stand.rooms[0].id, "lang": "fr", "v": 0}
    while True:
        with suppress(AssertionError):  # it was refused: it has flooded before
            line = upgrade(stand.port, cookie)
            return seat(line, told) if is_known else line
        stand.loop.idle(0.2)


def _player(stand: Stand, n: int) -> str:
    """The cookies of somebody who came in."""
    with requests.Session() as http:
        http.cookies.set("door", "1")  # what the door's page gives a browser
        name = f"Flood {n} {time.monotonic_ns() % 10**9}"
        url = f"http://127.0.0.1:{stand.port}/{stand.rooms[0].code}/join"
        answer = http.post(url, json={"nickname": name}, timeout=30)
        assert answer.ok, answer.text
        return cookie_line(http.cookies)
