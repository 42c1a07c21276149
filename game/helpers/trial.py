"""A blind trial: five cases of one's own, rules against a model, and the choice it suggests.

The smaller way wins unless the larger one is clearly better: it costs less and tells nobody.
"""

from collections.abc import Sequence

CASES = 5
CLEARLY = 4  # of five cases in which the model must be preferred
RULES, MODEL, SAME = "rules", "model", "same"
PICKS = (RULES, MODEL, SAME)


def picked(choice: str, *, model_first: bool) -> str:
    """What was picked, from a letter: a, b or same; empty for anything else."""
    if choice == SAME:
        return SAME
    if choice not in ("a", "b"):
        return ""
    return MODEL if (choice == "a") == model_first else RULES


def suggested(picks: Sequence[str]) -> str:
    """RULES or MODEL once every case was picked; empty before."""
    if len(picks) < CASES or not all(one in PICKS for one in picks):
        return ""
    return MODEL if sum(one == MODEL for one in picks) >= CLEARLY else RULES
