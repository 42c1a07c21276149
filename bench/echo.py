"""What the floor's processor takes a phone and a message: it tells a slow evening from slow code.

Processor time grows on a busy or slower machine, for the floor as for the game; their ratio does
not. So it is measured in the run in which it is compared with.
"""

from bench.crowd import Crowd
from bench.report import Report, Spent, spending
from bench.stand import floor

PHONES, BURSTS, SECONDS = 1_000, 3, 3
JOIN, AT_ONCE, FULL = "a join", "an answer at once", "one at saturation"
SPREAD, STEADY = "one of 200/s", "one of 400/s"


def measure(report: Report) -> None:
    """Notes the floor's milliseconds of processor, unless this run knows them already."""
    if JOIN in report.floors:
        return
    with floor() as stand:
        crowd = Crowd(stand, PHONES)
        with spending(stand) as coming:
            crowd.come()
        crowd.burst(PHONES)
        with spending(stand) as at_once:
            for _ in range(BURSTS):
                crowd.burst(PHONES)
        with spending(stand) as spread:
            crowd.paced(5)
        with spending(stand) as steady:
            crowd.paced(2.5)
        with spending(stand) as full:
            echoes = crowd.saturate(SECONDS) * SECONDS
    found = {
        JOIN: each(coming, PHONES),
        AT_ONCE: each(at_once, BURSTS * PHONES),
        SPREAD: each(spread, PHONES),
        STEADY: each(steady, PHONES),
        FULL: each(full, echoes),
    }
    report.floors |= found
    said = ", ".join(f"{name} {value:.3f}" for name, value in found.items())
    print(f"floor, milliseconds of its processor for {said}", flush=True)


def each(spent: Spent, count: float) -> float:
    """Milliseconds of the server's processor for one of so many."""
    return spent.server / count * 1_000
