"""The loop takes what comes in several at a time where told to, and keeps no timer waiting."""

from types import SimpleNamespace

import pytest

from game.serving import gathering as module
from game.serving import serve
from game.serving.gathering import Gathering


class Loop:
    """A hub whose sockets are looked at, and a clock."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        self.slept: list[float] = []
        self.looked: list[float] = []  # how long it would wait for sockets, each time it looks
        self.hub = SimpleNamespace(wait=self.looked.append)
        monkeypatch.setattr(module, "sleep", self._sleep)
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: self.now))

    def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def test_sockets_are_looked_at_when_the_time_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = Loop(monkeypatch)
    gather = Gathering(loop.hub)
    gather(0.024)
    loop.hub.wait(1.0)
    assert loop.slept == pytest.approx([0.024])
    assert loop.looked == pytest.approx([0.976])


def test_nothing_that_is_due_waits_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = Loop(monkeypatch)
    gather = Gathering(loop.hub)
    gather(0.024)
    loop.hub.wait(0)
    assert (loop.slept, loop.looked) == ([], [0])
    loop.hub.wait(0.01)  # a timer is due before the time is over
    assert loop.slept == pytest.approx([0.01])
    assert loop.looked[1:] == pytest.approx([0])


def test_untold_it_wakes_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = Loop(monkeypatch)
    gather = Gathering(loop.hub)
    loop.hub.wait(1.0)
    gather(0.024)
    loop.now += 0.024
    loop.hub.wait(1.0)
    assert (loop.slept, loop.looked) == ([], [1.0, 1.0])


@pytest.mark.parametrize("is_sqlite", [True, False])
def test_a_database_behind_a_socket_is_never_kept_waiting(
    monkeypatch: pytest.MonkeyPatch, is_sqlite: bool
) -> None:
    loop = Loop(monkeypatch)
    monkeypatch.setattr(serve, "get_hub", lambda: loop.hub)
    writer = SimpleNamespace(gather=lambda _seconds: None)
    serve._gather(SimpleNamespace(store=SimpleNamespace(is_sqlite=is_sqlite), writer=writer))  # type: ignore[arg-type]
    writer.gather(0.024)
    loop.hub.wait(1.0)
    assert loop.slept == (pytest.approx([0.024]) if is_sqlite else [])
