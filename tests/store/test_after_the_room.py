"""After the room: a round of its own takes leads until its days are over, and no agenda has it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.room import LEAD, VOTE, answer, make_rooms
from game import content
from game.base import paths
from game.base.days import DAY_MS
from game.store.engine import Store
from game.store.tables import Player, RoundRow, Workshop
from game.workshop import auto_advance, course, create, hour
from game.workshop.play import Play, Sent
from game.workshop.state import agenda_of

PACKS = content.load(paths.content())
PROMPTS = {"prompts": ["meilleur-collegue", "ancien-employeur"], "prompt_seconds": 60}


def test_it_takes_leads_for_its_days_and_is_copied_into_nothing(store: Store) -> None:
    (room,) = make_rooms(store, 1, (LEAD, VOTE))
    play = Play(PACKS, "a secret of this test", 2_000)

    def give(round_id: str, n: int, at: int) -> bool:
        with store.writing.begin() as connection:
            sent = Sent(player_id, round_id, f"id-{n:08}", answer(LEAD, n, 0), at)
            told = play.many(connection, [sent])[0]
        return isinstance(told, dict)

    with Session(store.writing) as s:
        player = Player(workshop_id=room.id, nickname="Ortie", folded="o", joined_at=1)
        s.add(player)
        w = s.get_one(Workshop, room.id)
        w.minutes, w.boards, w.after_days = 45, "end", 3
        first = s.get_one(RoundRow, room.rounds[0])
        first.notes, first.options = "Respirer.", PROMPTS
        s.commit()
        player_id = player.id
        while first.phase != "open":
            course.go_on(s, PACKS, room.id)
        s.commit()
        opened = first.opened_at or 0
    assert give(room.rounds[0], 1, opened + 1_000)
    with Session(store.writing) as s:
        while s.get_one(Workshop, room.id).stage != "ended":
            course.go_on(s, PACKS, room.id)
        s.commit()
        after = s.scalars(select(RoundRow).where(RoundRow.after)).one()
        assert (after.phase, after.id) == ("open", s.get_one(Workshop, room.id).round_id)
        assert after.id not in [row.id for row in agenda_of(s, room.id)]
        late, until = after.id, after.closes_at or 0
        assert abs(until - (s.get_one(Workshop, room.id).ended_at or 0) - 3 * DAY_MS) < 60_000
    assert give(late, 2, until - DAY_MS)
    assert not give(late, 3, until + 3_000)

    with Session(store.writing) as s:
        assert auto_advance.close_overdue(s, PACKS, late, until + 3_000, 2_000)
        told = hour.of(s, s.get_one(Workshop, room.id), PACKS["fr"])
        assert [(row.leads, row.after) for row in told.rounds] == [
            (1, False),
            (0, False),
            (1, True),
        ]
        assert (told.named, told.leads, told.took_part) == (2, 2, 1)
        assert sum(one.leads for one in told.prompts) == 1  # of the round that showed them
        again = create.copy(s, room.id, user_id=None, name="encore")
        copied = agenda_of(s, again.id)
        assert [row.kind for row in copied] == [LEAD, VOTE]
        assert copied[0].notes == "Respirer."
        assert (again.minutes, again.boards, again.after_days) == (45, "end", 3)
        assert s.query(RoundRow).filter_by(workshop_id=again.id, after=True).count() == 0
