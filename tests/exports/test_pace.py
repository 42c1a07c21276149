"""Long work gives way: to everybody, and more of its time while somebody plays."""

from collections.abc import Callable, Iterator

import pytest

from game.exports import pace
from game.exports.pace import Players, paced


class Clock:
    """A time that only passes where the test says so, and rests that are noted."""

    def __init__(self) -> None:
        self.now = 0.0
        self.rests: list[float] = []

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.rests.append(seconds)
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(pace, "time", made)
    return made


def work(clock: Clock, count: int, seconds: float) -> Iterator[int]:
    for n in range(count):
        clock.now += seconds
        yield n


@pytest.mark.parametrize(("plays", "share"), [(lambda: True, pace.SHARE), (lambda: False, 1.0)])
def test_work_has_its_share_of_the_time(
    clock: Clock, plays: Callable[[], bool], share: float
) -> None:
    assert list(paced(work(clock, 1000, 0.001), plays)) == list(range(1000))
    assert len(clock.rests) >= 1000 * 0.001 / (2 * pace.SLICE)  # turns for others, playing or not
    assert 1.0 / clock.now <= share * 1.05


def test_what_is_done_with_an_item_is_work_too(clock: Clock) -> None:
    for _item in paced(range(10), lambda: True):
        clock.now += 0.01
    assert len(clock.rests) == 10


def test_a_short_thing_never_waits(clock: Clock) -> None:
    list(paced(work(clock, 3, 0.0005), lambda: True))
    assert clock.rests == []


def test_somebody_plays_while_something_is_written(clock: Clock) -> None:
    written = [5]
    plays = Players(lambda: written[0])
    assert plays(), "who does not know yet gives way"
    clock.now = 1
    assert not plays()
    written[0] += 1
    assert not plays(), "looked at once a second"
    clock.now = 2
    assert plays()
    clock.now = 3
    assert not plays()
