"""The hour against the clock: what is late, and what makes up for it."""

from hypothesis import given
from hypothesis import strategies as st

from game.rules.pace import SHORTEST, TALK, Leg, minutes, shorten, slot, talk

LEGS = st.lists(st.integers(10, 1_200), min_size=1, max_size=12).map(
    lambda seconds: [Leg(str(n), one) for n, one in enumerate(seconds)]
)


@given(LEGS, st.integers(0, 3_600))
def test_what_is_shortened_makes_up_for_the_delay_or_for_all_it_can(
    legs: list[Leg], late: int
) -> None:
    by_id = {leg.id: leg.seconds for leg in legs}
    for id, seconds in shorten(legs, late):
        assert max(SHORTEST, by_id[id] * 2 // 3) <= seconds < by_id[id]
        assert seconds % 30 == 0
    assert not shorten(legs, 0)


@given(LEGS, st.integers(0, 240))
def test_play_and_talk_are_the_whole(legs: list[Leg], whole: int) -> None:
    play = sum(leg.seconds for leg in legs)
    each = talk(legs, whole)
    assert each >= 0
    assert play + each * len(legs) <= max(play, 60 * whole)
    assert talk(legs, minutes(legs)) >= TALK


@given(LEGS)
def test_what_is_left_only_ever_gets_less(legs: list[Leg]) -> None:
    left = []
    for n, leg in enumerate(legs):
        briefing, opened = (slot(legs, n, phase, 100) for phase in ("briefing", "open"))
        closed, board = (slot(legs, n, phase, 100) for phase in ("closed", "board"))
        left += [briefing.start, briefing.end, opened.start + leg.seconds, opened.end]
        left += [closed.start, closed.end, board.end]
    assert left == sorted(left, reverse=True)
    assert left[-1] == slot(legs, len(legs) - 1, "podium", 100).end == 0
