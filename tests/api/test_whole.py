"""A workshop as a program sees it, on both databases: figures, briefs, leads, and whose names."""

from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from game.pool.recommender import NAMED
from game.store.tables import BriefRow, Lead, Player, Point, RoundRow, User, Workshop
from tests.api.program import Program
from tests.desk.at_desk import Desk, desk_in
from tests.table import SLOTS, Table, said

SPEAKS = ("", "first", "together", "named", "unnamed")


def dressed(desk: Desk) -> Table:
    """Two players, one of whom is known by name, in a round for a brief."""
    table = Table(desk.game.store)
    table.play = desk.game.play
    with Session(table.store.writing) as s:
        s.get_one(Player, table.players[0]).real_name = "Camille Bertinoux"
        brief = BriefRow(workshop_id=table.room.id, key="k", title="Soudeuse", must_haves=["TIG"])
        s.add(brief)
        s.flush()
        s.get_one(RoundRow, table.room.rounds[0]).brief_id = brief.id
        s.commit()
    return table


def test_a_workshop_is_read_and_judged(either: str, tmp_path: Path) -> None:
    with desk_in(tmp_path / "instance", database_url=either) as desk:
        for old in (Lead, Workshop, User):
            desk.write(lambda s, old=old: s.execute(delete(old)))
        table, program = dressed(desk), Program(desk)
        for slot, (n, speaks) in zip(SLOTS, enumerate(SPEAKS), strict=True):
            assert table.submit(0, {**said(slot, n), "speaks": speaks})["ok"]
        desk.exports_to_others("no")
        page: Any = program.get("/leads?limit=3&brief=Soudeuse").json
        rest: Any = program.get(f"/leads?brief=Soudeuse&cursor={page['next']}").json
        leads = [*page["leads"], *rest["leads"]]
        assert (len(leads), rest["next"]) == (5, None)
        told = {}
        for lead in leads:
            (one,) = program.get(f"/leads/{lead['id']}").json["recommendations"]  # type: ignore[index]
            told[lead["phone"]] = one["recommender"]
            assert (one["brief_title"], one["workshop"]) == ("Soudeuse", table.room.id)
        named = [bool(told[phone]) for phone in sorted(told)]
        assert named == [speaks in NAMED for speaks in SPEAKS]
        assert set(told.values()) == {"", "Camille Bertinoux"}
        judged = program.post(f"/leads/{leads[0]['id']}/verdicts", {"verdict": "pursue"})
        assert judged.status_code == 201
        points = select(func.count()).where(Point.reason == "pursue", Point.status == "confirmed")
        assert desk.read(lambda s: s.scalar(points)) == 1
        whole: Any = program.get(f"/workshops/{table.room.id}").json
        assert (whole["figures"]["leads"], whole["figures"]["pursue"]) == (5, 1)
        assert [one["figures"]["leads"] for one in whole["briefs"]] == [5]
        (listed,) = program.get("/workshops?limit=1").json["workshops"]  # type: ignore[index]
        (brief,) = program.get(f"/briefs?workshop={table.room.id}").json["briefs"]  # type: ignore[index]
        assert (listed["id"], brief["must_haves"]) == (table.room.id, ["TIG"])
        desk.write(lambda s: setattr(s.get(Workshop, table.room.id), "sort", "rehearsal"))
        assert program.get("/workshops").json == {"workshops": [], "next": None}
        assert program.get(f"/workshops/{table.room.id}").status_code == 404
        assert program.get("/briefs").json == {"briefs": [], "next": None}
