"""A warm-up: what is answered stands, and nobody earns anything by it, now or at the desk."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.room import LEAD, VOTE, answer, make_rooms
from game import content
from game.base import paths
from game.pool import verdict
from game.store.engine import Store
from game.store.tables import Lead, Player, Point, Recommendation, RoundRow
from game.workshop import course, create, round_clock
from game.workshop.play import Play, Sent

PACKS = content.load(paths.content())
WORTH = verdict.worth({lang: pack.points for lang, pack in PACKS.items()}, 0)


def test_it_brings_no_points_and_takes_nobodys_credit(store: Store) -> None:
    (room,) = make_rooms(store, 1, (VOTE, LEAD, LEAD))
    play = Play(PACKS, "a secret of this test", 2_000)
    with Session(store.writing) as s:
        players = [
            Player(workshop_id=room.id, nickname=name, folded=name, joined_at=1)
            for name in ("ortie", "thym")
        ]
        s.add_all(players)
        for round_id in room.rounds[:2]:
            s.get_one(RoundRow, round_id).warm_up = True
        s.commit()
        first, second = [player.id for player in players]

    def play_round(round_id: str, who: list[str], kind: str) -> list[object]:
        with Session(store.writing) as s:
            row = s.get_one(RoundRow, round_id)
            while row.phase != "open":
                course.go_on(s, PACKS, room.id)
            at = row.opened_at or 0
            s.commit()
        given = answer(kind, 1, 0)
        sent = [Sent(p, round_id, f"{round_id[:8]}-{n}", given, at + n) for n, p in enumerate(who)]
        with store.writing.begin() as connection:
            told = play.many(connection, sent)
        with Session(store.writing) as s:
            round_clock.close(s, PACKS, round_id)
            s.commit()
        return told

    quiet = play_round(room.rounds[0], [first], VOTE) + play_round(room.rounds[1], [first], LEAD)
    counted = play_round(room.rounds[2], [second], LEAD)
    assert [told["gained"] for told in quiet if isinstance(told, dict)] == [[], []]
    assert [bool(told["gained"]) for told in counted if isinstance(told, dict)] == [True]
    with Session(store.writing) as s:
        lead = s.scalars(select(Lead)).one()
        assert len(s.scalars(select(Recommendation)).all()) == 2  # both are kept
        named = s.scalars(select(Point.reason).where(Point.player_id == second)).all()
        assert "seconded" not in named
        verdict.review(s, lead.id, None, "pursue", "", WORTH)
        s.commit()
        earned = {who: s.get_one(Player, who).confirmed for who in (first, second)}
        assert earned[first] == 0
        assert earned[second] > 20
        assert not sum(s.scalars(select(Point.amount).where(Point.player_id == first)))
        copied = create.copy(s, room.id, user_id=None, name="Encore")
        rows = select(RoundRow.warm_up).where(RoundRow.workshop_id == copied.id)
        assert list(s.scalars(rows.order_by(RoundRow.place))) == [True, True, False]
