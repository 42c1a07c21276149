"""The board as screens show it: its top, the teams, and who climbed."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from game.screens.data import BoardRow, BoardShown, TeamRow
from game.workshop import boards
from game.workshop.boards import RecentBoards
from game.workshop.state import State, TeamNow

TOP = 10
WITH_BOARD = ("board", "podium", "ended")


def board_shown(
    recent: RecentBoards, session: Session, at: State, teams: Sequence[TeamNow]
) -> BoardShown | None:
    """The board of a workshop in a stage that shows it; else None."""
    if at.workshop.stage not in WITH_BOARD:
        return None
    made, before = recent.of(session, at.workshop.id, at.workshop.version)
    ranks = {ranked.row.id: ranked.rank for ranked in before}
    shapes = {team.id: team.shape for team in teams}
    sizes = {team.id: team.size for team in teams}
    return BoardShown(
        tuple(
            BoardRow(
                *(r.rank, r.row.name, shapes.get(r.row.team, ""), made.points(r.row)),
                was=ranks.get(r.row.id, 0),
            )
            for r in made.players[:TOP]
        ),
        tuple(
            TeamRow(r.rank, r.row.name, shapes[r.row.id], made.points(r.row), sizes[r.row.id])
            for r in made.teams
        ),
        tuple(boards.climbers(before, made)),
        made.basis,
    )
