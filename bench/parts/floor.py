"""The floor: what the same stack does with no game and no database."""

from statistics import median

from bench import echo
from bench.crowd import Crowd
from bench.report import Report, quantile
from bench.stand import floor, game

PHONES, HALL = 2_000, 4_000


def screen_size() -> int:
    """Bytes of the screen that a phone is sent when a round opens."""
    with game() as stand:
        crowd, remote = Crowd(stand, 1), stand.remote()
        crowd.come()
        remote.until("round", "briefing")
        sizes: list[int] = []
        crowd.phones[0].heard = lambda _phone, packet: sizes.append(len(packet))
        remote.do("next")
        stand.loop.until(lambda: bool(sizes), 10)
        return sizes[-1]


def run(report: Report, _long: bool) -> None:
    """Fills the floor's figures in."""
    size, floors = screen_size(), report.floors
    with floor() as stand:
        crowd = Crowd(stand, PHONES)
        floors["join"] = PHONES / crowd.come()
        floors["socket"] = PHONES / median(crowd.reopen() for _ in range(3))
        floors["burst"] = median(quantile(crowd.burst(1_000), 0.95) for _ in range(5)) * 1_000
        late = crowd.paced(5)
        floors["p95"], floors["p99"] = quantile(late, 0.95) * 1_000, quantile(late, 0.99) * 1_000
        floors["echo"] = median(crowd.saturate(4) for _ in range(3))
        floors["storm"] = crowd.storm(2)
    with floor() as stand:
        before, crowd = stand.memory(), Crowd(stand, HALL)
        crowd.come()
        floors["memory"] = (stand.memory() - before) / HALL / 1024
        floors["cast"] = median(_cast(crowd, size) for _ in range(5)) * 1_000
    echo.measure(report)
    print(f"floor: a screen of {size:,} bytes; " + _said(floors), flush=True)


def _cast(crowd: Crowd, size: int) -> float:
    def act() -> float:
        crowd.phones[0].emit("cast", size)
        return crowd.phones[0].sent_at

    return crowd.hear(b'42["screen"', act)


def _said(floors: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:,.1f}" for name, value in floors.items())
