"""The first recommender keeps credit for a period that can be set."""

from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.pool.verdict import review, worth
from game.store.engine import Store
from game.store.tables import Recommendation
from game.web.desk.surface import usual_points
from tests.desk.at_desk import desk_in
from tests.table import SLOTS, USUAL, Table, said

DAY = 86_400_000


@pytest.mark.parametrize("days", [0, 45])
def test_the_period_is_the_one_that_the_house_set(days: int, tmp_path: Path) -> None:
    with desk_in(tmp_path, credit_days=days) as desk, desk.app.test_request_context():
        assert usual_points().credit_days == days
    with desk_in(tmp_path) as desk, desk.app.test_request_context():
        assert usual_points().credit_days == 180


PURSUE = USUAL["fr"].pursue


@pytest.mark.parametrize(
    ("later", "days", "second_has_it"),
    [(10, 180, False), (181, 180, True), (10, 5, True), (400, 0, False)],
)
def test_the_second_has_the_bonus_only_after_the_first_one_s_period(
    later: int, days: int, second_has_it: bool, store: Store
) -> None:
    table = Table(store)
    for player in range(2):
        table.submit(player, said(SLOTS[0], 0))
    before = table.sums()
    first, second = table.players
    with Session(store.writing) as s:
        mine = update(Recommendation).where(Recommendation.player_id == second)
        s.execute(mine.values(at=Recommendation.at + later * DAY))
        lead = s.scalars(select(Recommendation.lead_id)).first()
        assert lead
        review(s, lead, None, "pursue", "oui", worth(USUAL, days))
        s.commit()
    after = table.sums()
    assert after[first][1] == before[first][0] + PURSUE
    assert after[second][1] == before[second][0] + PURSUE * second_has_it
