"""Every page by every role, asked whatever: none answers 5xx, nothing is stored that is too long.

A few thousand requests, or with --long a million: half over SQLite, half over PostgreSQL.
"""

import tempfile
import time
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings

from bench.report import Figure, Report
from tests import fuzz
from tests.databases import postgres

SHORT, LONG = 4_000, 1_000_000
AT_ONCE = 1_000  # hypothesis remembers what it drew: a run for each thousand, and a seed for each


def run(report: Report, long: bool) -> None:
    """How many requests, and how many of them were answered badly."""
    count = (LONG if long else SHORT) // 2
    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        wrong = _asked(Path(folder), "", count, 0)
    with tempfile.TemporaryDirectory(prefix="bench") as folder, postgres() as address:
        url = address.replace("postgresql://", "postgresql+psycopg://")
        wrong += _asked(Path(folder), url, count, count)
    rate = 2 * count / (time.perf_counter() - began)
    for line in wrong[:20]:
        print(line, flush=True)
    what = f"5xx in {2 * count:,} requests of every page by every role"
    report.add(Figure(what, len(wrong), "", most=0, note=f"{rate:.0f}/s"))


def _asked(folder: Path, url: str, count: int, first: int) -> list[str]:
    """What went wrong, a line each."""
    wrong: list[str] = []
    with fuzz.world(folder, url) as made:
        for start in range(first, first + count, AT_ONCE):
            _some(made, start, wrong)
        wrong += fuzz.overlong(made)
    return wrong


def _some(made: fuzz.World, start: int, wrong: list[str]) -> None:
    @seed(start)
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
