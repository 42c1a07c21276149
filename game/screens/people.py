"""Who is named on a screen: newcomers on the projector, the room by name on the remote."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from game.rules.nickname import fold
from game.screens.data import PlayerShown
from game.store.found import Found
from game.store.prepared import Prepared
from game.store.tables import Player
from game.workshop.state import TeamNow

LOBBY = 150  # names on the projector
PEOPLE = 60  # on the remote; a larger room is searched
ROWS = select(
    *(Player.id, Player.nickname, Player.team_id, Player.socket, Player.removed_at),
    *(Player.doubtful, Player.waiting),
)
BY_NAME = (Player.waiting.desc(), Player.doubtful.desc(), Player.folded)
NEWEST = Prepared(
    ROWS.where(Player.workshop_id == bindparam("workshop"), Player.removed_at.is_(None))
    .order_by(Player.joined_at.desc())
    .limit(LOBBY)
)
FIRST = Prepared(
    ROWS.where(Player.workshop_id == bindparam("workshop")).order_by(*BY_NAME).limit(PEOPLE)
)
ALL = Prepared(
    select(func.count(Player.id).label("people")).where(Player.workshop_id == bindparam("workshop"))
)


def newcomers(session: Session, workshop_id: str, teams: Sequence[TeamNow]) -> list[PlayerShown]:
    """Who came last, for the projector's lobby."""
    return _shown(NEWEST.all(session.connection(), workshop=workshop_id), teams)


def people(
    session: Session, workshop_id: str, teams: Sequence[TeamNow], find: str = ""
) -> tuple[list[PlayerShown], int]:
    """The first of a room by name, or of those whose name holds `find`; and how many more."""
    if find:
        return _found(session, workshop_id, teams, find)
    connection = session.connection()
    players = _shown(FIRST.all(connection, workshop=workshop_id), teams)
    if len(players) < PEOPLE:
        return players, 0
    return players, ALL.all(connection, workshop=workshop_id)[0].people - PEOPLE


def _found(
    session: Session, workshop_id: str, teams: Sequence[TeamNow], find: str
) -> tuple[list[PlayerShown], int]:
    named = Player.folded.contains(fold(find), autoescape=True)
    here = (Player.workshop_id == workshop_id, named)
    rows = session.execute(ROWS.where(*here).order_by(*BY_NAME).limit(PEOPLE))
    players = _shown(rows, teams)
    if len(players) < PEOPLE:
        return players, 0
    return players, (session.scalar(select(func.count(Player.id)).where(*here)) or 0) - PEOPLE


def _shown(rows: Iterable[Found], teams: Sequence[TeamNow]) -> list[PlayerShown]:
    by_id = {team.id: (team.name, team.shape) for team in teams}
    return [
        PlayerShown(
            *(row.id, row.nickname, *by_id.get(row.team_id, ("", ""))),
            *(row.socket is not None, row.removed_at is not None, row.doubtful, row.waiting),
        )
        for row in rows
    ]
