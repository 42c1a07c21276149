"""A preview tells nothing of how the real hour goes."""

from pathlib import Path

from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.store.tables import RoundRow, Workshop
from tests.privacy.pages import Signed, application, game_of


def test_a_remote_that_is_only_looked_at_shortens_nothing(tmp_path: Path) -> None:
    late = {"stage": "round", "begun_at": now_ms() - 50 * 60_000, "minutes": 30}
    with application(tmp_path) as app:

        def add(s: Session) -> str:
            made = Workshop(name="A", code="PORT", created_at=1, **late)
            s.add(made)
            s.flush()
            for place in range(3):
                s.add(RoundRow(workshop_id=made.id, place=place, kind="recommend", seconds=600))
            s.flush()
            made.round_id = s.query(RoundRow).filter_by(workshop_id=made.id, place=0).one().id
            return made.id

        at = f"/workshops/{game_of(app).writer.write(add)}/preview/remote/lobby"
        page = Signed(app, "admin").get(at)
    assert page.count("agenda-line") >= 3
    assert 'data-do="shorten"' not in page
