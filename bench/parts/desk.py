"""The desk with two hundred thousand leads: list, search, exports, and a room beside them."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
import requests

from bench import pool
from bench.crowd import Crowd
from bench.process import memory_of
from bench.report import Figure, Report, quantile
from bench.stand import Stand, game
from tests.databases import postgres

LEADS, PHONES, TURNS = 200_000, 500, 12
ASKED: dict[str, tuple[dict[str, str], ...]] = {
    "the list": (
        {},
        {"verdict": "none"},
        {"channel": "school", "verdict": "pass"},
        {"internal": "1", "overdue": "1"},
        {"brief": "Soudeuse ou soudeur"},
        {"after": "1700100000000.0000000000000000"},
        {"verdict": "pursue", "after": "1700000500000.0000000000000000"},
    ),
    "a search": (
        {"text": "soudeuse"},
        {"text": "dupont comptable"},
        {"text": "introuvable nulle part"},
        {"text": "06 00 12 34 56"},
        {"text": "12 34 56"},
        {"text": "@exemple.fr infirmier"},
        {"text": "infirmier soudeuse"},
        {"text": "kergue", "verdict": "pursue", "channel": "pool"},
    ),
}


def run(report: Report, _long: bool) -> None:
    """On SQLite, and on PostgreSQL."""
    with game(1) as stand:
        _measured(report, stand, "SQLite")
    with postgres() as address, game(1, DATABASE_URL=address) as stand:
        _measured(report, stand, "PostgreSQL")


def _measured(report: Report, stand: Stand, name: str) -> None:
    assert stand.server is not None
    store = stand.server.store()
    pool.fill(store, LEADS)
    store.close()
    for what, asked in ASKED.items():
        took = [_took(stand, fields) for _ in range(TURNS) for fields in asked]
        text = f"{what} of {LEADS:,} leads, whole page, p95, {name}"
        report.add(Figure(text, quantile(took, 0.95) * 1_000, "ms", most=50))
    crowd, quiet = _room(stand)
    for kind in ("csv", "xlsx"):
        _export(report, stand, crowd, kind, name, quiet)


def _took(stand: Stand, fields: dict[str, str]) -> float:
    headers = {"Cookie": stand.cookies[0]}
    began = time.perf_counter()
    url = f"http://127.0.0.1:{stand.port}/desk"
    answer = requests.get(url, params=fields, headers=headers, timeout=60)
    took = time.perf_counter() - began
    assert answer.ok, answer.status_code
    return took


def _room(stand: Stand) -> tuple[Crowd, float]:
    """A room that plays, and how long its acknowledgements take with nothing beside it."""
    crowd = Crowd(stand, PHONES)
    crowd.come()
    stand.remote().until("round", "open")
    crowd.paced(5)
    return crowd, quantile([wait for _ in range(3) for wait in crowd.paced(5)], 0.95)


@dataclass
class Download:
    """An export on its way, in a process of its own."""

    process: subprocess.Popen[bytes]
    file: Path

    @property
    def is_done(self) -> bool:
        """Has it ended?"""
        return self.process.poll() is not None


LOAD = """
import re, sys, requests
url, kind, cookie, file = sys.argv[1:]
http = requests.Session()
http.headers["Cookie"] = cookie
page = http.get(url + "/desk").text
token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
sent = http.post(f"{url}/desk/export/{kind}", data={"csrf_token": token}, stream=True)
assert sent.ok, sent.status_code
with open(file, "wb") as into:
    for piece in sent.iter_content(65536):
        into.write(piece)
"""


@contextmanager
def _download(stand: Stand, kind: str) -> Iterator[Download]:
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        file = Path(folder) / f"leads.{kind}"
        url = f"http://127.0.0.1:{stand.port}"
        command = [sys.executable, "-c", LOAD, url, kind, stand.cookies[0], str(file)]
        process = subprocess.Popen(command)
        try:
            yield Download(process, file)
        finally:
            process.kill()
            process.wait()


def _children(stand: Stand) -> int:
    """Bytes that the server's own children hold."""
    found = 0
    for child in psutil.Process(stand.pid).children(recursive=True):
        with suppress(psutil.NoSuchProcess, OSError):
            found += memory_of(child.pid)
    return found


def _export(report: Report, stand: Stand, crowd: Crowd, kind: str, name: str, quiet: float) -> None:
    """All leads as a file while a room plays: what it costs the room, memory, and how long."""
    before, most, child, waits = memory_of(stand.pid), 0, 0, list[float]()
    began = time.perf_counter()
    with _download(stand, kind) as coming:
        while not coming.is_done:
            waits += crowd.paced(2)
            most, child = max(most, memory_of(stand.pid)), max(child, _children(stand))
        took = time.perf_counter() - began
        assert coming.process.returncode == 0
        size = coming.file.stat().st_size
    what = f"{kind.upper()} of {LEADS:,} leads while a room plays, {name}"
    note = f"{size / 1e6:.0f} MB"
    report.add(Figure(what, took, "s", note=note))
    report.add(Figure("  memory of the process that makes it", child / 1e6, "MB", most=150))
    report.add(Figure("  memory of the server, more than before", (most - before) / 1e6, "MB"))
    late = quantile(waits, 0.95)
    what = "  acknowledgements in the room, p95"
    figure = Figure(what, late * 1_000, "ms", quiet * 1_000, most=1.2 * quiet * 1_000)
    report.add(figure)
