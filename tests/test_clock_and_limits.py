"""The clock that is never set, and the windows of the rate limits."""

import time

import pytest

from game.base import clock, rate_counters
from game.base.limits import Limits
from game.base.rate_counters import RateCounters


def test_setting_the_machines_clock_moves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    before = clock.now_ms()
    assert abs(before - time.time() * 1000) < 60_000
    for wrong in (0.0, time.time() + 1e6):
        monkeypatch.setattr(time, "time", lambda wrong=wrong: wrong)
        monkeypatch.setattr(time, "time_ns", lambda wrong=wrong: int(wrong * 1e9))
        assert 0 <= clock.now_ms() - before < 5_000


def test_workers_are_told_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(clock.START, "-12345")
    assert clock.start_ms() == -12345
    monkeypatch.setenv(clock.START, "nonsense")
    assert clock.start_ms() > 0


class Steady:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def monotonic(self) -> float:
        return self.now

    def time(self) -> float:
        return 0.0


def test_a_window_counts_until_it_ends_and_then_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    steady = Steady()
    monkeypatch.setattr(rate_counters, "time", steady)
    held = RateCounters()
    assert [held.incr("a", 10) for _ in range(3)] == [1, 2, 3]
    steady.now += 9.9
    assert held.incr("a", 10) == 4
    steady.now += 0.2
    assert held.get("a") == 0
    assert held.incr("a", 10) == 1
    held.incr("b", 1)
    steady.now += rate_counters.SWEEP + 1
    held.incr("c", 10)
    assert set(held.counts) == {"c"}  # what is over is forgotten
    assert held.reset() == 1


def test_a_room_behind_one_address_comes_in_and_a_flood_does_not() -> None:
    limits = Limits()
    room = [limits.allows_door("192.0.2.1", "w") for _ in range(10_000)]
    assert all(room)
    assert not limits.allows_door("192.0.2.1", "w")
    assert limits.allows_door("192.0.2.2", "w")
    hand = [limits.allows_player("p") for _ in range(100)]
    assert sum(hand) == 40
