"""The boards: players and teams, provisional and confirmed, ranked by the rules."""

from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from game.rules import board
from game.store.prepared import Prepared
from game.store.tables import Player, Point, RoundRow, Team, Workshop

PLAYERS = Prepared(
    select(Player.id, Player.nickname, Player.provisional, Player.confirmed, Player.team_id)
    .where(Player.workshop_id == bindparam("workshop"), Player.removed_at.is_(None))
    .order_by(Player.folded)  # equals stand in the order of their names
)


@dataclass(frozen=True)
class Boards:
    """Ranked players and teams of a workshop."""

    players: list[board.Ranked]
    teams: list[board.Ranked]
    basis: str

    def points(self, row: board.Row) -> int:
        return row.confirmed if self.basis == "confirmed" else row.provisional

    @cached_property
    def ranks(self) -> dict[str, int]:
        """Each player's rank, by id."""
        return {ranked.row.id: ranked.rank for ranked in self.players}

    @cached_property
    def gaps(self) -> dict[str, int]:
        """What each player lacks to the place above, by id."""
        return board.gaps(self.players, by=self.basis)

    @cached_property
    def team_ranks(self) -> dict[str, int]:
        """Each player's team's rank, by the player's id; nobody's without a team."""
        ranks = {ranked.row.id: ranked.rank for ranked in self.teams}
        return {r.row.id: ranks[r.row.team] for r in self.players if r.row.team in ranks}

    def place(self, player_id: str) -> dict[str, int]:
        """What a player is told of their place besides the rank: the gap above, the team's rank."""
        told = {"gap": self.gaps.get(player_id, 0)}
        if player_id in self.team_ranks:
            told |= {"team_rank": self.team_ranks[player_id], "teams": len(self.teams)}
        return told


def boards(session: Session, workshop_id: str) -> Boards:
    """The boards as they stand: provisional in the room.

    Once the workshop has ended and a recruiter has confirmed something, the confirmed board is
    the one that counts.
    """
    players = _players(session, workshop_id)
    stage = session.scalar(select(Workshop.stage).where(Workshop.id == workshop_id))
    confirmed = stage == "ended" and any(player.confirmed for player in players)
    basis = "confirmed" if confirmed else "provisional"
    teams = board.rank(_teams(session, workshop_id, players), by=basis)
    return Boards(board.rank(players, by=basis), teams, basis)


def _players(session: Session, workshop_id: str) -> list[board.Row]:
    return [
        board.Row(id, name, provisional, confirmed, team or "")
        for id, name, provisional, confirmed, team in PLAYERS.raw(
            session.connection(), workshop=workshop_id
        )
    ]


def _teams(session: Session, workshop_id: str, players: list[board.Row]) -> list[board.Row]:
    rows = session.scalars(select(Team).where(Team.workshop_id == workshop_id).order_by(Team.place))
    return board.team_rows([(team.id, team.name) for team in rows], players)


def before_last(session: Session, workshop_id: str, made: Boards) -> list[board.Ranked]:
    """The players' board as it was before the last round played.

    Empty after the first one: before it there were no places to climb from.
    """
    played = session.scalars(
        select(RoundRow.id)
        .where(RoundRow.workshop_id == workshop_id, RoundRow.phase == "revealed")
        .order_by(RoundRow.place.desc())
        .limit(2)
    ).all()
    gained = _gained(session, played[0]) if len(played) > 1 else {}
    if not gained:
        return []
    before = [ranked.row.less(gained.get(ranked.row.id, 0)) for ranked in made.players]
    return board.rank(before, by="provisional")


def climbers(before: list[board.Ranked], made: Boards) -> list[tuple[str, int]]:
    """Who gained places since that board: (nickname, places gained)."""
    return board.climbers(before, made.players, 3) if before else []


def _gained(session: Session, round_id: str) -> dict[str, int]:
    rows = session.execute(
        select(Point.player_id, func.sum(Point.amount))
        .where(Point.round_id == round_id, Point.status != "revoked")
        .group_by(Point.player_id)
    )
    return {row[0]: int(row[1]) for row in rows}
