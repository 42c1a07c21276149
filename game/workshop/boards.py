"""The boards: players and teams, provisional and confirmed, ranked by the rules."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from game.base.recent import Recent
from game.rules import board
from game.store.prepared import Prepared
from game.store.tables import Player, Point, RoundRow, Team, Workshop

PLAYERS = Prepared(
    select(Player.id, Player.nickname, Player.provisional, Player.confirmed, Player.team_id)
    .where(Player.workshop_id == bindparam("workshop"), Player.removed_at.is_(None))
    .order_by(Player.folded)  # equals stand in the order of their names
)
STAGE = Prepared(select(Workshop.stage).where(Workshop.id == bindparam("workshop")))
TEAMS = Prepared(
    select(Team.id, Team.name).where(Team.workshop_id == bindparam("workshop")).order_by(Team.place)
)
REVEALED = Prepared(
    select(RoundRow.id)
    .where(RoundRow.workshop_id == bindparam("workshop"), RoundRow.phase == "revealed")
    .order_by(RoundRow.place.desc())
    .limit(2)
)
GAINED = Prepared(
    select(Point.player_id, func.sum(Point.amount).label("gained"))
    .where(Point.round_id == bindparam("round"), Point.status != "revoked")
    .group_by(Point.player_id)
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
    found = STAGE.first(session.connection(), workshop=workshop_id)
    confirmed = found and found.stage == "ended" and any(player.confirmed for player in players)
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
    rows = TEAMS.raw(session.connection(), workshop=workshop_id)
    return board.team_rows([(id, name) for id, name in rows], players)


def before_last(session: Session, workshop_id: str, made: Boards) -> list[board.Ranked]:
    """The players' board as it was before the last round played.

    Empty after the first one: before it there were no places to climb from.
    """
    played = [row[0] for row in REVEALED.raw(session.connection(), workshop=workshop_id)]
    gained = _gained(session, played[0]) if len(played) > 1 else {}
    if not gained:
        return []
    before = [ranked.row.less(gained.get(ranked.row.id, 0)) for ranked in made.players]
    return board.rank(before, by="provisional")


def climbers(before: list[board.Ranked], made: Boards) -> list[tuple[str, int]]:
    """Who gained places since that board: (nickname, places gained)."""
    return board.climbers(before, made.players, 3) if before else []


def _gained(session: Session, round_id: str) -> dict[str, int]:
    rows = GAINED.raw(session.connection(), round=round_id)
    return {player_id: int(gained) for player_id, gained in rows}


MOMENT = 0.5  # seconds
Ranking = tuple[Boards, list[board.Ranked]]


class RecentBoards:
    """Boards and those before the last round, made once for all screens that are drawn together."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.kept: Recent[str, tuple[int, float, Ranking]] = Recent(64)

    def of(self, session: Session, workshop_id: str, version: int) -> Ranking:
        """The boards of this version of a workshop, at most a moment old, and those before."""
        of, at, ranking = self.kept.get(workshop_id, (-1, 0.0, None))
        if ranking is None or of != version or self.clock() - at > MOMENT:
            made = boards(session, workshop_id)
            ranking = made, before_last(session, workshop_id, made)
            self.kept[workshop_id] = version, self.clock(), ranking
        return ranking
