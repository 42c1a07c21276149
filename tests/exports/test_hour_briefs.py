"""The report of the hour tells of the positions that were played, and of no other."""

from sqlalchemy import update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.exports import hour_report
from game.store.engine import Store
from game.store.tables import BriefRow, RoundRow, Workshop
from game.workshop import hour
from tests.table import PACKS, Table, said

PLAYED, UNPLAYED = "Soudeuse TIG", "Cartographe des fonds"


def test_a_position_that_no_round_had_is_not_told_to_be_played_again(store: Store) -> None:
    table = Table(store)

    def arrange(s: Session) -> None:
        for title in (PLAYED, UNPLAYED):
            s.add(BriefRow(id=title[:8], workshop_id=table.room.id, key="", title=title))
        s.flush()
        s.execute(update(RoundRow).values(brief_id=PLAYED[:8], opened_at=now_ms() - 50_000))

    table.write(arrange)
    assert table.submit(0, said("lead:slot0", 0))["ok"]
    with store.session() as s:
        found = hour.of(s, s.get_one(Workshop, table.room.id), PACKS["fr"])
    assert [title for title, _ in found.briefs] == [PLAYED]
    told = [line for one in hour_report.sections(found, "fr") for line in one.lines]
    assert told
    assert not [line for line in told if UNPLAYED in line]
