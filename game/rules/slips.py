"""Slips of a keyboard between two texts: a letter more, less, another, or two swapped."""

from rapidfuzz.distance import OSA


def are_within(one: str, other: str, most: int) -> bool:
    """Do at most so many slips lead from one text to the other?

    Counted as the optimal string alignment distance.
    """
    return OSA.distance(one, other, score_cutoff=most) <= most
