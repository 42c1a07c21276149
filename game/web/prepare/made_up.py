"""A made-up room for the preview: as many players as an hour has, and what they would have said."""

import random
from collections.abc import Sequence

from game.rules.pack import Pack
from game.rules.registry import kinds
from game.rules.round import Kind, Novelty, Setting, Standing
from game.screens.data import BoardRow, BoardShown, PlayerShown, TeamRow, TeamShown
from game.store.tables import RoundRow
from game.workshop import door
from game.workshop.state import Counts
from game.workshop.yielded import Counted, Yielded

PLAYERS = 24
COUNTS = Counts(players=PLAYERS, online=PLAYERS - 1, answers=41, people=19, leads=31)
ON_BOARD = 10
TEAM_SIZE = 6


def names(pack: Pack) -> list[str]:
    """So many different nicknames, the same each time."""
    dice, found = random.Random(1), dict[str, None]()
    while len(found) < PLAYERS:
        found[door.offer(pack, dice)] = None
    return list(found)


def players(pack: Pack, teams: Sequence[TeamShown]) -> tuple[PlayerShown, ...]:
    """The room, one of them off line."""
    return tuple(
        PlayerShown(f"made-up-{n}", name, *_team(teams, n), online=n != 5)
        for n, name in enumerate(names(pack))
    )


def _team(teams: Sequence[TeamShown], n: int) -> tuple[str, str]:
    team = teams[n % len(teams)] if teams else None
    return (team.name, team.shape) if team else ("", "")


def board(pack: Pack, teams: Sequence[TeamShown]) -> BoardShown:
    """A board in the middle of the hour."""
    called = names(pack)[:ON_BOARD]
    rows = [
        BoardRow(n + 1, name, _team(teams, n)[1], 96 - 7 * n - n % 3)
        for n, name in enumerate(called)
    ]
    ranked = [
        TeamRow(n + 1, team.name, team.shape, max(4, 61 - 6 * n), TEAM_SIZE)
        for n, team in enumerate(teams)
    ]
    return BoardShown(tuple(rows), tuple(ranked), ((called[2], 4), (called[4], 2)), "provisional")


def yielded(pack: Pack, titles: Sequence[str]) -> Yielded:
    """What the hour comes to, for positions of these titles."""
    leads = COUNTS.leads
    channels = [Counted(f.label, leads // (n + 2)) for n, f in enumerate(pack.families[:4])]
    briefs = [Counted(title, leads // (n + 1)) for n, title in enumerate(titles[:4])]
    return Yielded(leads, COUNTS.people, 7, tuple(channels), tuple(briefs))


def standings(kind: Kind, where: Setting) -> list[Standing]:
    """What they answered in a round."""
    found = []
    for n in range(PLAYERS):
        for raw in kind.example(where, n):
            taken = kind.accept(where, {}, raw)
            new = Novelty(1, n % 3 == 0)
            id = f"{n}-{taken.slot}"
            found.append(Standing(str(n), taken.slot, n, id, taken.stored, new))
    return found


def options(row: RoundRow, pack: Pack) -> dict[str, object]:
    """The options of a round; a vote of the room is on channels, as if it had written them."""
    kind = kinds().get(row.kind)
    if kind is None or kind.votes_on is None:
        return dict(row.options)
    written = [channel.label for family in pack.families for channel in family.channels]
    return {**row.options, **kind.votes_on(written[:6])}
