"""When a round was open: pauses are taken out, whatever happens to its clock."""

from hypothesis import given
from hypothesis import strategies as st

from game.rules.timing import Timing, timing_of

STEPS = st.lists(
    st.tuples(st.sampled_from(["started", "stopped", "closed", "revealed"]), st.integers(0, 9_000)),
    max_size=12,
)


@given(STEPS, st.integers(0, 200_000), st.integers(0, 9_000))
def test_the_time_open_never_runs_backwards(
    steps: list[tuple[str, int]], at: int, later: int
) -> None:
    now, timing = 1_000, Timing()
    for step, passes in steps:
        now += passes
        timing = getattr(timing, step)(now)
    assert 0 <= timing.open_until(at) <= timing.open_until(at + later)
    assert timing.open_until(at + later) - timing.open_until(at) <= later
    assert timing_of(timing.stored()) == timing


@given(st.integers(0, 9_000), st.integers(0, 9_000), st.integers(0, 9_000))
def test_a_pause_is_taken_out(before: int, pause: int, after: int) -> None:
    paused = Timing().started(0).stopped(before).started(before + pause)
    straight = Timing().started(0)
    assert paused.open_until(before + pause + after) == straight.open_until(before + after)


def test_the_first_close_and_reveal_stay() -> None:
    timing = Timing().started(1).closed(5).revealed(6).started(10).closed(20).revealed(30)
    assert (timing.opened_at, timing.closed_at, timing.revealed_at) == (1, 5, 6)
    assert timing.ran == ((1, 5), (10, 20))


def test_a_round_from_before_times_were_kept_has_none() -> None:
    assert timing_of(None).opened_at is None
    assert timing_of(None).open_until(9) == 0
