"""The boards: ranks with shared ties, teams on a fair footing, and who climbed."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple


class Row(NamedTuple):
    """A player or a team on a board; `team` is a player's team id."""

    id: str
    name: str
    provisional: int
    confirmed: int
    team: str = ""

    def less(self, points: int) -> "Row":
        """The row as it was before so many points."""
        return self._replace(provisional=self.provisional - points)


class Ranked(NamedTuple):
    """A row with its rank, from 1; equals share a rank, and the next one is skipped."""

    rank: int
    row: Row


def rank(rows: Sequence[Row], by: str = "provisional") -> list[Ranked]:
    """The rows from the top, by points alone; equals share their rank and stand as they came.

    A tie that was broken by what the board does not show would look like a mistake. Time: n log n.
    """
    points = [row.confirmed if by == "confirmed" else row.provisional for row in rows]
    order = sorted(range(len(rows)), key=points.__getitem__, reverse=True)
    places: list[int] = []
    last = None
    for n, at in enumerate(order, 1):
        places.append(places[-1] if points[at] == last else n)
        last = points[at]
    return list(map(Ranked._make, zip(places, (rows[at] for at in order), strict=True)))


def gaps(ranked: Sequence[Ranked], by: str = "provisional") -> dict[str, int]:
    """How many points each lacks to those just above them, by id; 0 for who is first."""
    found: dict[str, int] = {}
    above, same, rank_of_same = 0, 0, 0
    for place, row in ranked:
        points = row.confirmed if by == "confirmed" else row.provisional
        if place != rank_of_same:
            above, same, rank_of_same = same, points, place
        found[row.id] = above - points if place > 1 else 0
    return found


def team_rows(teams: Sequence[tuple[str, str]], players: Sequence[Row]) -> list[Row]:
    """Teams by the average of their members, rounded, so that a large team has no head start."""
    members: dict[str, list[Row]] = defaultdict(list)
    for player in players:
        members[player.team].append(player)
    return [_team(id, name, members[id]) for id, name in teams]


def _team(id: str, name: str, members: Sequence[Row]) -> Row:
    size = max(1, len(members))
    return Row(
        id,
        name,
        round(sum(m.provisional for m in members) / size),
        round(sum(m.confirmed for m in members) / size),
    )


def climbers(before: Sequence[Ranked], now: Sequence[Ranked], most: int) -> list[tuple[str, int]]:
    """Who gained the most places, at most so many: (name, places). Nobody who fell is named."""
    ranks = {ranked.row.id: ranked.rank for ranked in before}
    gained = [(r.row.name, ranks.get(r.row.id, r.rank) - r.rank) for r in now]
    best = sorted((g for g in gained if g[1] > 0), key=lambda g: (-g[1], g[0]))
    return best[:most]
