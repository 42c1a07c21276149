"""The last move of a room is taken back within ten seconds, whatever it was; answers stay."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from bench import room as bench_room
from bench.room import SPOT
from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.rules.course import WAITS
from game.rules.extra_time import extra_ms
from game.rules.timing import timing_of
from game.store.engine import Store
from game.store.tables import Player, Point, RoundRow, Submission, Workshop
from game.workshop import auto_advance, course, last_move, pace, round_clock, state
from tests.store.test_round_rules import PACKS, Hall


class Room(Hall):
    """A hall whose moves are kept, as the remote's are."""

    def move(self, name: str, verb: Callable[..., Any], *args: Any) -> None:
        with Session(self.store.writing) as s:
            before = last_move.standing(s, self.room.id)
            verb(s, PACKS, self.room.id, *args)
            last_move.note(s, PACKS, self.room.id, name, before)
            s.commit()

    def undo(self) -> None:
        self.move("undo", last_move.take_back)

    def where(self) -> tuple[Any, ...]:
        with Session(self.store.writing) as s:
            w = s.get_one(Workshop, self.room.id)
            rows = [s.get_one(RoundRow, id) for id in self.room.rounds]
            return w.stage, w.round_id, w.ended_at, [(r.phase, r.page) for r in rows]

    def workshop(self) -> Workshop:
        with Session(self.store.writing) as s:
            return s.get_one(Workshop, self.room.id)


def test_every_step_of_an_hour_is_taken_back_and_taken_again(store: Store) -> None:
    room = Room(store)
    for _ in range(40):
        if room.where()[0] == "ended":
            break
        before = room.where()
        room.move("next", course.go_on)
        after = room.where()
        assert after != before
        room.undo()
        assert room.where() == before
        with pytest.raises(Refusal, match="nothing_to_undo"):
            room.undo()
        room.move("next", course.go_on)
        assert room.where()[0::3] == after[0::3]
    assert room.where()[0] == "ended"


def test_a_close_that_is_taken_back_gives_the_time_back_and_keeps_answers(store: Store) -> None:
    room = Room(store)
    room.on_to("open")
    kind, where = bench_room, room.room
    assert room.give("a" * 16, kind.answer("expert", 1, 0), room.row().closes_at or 0)["ok"]
    left = room.row().closes_at
    room.move("close", round_clock.close_now)
    assert room.row().result is not None
    room.undo()
    row = room.row()
    assert row.phase == "open"
    assert abs((row.closes_at or 0) - (left or 0)) < 2_000
    assert timing_of(row.timing).ran[-1][1] is None
    with Session(store.writing) as s:
        assert s.query(Submission).filter_by(round_id=where.rounds[0]).count() == 1
        assert s.query(Point).filter_by(round_id=where.rounds[0], settled=True).count() == 0


def test_a_pause_survives_and_a_reopening_is_settled_again(store: Store) -> None:
    room = Room(store)
    room.on_to("open")
    room.do(round_clock.pause)
    left = room.row().left_ms
    room.move("skip", course.skip)
    room.undo()
    assert room.row().left_ms == left
    room.do(round_clock.resume)
    room.on_to("revealed")
    room.move("reopen", round_clock.reopen)
    room.undo()
    assert room.row().phase == "revealed"
    assert room.row().result is not None


def test_what_a_round_brought_counts_once_the_room_is_told_or_goes_on_without(
    store: Store,
) -> None:
    room = Room(store, (SPOT, SPOT))
    room.on_to("open")
    for n in range(4):
        assert room.give(f"{n}" * 16, bench_room.answer(SPOT, n), room.row().closes_at or 0)["ok"]
    verbs = {
        "close": round_clock.close_now,
        "next": course.go_on,
        "skip": course.skip,
        "podium": course.show_podium,
        "back": course.back,
        "undo": last_move.take_back,
    }

    def counts(name: str) -> bool:
        room.move(name, verbs[name])
        with Session(store.writing) as s:
            brought = s.query(Point).filter_by(round_id=room.room.rounds[0], settled=True)
            assert s.get_one(Player, room.player).provisional == sum(p.amount for p in brought)
            return brought.count() > 0

    assert not counts("close")
    for way_on in ("skip", "podium", "next"):
        assert counts(way_on)
        assert not counts("undo")
    assert counts("next")
    assert not counts("back")
    assert counts("undo")
    assert not counts("back")
    assert counts("skip")
    room.move("back", course.back)  # to the board that the skipped round would have had
    assert not counts("back"), "its results are still to be shown"
    assert counts("undo")


