"""Four thousand phones in one room: memory, a round that opens, a reveal of everyone's own."""

from statistics import median

from bench.crowd import Crowd
from bench.remote import Remote
from bench.report import Figure, Report, spending
from bench.stand import game

PHONES, TURNS = 4_000, 5


def run(report: Report, _long: bool) -> None:
    """Memory, opening, reveal."""
    with game() as stand:
        before, crowd = stand.memory(), Crowd(stand, PHONES)
        crowd.come()
        stand.loop.idle(2)
        each = (stand.memory() - before) / PHONES / 1024
        floors = report.floors
        what = "memory a connected phone, 4,000 connected"
        report.add(Figure(what, each, "KB", floors.get("memory"), most=70))
        remote, screen = stand.remote(), stand.projector()
        stand.loop.until(lambda: bool(screen.screens), 10)
        opening, reveal = [], []
        with spending(stand) as spent:
            for _ in range(TURNS):
                opening.append(open_round(crowd, remote))
                reveal.append(reveal_round(crowd, remote))
    cast = floors.get("cast")
    what = "a round opens, until the last of 4,000 phones has the screen"
    report.add(
        Figure(
            what,
            median(opening) * 1_000,
            "ms",
            cast,
            most=1.5 * (cast or 150),
            spent=spent,
            key="opening",
        )
    )
    what = "reveal, until the last of 4,000 phones has its own points and rank"
    report.add(
        Figure(what, median(reveal) * 1_000, "ms", cast, most=2.5 * (cast or 150), key="reveal")
    )


def open_round(crowd: Crowd, remote: Remote) -> float:
    """Seconds until every phone has the screen of the round that opens."""
    remote.until("round", "briefing")
    crowd.loop.idle(0.5)
    took = crowd.hear(b'42["screen"', lambda: remote.do("next"))
    remote.until("round", "open")
    return took


def reveal_round(crowd: Crowd, remote: Remote) -> float:
    """Everyone has answered; seconds until every phone has its own numbers of the reveal."""
    crowd.paced(len(crowd) / 1_000)
    remote.until("round", "closed")
    crowd.loop.idle(1)
    return crowd.hear(b'42["me"', lambda: remote.do("next"))
