"""Every page by every role, asked whatever: none answers 5xx, nothing is stored that is too long.

A few thousand requests, or with --long a million: half over SQLite, half over PostgreSQL, on all
cores. Each thousand has a house of its own, since pages of a full one take longer.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from sqlalchemy import create_engine, make_url, text

from bench.report import Figure, Report
from game.store.migrate import upgrade
from tests import fuzz
from tests.databases import laid, postgres

SHORT, LONG = 4_000, 1_000_000
AT_ONCE = 1_000  # hypothesis remembers what it drew: a run for each thousand, and a seed for each
TOLD = 50  # runs between two lines that tell how far it is
EMPTY = "empty"  # the database of PostgreSQL that each house begins as


def run(report: Report, long: bool) -> None:
    """How many requests, and how many of them were answered badly."""
    count = LONG if long else SHORT
    began = time.perf_counter()
    wrong: list[str] = []
    with postgres() as address:
        url = address.replace("postgresql://", "postgresql+psycopg://")
        _lay_empty(url)
        for n, found in enumerate(_runs(url, count // AT_ONCE), 1):
            wrong += found
            for line in found[:20]:
                print(line, flush=True)
            if n % TOLD == 0:
                print(f"{n * AT_ONCE:,} asked, {len(wrong)} badly answered", flush=True)
    rate = count / (time.perf_counter() - began)
    what = f"5xx in {count:,} requests of every page by every role"
    report.add(Figure(what, len(wrong), "", most=0, note=f"{rate:.0f}/s"))


def _runs(url: str, count: int) -> Iterator[list[str]]:
    """What went wrong in each run of a thousand; processes of their own, since here is no gc."""
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), max_tasks_per_child=20) as pool:
        urls = (url if n % 2 else "" for n in range(count))
        yield from pool.map(_asked, range(count), urls)


def _asked(number: int, url: str) -> list[str]:
    """What went wrong in one run, a line each: in a house of its own."""
    wrong: list[str] = []
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        url = _laid(url, f"house_{number}") if url else laid(Path(folder) / "sourcerie.db")
        with fuzz.world(Path(folder), url) as made:
            _some(made, number, wrong)
            wrong += fuzz.overlong(made)
    return wrong


def _some(made: fuzz.World, number: int, wrong: list[str]) -> None:
    @seed(number)
    @settings(
        max_examples=AT_ONCE,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(asking=fuzz.ASKINGS)
    def asked(asking: fuzz.Asking) -> None:
        try:
            fuzz.ask(made, asking)
        except AssertionError as fault:
            wrong.append(f"{fault} {fault.__cause__!r}")

    asked()


def _lay_empty(url: str) -> None:
    """A database with today's tables, once."""
    _say(url, f"CREATE DATABASE {EMPTY}")
    upgrade(_beside(url, EMPTY))


def _laid(url: str, name: str) -> str:
    """The address of a copy of it."""
    _say(url, f"CREATE DATABASE {name} TEMPLATE {EMPTY}")
    return _beside(url, name)


def _beside(url: str, name: str) -> str:
    """The address of another database of the same server."""
    return str(make_url(url).set(database=name).render_as_string(hide_password=False))


def _say(url: str, words: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(words))
    engine.dispose()
