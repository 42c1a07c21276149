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
    costs = {way: _measured(report, way, kind) for way, kind in WAYS.items()}
    for name, websocket in costs["WebSocket"].items():
        ratio = costs["polling"][name] / websocket
        report.add(
            Figure(f"  polling beside WebSocket, what the server spends: {name}", ratio, "x")
        )


def _measured(report: Report, way: str, kind: type[Phone]) -> dict[str, float]:
    """What it costs the server one way, by name: seconds of processor, and memory."""
    with game() as stand:
        before, crowd = stand.memory(), Crowd(stand, PHONES, kind=kind)
        with spending(stand) as spent:
            took = crowd.come()
        memory = (stand.memory() - before) / PHONES / 1024
        what = f"{way}: {PHONES:,} come, page, sign-in, first screen"
        report.add(Figure(what, PHONES / took, "/s", spent=spent))
        report.add(Figure(f"{way}: memory a phone", memory, "KB"))
        costs = {"coming": spent.server, "memory": memory, **_answers(report, way, crowd)}
        assert not crowd.refused, f"{crowd.refused} answers were refused"
    return costs


def _answers(report: Report, way: str, crowd: Crowd) -> dict[str, float]:
    remote = crowd.stand.remote()
    remote.until("round", "briefing")
    with spending(crowd.stand) as opening:
        took = crowd.hear(b'42["screen"', lambda: remote.do("next"))
    report.add(Figure(f"{way}: a round opens for all", took * 1_000, "ms", spent=opening))
    with spending(crowd.stand) as burst:
        late = median(quantile(crowd.burst(PHONES), 0.95) for _ in range(TURNS)) * 1_000
    burst.server /= TURNS
    what = f"{way}: all answer in the same instant, p95"
    report.add(Figure(what, late, "ms", spent=burst))
    with spending(crowd.stand) as spread:
        late = quantile(crowd.paced(5), 0.95) * 1_000
    report.add(Figure(f"{way}: all answer over five seconds, p95", late, "ms", spent=spread))
    return {"answers at once": burst.server, "answers over five seconds": spread.server}
