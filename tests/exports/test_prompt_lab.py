"""The report tells what each prompt yielded where teams were dealt their own."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.exports import hour_report
from game.rules.timing import timing_of
from game.store.engine import Store
from game.store.tables import Player, RoundRow, Team, Workshop
from game.workshop import hour
from tests.table import PACKS, Table, said

PEOPLE = 6  # of each team


@pytest.mark.parametrize("deal", [True, False])
def test_a_dealt_round_is_told_by_who_had_each_prompt(store: Store, deal: bool) -> None:
    table, pack = Table(store), PACKS["fr"]
    asked = [prompt.key for prompt in pack.parts["prompts"][:2]]
    texts = {prompt.text for prompt in pack.parts["prompts"][:2]}
    opened = now_ms() - 50_000

    def arrange(s: Session) -> None:
        values = {"prompts": asked, "prompt_seconds": 60, "deal": deal}
        timing = timing_of(None).started(opened).stored()
        s.execute(
            update(RoundRow).values(
                options=values, timing=timing, opened_at=opened, closes_at=None, seconds=120
            )
        )
        here = {"workshop_id": table.room.id}
        teams = [Team(name=name, shape="leaf", place=n, **here) for n, name in enumerate("AB")]
        s.add_all(teams)
        s.flush()
        for n in range(2 * PEOPLE):
            own = {"team_id": teams[n % 2].id, "joined_at": 1, **here}
            s.add(Player(nickname=f"T{n}", folded=f"t{n}", **own))
        s.execute(update(Player).where(Player.id == table.players[0]).values(team_id=teams[0].id))

    table.write(arrange)
    assert table.submit(0, said("lead:slot0", 0))["ok"]
    with store.session() as s:
        found = hour.of(s, s.get_one(Workshop, table.room.id), pack)
    sections = {one.title: one for one in hour_report.sections(found, "fr")}
    if not deal:
        assert found.lab == ()
        assert "Laboratoire des relances" not in sections
        assert sum(one.leads for one in found.prompts) == 1
        return
    assert {one.name for one in found.lab} == texts
    assert {(one.hits, one.trials) for one in found.lab} == {(1, PEOPLE + 1), (0, PEOPLE)}
    assert found.prompts == ()
    told = sections["Laboratoire des relances"].rows
    assert [row[1:3] for row in told] == [(1, PEOPLE + 1), (0, PEOPLE)]
    (line,) = sections["Ce que dit le laboratoire"].lines
    assert "aucune relance ne donne sûrement plus" in line
    assert hour_report.as_xlsx(found, "en")
