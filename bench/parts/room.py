"""One room of two thousand phones: coming, answering, and a network that drops."""

from statistics import median

from sqlalchemy import func, select

from bench import echo
from bench.crowd import Crowd
from bench.remote import Remote
from bench.report import Figure, Report, quantile, spending
from bench.stand import Stand, game
from game.store.tables import Submission

PHONES, BURST, BURSTS, TURNS = 2_000, 1_000, 5, 3
SECONDS = 4  # of saturation


def run(report: Report, _long: bool) -> None:
    """Every line that one room of this size can show."""
    echo.measure(report)
    with game(TURNS + 1) as stand:
        crowd = joins(report, stand)
        sockets(report, crowd)
        remote, screen = stand.remote(), stand.projector()
        stand.loop.until(lambda: bool(screen.screens), 10)
        remote.until("round", "open")
        answers(report, crowd)
        storm(report, crowd)
        saturation(report, crowd, remote)
        assert not crowd.refused, f"{crowd.refused} answers were refused"


def joins(report: Report, stand: Stand) -> Crowd:
    """Two thousand at once, into a room of their own each time; the first crowd is returned."""
    rooms, times = stand.rooms, []
    crowds: list[Crowd] = []
    with spending(stand) as spent:
        for room in (*rooms[1:TURNS], rooms[0]):
            stand.rooms = [room]
            for crowd in crowds:
                _leave(crowd)
            crowds.append(Crowd(stand, PHONES))
            times.append(crowds[-1].come())
    report.add(
        Figure(
            "joins: page, sign-in, socket, first screen",
            PHONES / median(times),
            "/s",
            report.floors.get("join"),
            least=1_000,
            spent=spent,
            key="join",
        )
    )
    _cost(
        report, "  of which server CPU, one phone", echo.each(spent, TURNS * PHONES), echo.JOIN, 1
    )
    _leave(crowds[-1])
    stand.rooms = [rooms[TURNS]]
    reloading = Crowd(stand, PHONES, reload=True)
    took = reloading.come()
    report.add(
        Figure(
            "  the same, and the page once more, as a browser without scripts does",
            PHONES / took,
            "/s",
            report.floors.get("join"),
        )
    )
    _leave(reloading)
    stand.rooms = rooms
    return crowds[-1]


def _cost(report: Report, what: str, each: float, name: str, most: float | None = None) -> None:
    """Milliseconds of the server's processor beside the floor's of this run."""
    report.add(Figure(what, each, "ms", report.floors.get(name), most=most))


def _leave(crowd: Crowd) -> None:
    for phone in crowd.phones:
        phone.leave()
    crowd.loop.idle(2)


def sockets(report: Report, crowd: Crowd) -> None:
    """Socket and first screen alone."""
    with spending(crowd.stand) as spent:
        took = median(crowd.reopen() for _ in range(TURNS))
    report.add(
        Figure(
            "socket and first screen alone, 2,000 at once",
            PHONES / took,
            "/s",
            report.floors.get("socket"),
            least=1_000,
            spent=spent,
            key="socket",
        )
    )


def answers(report: Report, crowd: Crowd) -> None:
    """A thousand in one instant; two thousand over five seconds."""
    crowd.burst(BURST)  # the first answer of a player makes rows that later ones change
    with spending(crowd.stand) as spent:
        late = median(quantile(crowd.burst(BURST), 0.95) for _ in range(BURSTS)) * 1_000
    floor = report.floors
    what = "1,000 answer in the same instant, p95 until the durable acknowledgement"
    report.add(Figure(what, late, "ms", floor.get("burst"), most=250, spent=spent, key="burst"))
    _cost(
        report, "  of which server CPU, one answer", echo.each(spent, BURSTS * BURST), echo.AT_ONCE
    )
    crowd.loop.idle(1)
    with spending(crowd.stand) as spent:
        waits = [wait for _ in range(TURNS) for wait in crowd.paced(5)]
    one = echo.each(spent, TURNS * PHONES)
    for share, most in ((95, 15), (99, 50)):
        value = quantile(waits, share / 100) * 1_000
        what = f"acknowledgement, 2,000 phones over 5 s (400/s), p{share}"
        report.add(
            Figure(
                what, value, "ms", floor.get(f"p{share}"), most=most, spent=spent, key=f"p{share}"
            )
        )
        spent = type(spent)()
    _cost(report, "  of which server CPU, one answer", one, echo.STEADY)


def storm(report: Report, crowd: Crowd) -> None:
    """Every network drops with an answer on its way, and returns within two seconds."""
    with spending(crowd.stand) as spent:
        took = crowd.storm(2)
    kept = _kept(crowd.stand)
    assert kept == PHONES, f"{PHONES - kept} answers were lost"
    report.add(
        Figure(
            "all networks drop and return within 2 s: all back with their screen",
            took,
            "s",
            report.floors.get("storm"),
            most=5,
            spent=spent,
            note=f"{kept:,} of {PHONES:,} answers kept, each once",
        )
    )


def _kept(stand: Stand) -> int:
    assert stand.server is not None
    store = stand.server.store()
    with store.session() as session:
        asked = select(func.count()).where(Submission.id.like("storm-%"))
        count = session.scalar(asked.select_from(Submission))
    store.close()
    return int(count or 0)


def saturation(report: Report, crowd: Crowd, remote: Remote) -> None:
    """Each answers again as soon as it may, in a round of its own each time."""
    floor, rates = report.floors.get("echo"), []
    with spending(crowd.stand) as spent:
        for _ in range(TURNS):
            remote.until("board")
            remote.until("round", "open")
            rates.append(crowd.saturate(SECONDS))
    least = max(4_000.0, 0.5 * floor) if floor and floor >= 4_000 else 0.5 * (floor or 8_000)
    what = "durable acknowledgements at saturation, 2,000 phones, one worker, SQLite"
    report.add(Figure(what, median(rates), "/s", floor, least=least, spent=spent, key="echo"))
    one = echo.each(spent, sum(rates) * SECONDS)
    _cost(report, "  of which server CPU, one answer", one, echo.FULL)
