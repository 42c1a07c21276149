"""What one question costs the server, for each kind of round, and answers while screens go out."""

from bench import echo
from bench.crowd import Crowd
from bench.remote import Remote
from bench.report import Figure, Report, quantile, spending
from bench.room import LEAD, ONE, VOTE
from bench.stand import game

KINDS = (ONE, VOTE, LEAD)
PHONES, CROWD = 1_000, 2_000


def run(report: Report, _long: bool) -> None:
    """Processor time a question; the acknowledgement while a screen is broadcast every second."""
    echo.measure(report)
    with game(1, KINDS * 2) as stand:
        crowd, remote, screen = Crowd(stand, PHONES), stand.remote(), stand.projector()
        crowd.come()
        stand.loop.until(lambda: bool(screen.screens), 10)
        for how in ("in the same instant", "over 5 s"):
            for _ in KINDS:
                _question(report, crowd, remote, how)
        assert not crowd.refused, f"{crowd.refused} answers were refused"
    with game() as stand:
        _paced_with_screens(report, Crowd(stand, CROWD), stand.remote())


def _question(report: Report, crowd: Crowd, remote: Remote, how: str) -> None:
    """Opening, an answer from everybody, close, reveal, board."""
    remote.until("round", "briefing")
    crowd.loop.idle(2)
    with spending(crowd.stand) as spent:
        remote.do("next")
        remote.until("round", "open")
        crowd.paced(5) if how == "over 5 s" else crowd.burst(len(crowd))
        remote.until("round", "revealed")
        crowd.loop.idle(1)
        remote.until("board")
        crowd.loop.idle(1)
    what = f"server CPU, a question to 1,000 phones, answered {how} ({remote.room.kind})"
    echoes = report.floors[echo.SPREAD if how == "over 5 s" else echo.AT_ONCE] * len(crowd) / 1_000
    report.add(Figure(what, spent.server, "s", echoes, most=0.5, spent=spent))


def _paced_with_screens(report: Report, crowd: Crowd, remote: Remote) -> None:
    """A command every second sends all phones a new screen while they answer."""
    crowd.come()
    remote.until("round", "open")
    crowd.paced(2)
    waits: list[float] = []
    with spending(crowd.stand) as spent:
        for _ in range(2):
            for second in range(5):
                remote.emit("sync", {"v": 0})
                remote.emit("command", {"do": "extend", "seconds": 10, "v": 0})
                waits += crowd.paced(1, crowd.phones[second::5])
    heard = crowd.phones[0].screens
    assert heard >= 10, f"only {heard} screens"
    assert not crowd.refused, f"{crowd.refused} answers were refused"
    what = "acknowledgement, 400/s, while a screen is broadcast every second, p95"
    report.add(
        Figure(
            what,
            quantile(waits, 0.95) * 1_000,
            "ms",
            report.floors.get("p95"),
            most=60,
            spent=spent,
        )
    )
