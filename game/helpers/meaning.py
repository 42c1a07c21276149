"""Words and meaning weighed together, where vectors said how near in meaning texts are."""

from collections.abc import Sequence

MEANT = 1.7  # how much more than words what vectors say counts


def beside(values: Sequence[float]) -> list[float]:
    """Each value beside the others: how many times their usual spread it is from their middle."""
    middle = sum(values) / len(values)
    spread = (sum((one - middle) ** 2 for one in values) / len(values)) ** 0.5
    return [(one - middle) / spread if spread else 0.0 for one in values]


def together(words: Sequence[float], meant: Sequence[float]) -> list[float]:
    """What words and vectors say of each text, both beside what they say of the others."""
    return [(w + MEANT * m) / 2 for w, m in zip(beside(words), beside(meant), strict=True)]
