"""What a player is told of their place: the gap to the one above, and where their team stands."""

import pytest
from sqlalchemy import select, update

from game.store.engine import Store
from game.store.tables import Lead, Player, Team, Workshop
from game.workshop import boards, me
from tests.table import SECRET, SLOTS, Table, said


@pytest.fixture
def table(store: Store) -> Table:
    """The first has more points than the second; each is a team."""
    table = Table(store)
    teams = [
        Team(id=f"team{n}", workshop_id=table.room.id, name=f"Équipe {n}", shape="leaf", place=n)
        for n in range(2)
    ]
    table.write(lambda s: s.add_all(teams))
    for n, player in enumerate(table.players):
        table.write(
            lambda s, n=n, player=player: s.execute(
                update(Player).where(Player.id == player).values(team_id=f"team{n}")
            )
        )
    table.submit(0, said(SLOTS[0], 0, detailed=True))
    table.submit(1, said(SLOTS[1], 1))
    return table


def test_who_is_behind_is_told_by_how_much_and_where_their_team_stands(table: Table) -> None:
    first, second = table.players
    store = table.store
    with store.session() as s:
        made = boards.boards(s, table.room.id)
    with store.reading.connect() as reader:
        told = me.mine(reader, SECRET, table.players, lambda _: made)
        hidden = me.mine(reader, SECRET, table.players, lambda _: None)
    points = {player: told[player]["points"] for player in table.players}
    assert points[first] > points[second] > 0  # type: ignore[operator]
    places = {
        player: [told[player][n] for n in ("rank", "gap", "team_rank", "teams")]
        for player in table.players
    }
    assert places == {first: [1, 0, 1, 2], second: [2, points[first] - points[second], 2, 2]}  # type: ignore[operator]
    assert "gap" not in hidden[second], "no place is told while the room sees no board"
    assert hidden[second]["rank"] is None


def test_after_the_end_gaps_and_teams_follow_the_confirmed_points_too(table: Table) -> None:
    first, second = table.players
    (lead,) = (row[0] for row in table.read(select(Lead.id).where(Lead.role == "")))
    table.judge(lead, "nurture")
    with table.store.session() as s:
        assert boards.boards(s, table.room.id).ranks == {first: 1, second: 2}
    table.write(lambda s: s.execute(update(Workshop).values(stage="ended")))
    confirmed = table.sums()[second][1]
    with table.store.session() as s:
        made = boards.boards(s, table.room.id)
    assert made.ranks == made.team_ranks == {first: 2, second: 1}
    assert made.gaps == {first: confirmed, second: 0}
    assert [made.points(ranked.row) for ranked in made.teams] == [confirmed, 0]