def test_what_the_clock_did_meanwhile_is_not_taken_back(store: Store) -> None:
    room = Room(store)
    room.on_to("briefing")
    room.move("next", course.go_on)
    room.do(round_clock.close_now)
    with pytest.raises(Refusal, match="nothing_to_undo"):
        room.undo()
    assert room.row().phase == "closed"


def test_ten_seconds_and_no_more(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room(store)
    before = now_ms()
    room.move("next", course.go_on)
    after = now_ms()
    monkeypatch.setattr(last_move, "now_ms", lambda: after + 10_001)
    with pytest.raises(Refusal, match="nothing_to_undo"):
        room.undo()
    monkeypatch.setattr(last_move, "now_ms", lambda: before + 9_999)
    room.undo()


def test_a_step_that_comes_by_itself_comes_once_and_can_be_held(store: Store) -> None:
    room = Room(store)
    room.on_to("closed")
    room.do(auto_advance.set_auto, on=True)
    since = room.workshop().auto_at
    assert since
    with Session(store.writing) as s:
        auto_advance.hold(s, room.room.id)
        s.commit()
        assert not auto_advance.go_on_by_itself(s, PACKS, room.room.id, since)
    assert room.row().phase == "closed"
    room.do(auto_advance.plan_next)
    with Session(store.writing) as s:
        since = s.get_one(Workshop, room.room.id).auto_at or 0
        assert auto_advance.due(s.connection(), since) == [(room.room.id, since)]
        assert auto_advance.go_on_by_itself(s, PACKS, room.room.id, since)
        assert not auto_advance.go_on_by_itself(s, PACKS, room.room.id, since)
        s.commit()
    assert room.row().phase == "revealed"


def test_a_step_that_comes_by_itself_waits_for_who_took_more_time(store: Store) -> None:
    def wait(percent: int, **values: Any) -> int:
        """How long the results wait after the close, in milliseconds past their usual time."""
        room = Room(store)
        room.do(auto_advance.set_auto, on=True)
        with Session(store.writing) as s:
            them = update(Player).where(Player.id == room.player)
            s.execute(them.values(extra_percent=percent, **values))
            s.commit()
        room.on_to("open")
        before = now_ms()
        room.move("next", course.go_on)
        auto_at, usual = room.workshop().auto_at, 1000 * WAITS["reveal"]
        assert auto_at
        return auto_at - before - usual

    own = extra_ms(60, 50)  # a bench's round lasts a minute
    assert wait(0, socket="w/1") < own <= wait(50, socket="w/1")
    assert wait(50, socket=None, seen_at=2**41) >= own, "a locked phone comes back"
    assert wait(50, socket=None, seen_at=1) < own, "who left before the round is not waited for"
    assert wait(50, socket="w/1", removed_at=1) < own


@pytest.mark.parametrize(("boards", "seen"), [("never", 0), ("end", 1), ("each", 2)])
def test_the_board_is_seen_as_often_as_was_said(store: Store, boards: str, seen: int) -> None:
    room, stages = Room(store), []
    with Session(store.writing) as s:
        course.set_boards(s, room.room.id, boards)
        s.commit()
    while not stages or stages[-1] != "ended":
        room.do(course.go_on)
        stages.append(room.where()[0])
    assert stages.count("board") == seen
    assert stages.count("podium") == (boards != "never")


def test_a_room_that_is_late_is_told_what_to_shorten(store: Store) -> None:
    room = Room(store)

    def told() -> Any:
        with Session(store.writing) as s:
            found = state.load(s, room.room.id, PACKS["fr"])
            assert found
            return pace.of(found)

    assert told() is None  # nobody has begun
    room.on_to("open")
    on_time = told()
    assert abs(on_time.late) < 120_000
    assert on_time.shorten == ()
    with Session(store.writing) as s:
        s.get_one(Workshop, room.room.id).begun_at -= 600_000  # type: ignore[operator]
        s.commit()
    late = told()
    assert abs(late.late - on_time.late - 600_000) < 5_000
    (which, seconds), *_ = late.shorten
    with Session(store.writing) as s:
        gained = s.get_one(RoundRow, which).seconds - seconds
        round_clock.set_seconds(s, room.room.id, which, seconds)
        s.commit()
    assert abs(late.late - told().late - 1000 * gained) < 5_000
    with pytest.raises(Refusal, match="not_now"), Session(store.writing) as s:
        round_clock.set_seconds(s, room.room.id, room.room.rounds[0], 30)
