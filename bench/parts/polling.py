"""What polling costs: the same room, answers and screens over either transport."""

from statistics import median

from bench.crowd import Crowd
from bench.phone import Phone
from bench.poller import PollingPhone
from bench.report import Figure, Report, quantile, spending
from bench.stand import game

PHONES, TURNS = 1_000, 3
WAYS: dict[str, type[Phone]] = {"WebSocket": Phone, "polling": PollingPhone}


def run(report: Report, _long: bool) -> None:
    """Every figure twice, one way after the other."""
    for way, kind in WAYS.items():
        with game() as stand:
            before, crowd = stand.memory(), Crowd(stand, PHONES, kind=kind)
            took = crowd.come()
            what = f"{way}: {PHONES:,} come, page, sign-in, first screen"
            report.add(Figure(what, PHONES / took, "/s"))
            report.add(
                Figure(f"{way}: memory a phone", (stand.memory() - before) / PHONES / 1024, "KB")
            )
            _answers(report, way, crowd)
            assert not crowd.refused, f"{crowd.refused} answers were refused"


def _answers(report: Report, way: str, crowd: Crowd) -> None:
    remote = crowd.stand.remote()
    remote.until("round", "briefing")
    with spending(crowd.stand) as spent:
        took = crowd.hear(b'42["screen"', lambda: remote.do("next"))
    report.add(Figure(f"{way}: a round opens for all", took * 1_000, "ms", spent=spent))
    with spending(crowd.stand) as spent:
        late = median(quantile(crowd.burst(PHONES), 0.95) for _ in range(TURNS)) * 1_000
    spent.server /= TURNS
    what = f"{way}: all answer in the same instant, p95"
    report.add(Figure(what, late, "ms", spent=spent))
    with spending(crowd.stand) as spent:
        late = quantile(crowd.paced(5), 0.95) * 1_000
    report.add(Figure(f"{way}: all answer over five seconds, p95", late, "ms", spent=spent))
