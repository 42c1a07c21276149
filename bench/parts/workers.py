"""PostgreSQL with Redis: one worker, then two, as fast as two thousand phones can."""

import os
from statistics import median

from bench.crowd import Crowd
from bench.report import Figure, Report, Spent, spending
from bench.room import SPOT
from bench.stand import game
from tests.databases import postgres, redis
from tests.waiting import wait_until

PHONES, TURNS = 2_000, 3
KEY = "signs the cookies of the bench"


def run(report: Report, _long: bool) -> None:
    """Acknowledgements at saturation; how much two workers have of one's."""
    one, cost_of_one = _measured(1)
    two, cost_of_two = _measured(2)
    what = "acknowledgements at saturation, PostgreSQL, one worker"
    report.add(Figure(what, one, "/s", report.floors.get("echo"), spent=cost_of_one))
    what = "acknowledgements at saturation, PostgreSQL with Redis, two workers"
    report.add(Figure(what, two, "/s", report.floors.get("echo"), spent=cost_of_two))
    cores = os.cpu_count() or 1
    note = "" if cores >= 4 else f"no core to spare: {cores} carry load, databases and workers"
    report.add(Figure("  two workers beside one", two / one, "x", least=1.5, note=note))


def _measured(workers: int) -> tuple[float, Spent]:
    """Acknowledgements a second, and what the workers (without the databases) spent on them."""
    args = ("--workers", str(workers)) if workers > 1 else ()
    with postgres() as database, redis() as bus:
        env = {"DATABASE_URL": database, "REDIS_URL": bus, "SECRET_KEY": KEY}
        with game(1, (SPOT,) * 8, *args, **env) as stand:
            wait_until(lambda: len(stand.pids()) == workers)
            crowd = Crowd(stand, PHONES)
            rates: list[float] = []
            crowd.come()
            remote = stand.remote()
            with spending(stand) as spent:
                for _ in range(TURNS):
                    remote.until("board" if rates else "round")
                    remote.until("round", "open")
                    rates.append(crowd.saturate(4))
            assert not crowd.refused, f"{crowd.refused} answers were refused"
            return median(rates), spent
