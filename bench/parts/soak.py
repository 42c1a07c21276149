"""Steady play: does anything grow that should not?"""

import random
from dataclasses import dataclass

from bench.crowd import Crowd
from bench.phone import Phone, now
from bench.process import files_of
from bench.remote import Remote
from bench.report import Figure, Report, quantile, spending
from bench.room import LEAD, SPOT, VOTE
from bench.stand import Stand, game

PHONES = 300
SHORT, LONG = 180.0, 3_600.0  # seconds
ROUND = 15.0  # seconds
DROPPING = 15  # phones that lose their network each round


@dataclass
class Sample:
    """What the server held at one moment."""

    memory: int
    files: int
    queue: float


def run(report: Report, long: bool) -> None:
    """Rounds of each kind, one after the other; memory, files and queue from half-time on."""
    seconds = LONG if long else SHORT
    rounds = int(seconds / ROUND) + 20
    with game(1, ((SPOT, VOTE, LEAD) * rounds)[:rounds]) as stand:
        crowd, remote = Crowd(stand, PHONES), stand.remote()
        crowd.come()
        stand.projector()
        samples: list[Sample] = []
        waits: list[float] = []
        with spending(stand) as spent:
            end = now() + seconds
            while now() < end:
                waits += _round(crowd, remote)
                samples.append(_sample(stand))
        assert not crowd.refused, f"{crowd.refused} answers were refused"
    _report(report, seconds, samples, waits)
    report.figures[-1].spent = spent


def _round(crowd: Crowd, remote: Remote) -> list[float]:
    """One round: everybody answers three times, a few lose their network in between."""
    remote.until("round", "open")
    waits: list[float] = []
    for _ in range(3):
        waits += crowd.paced(ROUND / 4)
        _drop(random.sample(crowd.phones, DROPPING // 3))
        crowd.wait(lambda: all(phone.screen_at for phone in crowd.phones))
    remote.until("board")
    return waits


def _drop(phones: list[Phone]) -> None:
    for phone in phones:
        phone.leave()
        phone.open()


def _sample(stand: Stand) -> Sample:
    assert stand.server is not None
    queue = stand.server.measure("sourcerie_queue_depth")
    return Sample(stand.memory(), files_of(stand.pid), queue)


def _report(report: Report, seconds: float, samples: list[Sample], waits: list[float]) -> None:
    half, last = samples[len(samples) // 2], samples[-1]
    grown = (last.memory - half.memory) / 1024 / 1024
    what = f"{seconds / 60:.0f} min of steady play: memory grown in the second half"
    note = f"{last.memory / 1024 / 1024:.0f} MB at the end, {len(waits):,} answers"
    most = 0.02 * half.memory / 1024 / 1024
    report.add(Figure(what, grown, "MB", most=most, note=note))
    report.add(Figure("  files grown in the second half", last.files - half.files, "", most=0))
    report.add(Figure("  answers waiting at the end", last.queue, "", most=0))
    late = quantile(waits, 0.95) * 1_000
    report.add(Figure("  acknowledgement, p95", late, "ms", most=15))
