"""How well doubles are found: precision, recall and F1 on made-up people with known truth.

On the people that the rules were written with, on strangers whose slips are of other sorts, and on
as many records as the largest pools have.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from bench.found import Quality, quality
from bench.people import People
from bench.report import Figure, Report
from bench.strangers import Strangers

PEOPLE, SEEDS = 10_000, (11, 12, 13)
MANY = 118_000  # people, of whom there are two hundred thousand records
SAID = 4  # sorts of fault that are named


def run(report: Report, long: bool) -> None:
    """With a mail or a phone in common or misspelt; then on names and places alone."""
    _measured(report, REACHED, True, f1=0.97, precision=0.995)
    _measured(report, NAMED, False, f1=0.90, precision=None)
    strange = "slips of other sorts, "
    _measured(report, strange + REACHED, True, made=Strangers, f1=0.97, precision=0.995)
    _measured(report, strange + NAMED, False, made=Strangers, f1=0.90, precision=None)
    if long:
        many: dict[str, Any] = {"people": MANY, "seeds": SEEDS[:1]}
        _measured(report, f"200,000 records, {REACHED}", True, f1=0.97, precision=0.995, **many)
        _measured(report, f"200,000 records, {NAMED}", False, f1=0.90, precision=None, **many)


REACHED, NAMED = "mail or phone in common or misspelt", "names and places alone"


def _measured(
    report: Report,
    what: str,
    reached: bool,
    *,
    f1: float,
    precision: float | None,
    made: type[People] = People,
    people: int = PEOPLE,
    seeds: Sequence[int] = SEEDS,
) -> None:
    """The worst of a few seeds, so that no lucky one is shown."""
    found = [quality(made(seed, reached=reached).records(people)) for seed in seeds]
    pairs = f"{min(q.pairs for q in found):,} pairs at least, {len(seeds)} seeds"
    report.add(Figure(f"doubles by {what}: F1", min(q.f1 for q in found), "", least=f1, note=pairs))
    exact = min(q.precision for q in found)
    wrong = _said([q.wrong for q in found])
    report.add(Figure("  precision", exact, "", least=precision, note=f"wrong: {wrong}"))
    missed = _said([q.missed for q in found])
    recall = min(q.recall for q in found)
    report.add(Figure("  recall", recall, "", note=f"missed: {missed}"))
    sure = min(q.sure for q in found)
    report.add(
        Figure("  precision of what merges by itself", sure, "", least=0.999 if reached else 0.995)
    )
    report.add(Figure("  share of all pairs that is compared", _compared(found), "ppm"))


def _said(counted: list[Counter[str]]) -> str:
    every = sum(counted, Counter[str]())
    return ", ".join(f"{what} {count}" for what, count in every.most_common(SAID))


def _compared(found: list[Quality]) -> float:
    return max(q.compared / (q.records * (q.records - 1) / 2) for q in found) * 1e6
