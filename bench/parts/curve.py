"""What one more phone costs, from a hundred in the room to ten thousand: it is to stay the same."""

from dataclasses import dataclass

from bench.crowd import Crowd
from bench.real_phone import RealPhone
from bench.report import Figure, Report, quantile, spending
from bench.room import ONE
from bench.stand import Stand, game

SIZES = (100, 300, 1_000, 3_000, 10_000)
BESIDE = 1_000  # the size that larger ones are compared with: below it the room's own screens weigh
MOST = 1.3


@dataclass
class Cost:
    """What a phone of a room of some size costs: milliseconds of the server, and kilobytes."""

    coming: float
    question: float
    memory: float


def run(report: Report, _long: bool) -> None:
    """A room of each size with phones as they are, clocks and catching up included."""
    costs = {size: _measured(report, size) for size in SIZES}
    for name in ("coming", "question", "memory"):
        ratio = getattr(costs[SIZES[-1]], name) / getattr(costs[BESIDE], name)
        what = f"  {name}: a phone among {SIZES[-1]:,} beside one among {BESIDE:,}"
        report.add(Figure(what, ratio, "x", most=MOST))


def _measured(report: Report, size: int) -> Cost:
    with game(1, (ONE, ONE)) as stand:
        before, crowd = stand.memory(), Crowd(stand, size, kind=RealPhone)
        with spending(stand) as coming:
            crowd.come()
            stand.loop.idle(2)
        memory = (stand.memory() - before) / size / 1024
        each = coming.server / size * 1_000
        what = f"{size:,} phones: server CPU of one that comes, clock measured"
        report.add(Figure(what, each, "ms", spent=coming))
        question = _question(report, stand, crowd)
    report.add(Figure(f"{size:,} phones: memory of one", memory, "KB"))
    return Cost(each, question, memory)


def _question(report: Report, stand: Stand, crowd: Crowd) -> float:
    """Opening, an answer from everybody over five seconds, close, reveal, board; the second one."""
    remote, screen = stand.remote(), stand.projector()
    stand.loop.until(lambda: bool(screen.screens), 10)
    for _ in range(2):
        remote.until("round", "briefing")
        stand.loop.idle(2)
        with spending(stand) as spent:
            remote.do("next")
            remote.until("round", "open")
            late = crowd.paced(5)
            remote.until("round", "revealed")
            stand.loop.idle(1)
            remote.until("board")
            stand.loop.idle(1)
    assert not crowd.refused, f"{crowd.refused} answers were refused"
    each = spent.server / len(crowd) * 1_000
    syncs = sum(phone.syncs for phone in crowd.phones if isinstance(phone, RealPhone))
    note = f"acknowledged in {quantile(late, 0.95) * 1_000:.0f} ms (p95), {syncs} syncs"
    what = f"{len(crowd):,} phones: server CPU of one for a whole question"
    report.add(Figure(what, each, "ms", spent=spent, note=note))
    return each
