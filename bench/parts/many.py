"""Two hundred workshops of thirty on one worker, beside what one large room had."""

from functools import partial
from statistics import median

from bench.crowd import Crowd
from bench.phone import Phone, now
from bench.remote import Remote
from bench.report import Figure, Report, quantile, spending
from bench.stand import Stand, game

ROOMS, EACH, AT_ONCE, BURST, HALL = 200, 30, 2_000, 1_000, 4_000


def run(report: Report, _long: bool) -> None:
    """The lines of one room again, in two hundred."""
    with game(ROOMS) as stand:
        crowd = Crowd(stand, ROOMS * EACH)
        first = crowd.part(0, AT_ONCE)
        with spending(stand) as spent:
            rate = AT_ONCE / first.come()
        _beside(report, Figure("200 workshops: joins", rate, "/s", spent=spent), "join")
        rate = AT_ONCE / median(first.reopen() for _ in range(3))
        _beside(report, Figure("200 workshops: sockets alone", rate, "/s"), "socket")
        crowd.part(AT_ONCE).come()
        remotes = [stand.remote(room) for room in stand.rooms]
        screens = [stand.projector(room) for room in stand.rooms]
        stand.loop.until(lambda: all(screen.screens for screen in screens), 20)
        for remote in remotes:
            remote.until("round", "open")
        _answers(report, crowd)
        _saturation(report, crowd)
        _screens(report, stand, crowd, remotes)
        assert not crowd.refused, f"{crowd.refused} answers were refused"


def _beside(report: Report, figure: Figure, key: str) -> None:
    """Notes a figure that is to be within one and a half of the large room's."""
    alone = report.of(key)
    if alone and figure.unit == "/s":
        figure.least = alone / 1.5
    elif alone:
        figure.most = alone * 1.5
    report.add(figure)


def _answers(report: Report, crowd: Crowd) -> None:
    crowd.burst(BURST)
    late = median(quantile(crowd.burst(BURST), 0.95) for _ in range(5)) * 1_000
    _beside(report, Figure("200 workshops: 1,000 in the same instant, p95", late, "ms"), "burst")
    crowd.loop.idle(4)
    with spending(crowd.stand) as spent:
        waits = crowd.paced(len(crowd) / 400)
    for share in (95, 99):
        what = f"200 workshops: acknowledgement at 400/s, p{share}"
        value = quantile(waits, share / 100) * 1_000
        _beside(report, Figure(what, value, "ms", spent=spent), f"p{share}")
        spent = type(spent)()


def _saturation(report: Report, crowd: Crowd) -> None:
    some = crowd.part(0, AT_ONCE)
    rate = median(some.saturate(4) for _ in range(3))
    assert not some.refused, f"{some.refused} answers were refused"
    crowd.loop.idle(4)
    _beside(report, Figure("200 workshops: acknowledgements at saturation", rate, "/s"), "echo")


def _screens(report: Report, stand: Stand, crowd: Crowd, remotes: list[Remote]) -> None:
    """So many rooms at once as have four thousand phones together."""
    remotes = remotes[: HALL // EACH]
    rooms = {remote.room.id for remote in remotes}
    crowd.phones = [phone for phone in crowd.phones if phone.room.id in rooms]
    for remote in remotes:
        remote.until("board")
        remote.until("round", "briefing")
    crowd.loop.idle(3)
    _each(report, crowd, remotes, b'42["screen"', "opening")
    for remote in remotes:
        remote.until("round", "open")
    crowd.paced(5)
    for remote in remotes:
        remote.until("round", "closed")
    crowd.loop.idle(3)
    _each(report, crowd, remotes, b'42["me"', "reveal")


def _each(report: Report, crowd: Crowd, remotes: list[Remote], start: bytes, name: str) -> None:
    """The rooms go on one after the other, within ten seconds: how long the phones of each wait."""
    began: dict[str, float] = {}
    waits: dict[str, float] = {}

    def heard(phone: Phone, packet: bytes) -> None:
        if packet.startswith(start):
            waits[phone.room.id] = now() - began[phone.room.id]

    def go_on(remote: Remote) -> None:
        began[remote.room.id] = now()
        remote.emit("command", {"do": "next", "v": remote.now["v"]})

    for phone in crowd.phones:
        phone.heard = heard
    with spending(crowd.stand) as spent:
        crowd.loop.paced([partial(go_on, remote) for remote in remotes], 10)
        crowd.wait(lambda: len(waits) >= len(remotes))
        crowd.loop.idle(1)
    for phone in crowd.phones:
        phone.heard = None
    value = quantile(list(waits.values()), 0.95) * 1_000
    what = f"200 workshops: {name}, rooms in turn within 10 s, p95 of a room's last phone"
    _beside(report, Figure(what, value, "ms", spent=spent), name)
