"""What the rules are told of a round: when it ran, when an answer was given, what came before."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.room import SPOT, VOTE, answer, make_rooms
from game import content
from game.base import paths
from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.rules.timing import Timing, timing_of
from game.store.engine import Store
from game.store.tables import Player, RoundRow, Submission
from game.workshop import course, round_clock, setting, settle, state
from game.workshop.play import Play, Sent

PACKS = content.load(paths.content())
Do = Callable[[Any], Any]


class Hall:
    """A room of two rounds with one player, driven straight on the database."""

    def __init__(self, store: Store, kinds: tuple[str, ...] = (VOTE, SPOT)) -> None:
        self.store = store
        (self.room,) = make_rooms(store, 1, kinds)
        self.play = Play(PACKS, "a secret of this test", 2_000)
        with Session(store.writing) as s:
            player = Player(workshop_id=self.room.id, nickname="Ortie", folded="o", joined_at=1)
            s.add(player)
            s.commit()
            self.player = player.id

    def do(self, verb: Callable[..., Any], *args: Any, **more: Any) -> None:
        with Session(self.store.writing) as s:
            verb(s, PACKS, self.room.id, *args, **more)
            s.commit()

    def on_to(self, phase: str) -> None:
        while self.row().phase != phase:
            self.do(course.go_on)

    def row(self, n: int = 0) -> RoundRow:
        with Session(self.store.writing) as s:
            return s.get_one(RoundRow, self.room.rounds[n])

    def timing(self) -> Timing:
        return timing_of(self.row().timing)

    def give(self, id: str, raw: dict[str, Any], at: int) -> Any:
        sent = Sent(self.player, self.room.rounds[0], id, raw, at)
        with self.store.writing.begin() as connection:
            return self.play.many(connection, [sent])[0]


def test_a_round_keeps_when_its_clock_ran(store: Store) -> None:
    hall = Hall(store)
    hall.on_to("open")
    assert [end for _, end in hall.timing().ran] == [None]
    hall.do(round_clock.pause)
    hall.do(round_clock.pause)
    assert [end is None for _, end in hall.timing().ran] == [False]
    hall.do(round_clock.resume)
    assert [end is None for _, end in hall.timing().ran] == [False, True]
    hall.on_to("closed")
    closed = hall.timing()
    assert all(end is not None for _, end in closed.ran)
    assert closed.closed_at is not None
    assert closed.revealed_at is None
    hall.on_to("revealed")
    hall.do(round_clock.reopen)
    again = hall.timing()
    assert again.closed_at == closed.closed_at
    assert again.revealed_at is not None
    assert len(again.ran) == 3


def test_a_standing_knows_when_the_answer_that_counts_was_given(store: Store) -> None:
    hall = Hall(store)
    hall.on_to("open")
    now = now_ms()
    first, second = answer(VOTE, 0), answer(VOTE, 1)
    assert hall.give("first-answer", first, now)["ok"]
    assert hall.give("other-answer", second, now + 500)["ok"]
    assert hall.give("first-answer", first, now + 900)["ok"]  # a resend changes nothing
    with Session(store.writing) as s:
        assert len(s.scalars(select(Submission)).all()) == 2
        (standing,) = settle.standings_of(s, hall.room.rounds[0])
    assert (standing.at, standing.given_at) == (now, now + 500)
    assert standing.stored["choice"] == second["choice"]


def test_a_setting_knows_the_rounds_before_it(store: Store) -> None:
    hall = Hall(store)
    hall.on_to("revealed")
    with Session(store.writing) as s:
        row = s.get_one(RoundRow, hall.room.rounds[1])
        more = setting.of_row(row, state.agenda_before(s, row))
    (before,) = more["earlier"]
    assert (before.kind, before.result) == (VOTE, hall.row().result)
    assert more["seconds"] == row.seconds


def test_a_text_is_kept_from_the_room_and_given_back(store: Store) -> None:
    hall = Hall(store)
    hall.on_to("revealed")
    hall.do(course.hide, "text-1", is_hidden=True)
    hall.do(course.hide, "text-2", is_hidden=True)
    assert hall.row().hidden == ["text-1", "text-2"]
    hall.do(course.hide, "text-1", is_hidden=False)
    assert setting.of_row(hall.row())["hidden"] == frozenset({"text-2"})
    for wrong in ("", "x" * 41):
        with pytest.raises(Refusal):
            hall.do(course.hide, wrong, is_hidden=True)
