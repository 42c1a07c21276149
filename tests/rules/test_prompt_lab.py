"""The laboratory of prompts finds an effect that is there, and none where there is none."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules.prompt_lab import FEWEST, Present, Tried, dealt, finding, tried, wilson
from game.rules.timing import NEVER

EVERY = 60  # seconds
TEAMS = 4
START = 1_000_000


def room(lines: dict[str, float], seed: int, players: int = 40) -> list[Tried]:
    """A room in which a prompt makes a player name somebody with its own chance."""
    dice, names = random.Random(seed), list(lines)
    end = START + TEAMS * EVERY * 1000
    timing = NEVER.started(START).closed(end)
    present = [Present(f"p{n}", n % TEAMS, 0) for n in range(players)]
    leads = []
    for one in present:
        for turn in range(TEAMS):
            name = names[dealt(turn, one.place, len(names))]
            if dice.random() < lines[name]:
                at = START + turn * EVERY * 1000 + dice.randrange(1, EVERY * 1000)
                leads += [(one.player, at)] * dice.randint(1, 3)
    return tried(names, EVERY, timing, end, present, leads)


def test_an_effect_that_is_there_is_found() -> None:
    lines = {"école": 0.6, "client": 0.15, "salon": 0.35, "stage": 0.35}
    found = [finding(room(lines, seed, players=80)) for seed in range(40)]
    sure = [one for one in found if one]
    assert len(sure) >= 38
    assert {(one.more.name, one.less.name) for one in sure} == {("école", "client")}


@pytest.mark.parametrize("chance", [0.1, 0.4])
def test_none_is_found_where_there_is_none(chance: float) -> None:
    lines = dict.fromkeys(("école", "client", "salon", "stage"), chance)
    found = sum(finding(room(lines, seed)) is not None for seed in range(100))
    assert found <= 5


@given(st.integers(0, 200), st.integers(1, 200))
def test_an_interval_holds_its_share(hits: int, trials: int) -> None:
    hits = min(hits, trials)
    low, high = wilson(hits, trials)
    assert 0 <= low <= hits / trials + 1e-12
    assert hits / trials - 1e-12 <= high <= 1
    more_low, more_high = wilson(10 * hits, 10 * trials)
    assert more_high - more_low < high - low


def test_an_interval_is_wilsons() -> None:
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263 and 0 of 20
    assert [round(bound, 4) for bound in wilson(81, 263)] == [0.2553, 0.3662]
    assert [round(bound, 4) for bound in wilson(0, 20)] == [0.0, 0.1611]
    assert wilson(0, 0) == (0.0, 1.0)


def test_at_any_time_teams_have_other_prompts_and_in_time_all() -> None:
    for turn in range(6):
        assert len({dealt(turn, place, 4) for place in range(4)}) == 4
    for place in range(4):
        assert {dealt(turn, place, 4) for turn in range(4)} == {0, 1, 2, 3}


def test_nothing_is_told_of_a_few_nor_of_a_turn_that_was_cut() -> None:
    assert room({"a": 0.9, "b": 0.1}, 1, players=FEWEST // 2) == []
    timing = NEVER.started(START).closed(START + 70_000)
    present = [Present(f"p{n}", n % 2, 0) for n in range(2 * FEWEST)]
    found = tried(["a", "b"], EVERY, timing, START + 70_000, present, [("p0", START + 5)])
    assert [(one.name, one.hits, one.trials) for one in found] == [("a", 1, 5), ("b", 0, 5)]
    late = [*present, Present("late", 0, START + 10)]
    assert tried(["a", "b"], EVERY, timing, START + 70_000, late, [("p0", START + 5)]) == found
