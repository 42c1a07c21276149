"""The shape and colour of each team: six shapes in their own colours, then in each other's."""

SHAPES = ("drop", "leaf", "stone", "flame", "star", "shell")
MOST_TEAMS = 40


def shape_of(place: int) -> str:
    """The name of the shape of the team at a place, from 0; no two of forty are alike.

    A number behind it says whose colour it has: none its own, 1 that of the next shape, and so on;
    6 is the seventh colour.
    """
    row, nth = divmod(place, len(SHAPES))
    return SHAPES[nth] + (str(row) if row else "")
