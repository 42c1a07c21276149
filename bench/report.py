"""The figures of a run: as a table to read, and as JSON to compare."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field

from bench.process import own_cpu
from bench.stand import Stand


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which this share of all lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@dataclass
class Spent:
    """What a measure cost: seconds, of which processor time of the server and of the load."""

    seconds: float = 0.0
    server: float = 0.0
    load: float = 0.0


@dataclass
class Figure:
    """One line: what was measured, the floor's own figure, and what was to be reached."""

    what: str
    value: float
    unit: str
    floor: float | None = None
    least: float | None = None
    most: float | None = None
    spent: Spent = field(default_factory=Spent)
    note: str = ""
    key: str = ""  # under which other parts find it

    @property
    def ratio(self) -> float | None:
        """The value as a multiple of the floor's."""
        return self.value / self.floor if self.floor else None

    @property
    def reached(self) -> bool | None:
        """Was it reached? None where nothing was asked for."""
        if self.least is None and self.most is None:
            return None
        return (self.least is None or self.value >= self.least) and (
            self.most is None or self.value <= self.most
        )


class Report:
    """All figures of a run."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []
        self.floors: dict[str, float] = {}

    def add(self, figure: Figure) -> Figure:
        """Notes a figure and says it at once."""
        self.figures.append(figure)
        print(line(figure), flush=True)
        return figure

    def of(self, key: str) -> float | None:
        """The value of the figure with this key, if it was measured."""
        return next((figure.value for figure in self.figures if figure.key == key), None)

    def json(self) -> list[dict[str, object]]:
        """Every figure with its ratio and whether it was reached."""
        return [
            {**asdict(figure), "ratio": figure.ratio, "reached": figure.reached}
            for figure in self.figures
        ]


@contextmanager
def spending(stand: Stand) -> Iterator[Spent]:
    """What is done inside costs this; filled in at its end."""
    spent = Spent()
    began, server, load = time.perf_counter(), stand.cpu(), own_cpu()
    yield spent
    spent.seconds = time.perf_counter() - began
    spent.server = stand.cpu() - server
    spent.load = own_cpu() - load


def _short(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def _goal(figure: Figure) -> str:
    if figure.least is not None:
        return f"≥ {_short(figure.least)}"
    return f"≤ {_short(figure.most)}" if figure.most is not None else ""


def line(figure: Figure) -> str:
    """One line of the table."""
    mark = {True: "yes", False: "NO", None: ""}[figure.reached]
    ratio = f"{figure.ratio:.2f}" if figure.ratio is not None else ""
    spent = figure.spent
    share = f"{spent.server:.1f}/{spent.load:.1f} s" if spent.seconds else ""
    floor = _short(figure.floor) if figure.floor else ""
    return (
        f"{figure.what:<66} {_short(figure.value):>8} {figure.unit:<6} {floor:>8} {ratio:>6}"
        f" {_goal(figure):>9} {mark:>4} {share:>13}  {figure.note}"
    ).rstrip()


HEAD = (
    f"{'What':<66} {'figure':>8} {'':<6} {'floor':>8} {'ratio':>6} {'to reach':>9} {'':>4}"
    f" {'server/load':>13}"
)
