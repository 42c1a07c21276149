"""The duel of titles: clicks, a ranking for the ad, and a guess of the room's favourite."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game import content
from game.base import paths
from game.base.refusal import Refusal
from game.rules.kinds import titles
from game.rules.round import Setting, Standing, parse
from game.rules.vote import BARS_FROM
from tests.rules.conftest import setting_of

PACK = content.load(paths.content())["fr"]
WHERE = setting_of(PACK, "titles")
DUELS = titles.duels_of(WHERE)
KEYS = [title.key for title in titles.titles_of(WHERE)]
CHOICES = st.lists(st.integers(0, 1), min_size=len(DUELS), max_size=len(DUELS))


def clicks(player: str, choices: list[int], where: Setting = WHERE) -> list[Standing]:
    duels = titles.duels_of(where)
    raws = [{"slot": f"duel:{n}", "choice": duels[n][c].key} for n, c in enumerate(choices)]
    taken = [titles.accept(where, {}, raw) for raw in raws]
    return [
        Standing(player, one.slot, n, f"{player}{n}", one.stored) for n, one in enumerate(taken)
    ]


def room(choices: list[list[int]]) -> list[Standing]:
    return [click for n, own in enumerate(choices) for click in clicks(f"p{n}", own)]


@given(st.lists(CHOICES, max_size=12))
def test_shares_are_shares_and_the_top_is_theirs(choices: list[list[int]]) -> None:
    share_of = titles.shares(WHERE, room(choices))
    assert set(share_of) == (set(KEYS) if choices else set())
    assert all(0 <= share <= 100 for share in share_of.values())
    result = titles.settle(WHERE, room(choices)).result
    assert (result["shares"] is None) == (len(choices) < BARS_FROM)
    bars = titles.view(WHERE, "phone", result, None).result.bars or []
    assert [bar.share for bar in bars] == sorted((b.share for b in bars), reverse=True)
    assert [bar.rank for bar in bars] == sorted(bar.rank for bar in bars)
    assert all(bar.top == (bar.rank == 1) for bar in bars)


@given(st.lists(CHOICES, min_size=5, max_size=9), st.randoms())
def test_order_is_no_dice(choices: list[list[int]], dice: Any) -> None:
    everyone = room(choices)
    shuffled = list(everyone)
    dice.shuffle(shuffled)
    assert titles.settle(WHERE, shuffled) == titles.settle(WHERE, everyone)


def favourite(key: str) -> list[int]:
    """Clicks on this title wherever it stands."""
    return [1 if duel[1].key == key else 0 for duel in DUELS]


@pytest.mark.parametrize(("share", "earned"), [(100, 8), (92, 8), (40, 5)])
def test_a_guess_of_the_favourite_earns(share: int, earned: int) -> None:
    everyone = room([favourite(KEYS[1])] * 6)
    own = {s.slot: s for s in everyone if s.player == "p0"}
    taken = titles.accept(WHERE, own, {"slot": "guess", "choice": KEYS[1], "share": share})
    guess = Standing("p0", "guess", 9, "g", taken.stored)
    entries = titles.settle(WHERE, [*everyone, guess]).entries
    assert sum(entry.amount for entry in entries["p0"]) == earned


def test_a_guess_counts_for_who_has_clicked_everywhere() -> None:
    everyone = room([favourite(KEYS[1])] * 6)
    taken = titles.accept(WHERE, {}, {"slot": "guess", "choice": KEYS[1], "share": 100})
    stranger = Standing("stranger", "guess", 9, "g", taken.stored)
    assert titles.settle(WHERE, [*everyone, stranger]).entries == {}
    half = [*clicks("stranger", favourite(KEYS[1]))[:-1], stranger]
    assert titles.settle(WHERE, [*everyone, *half]).entries == {}


def test_every_duel_is_fought_before_it_earns() -> None:
    own = clicks("p", [0] * len(DUELS))
    assert titles.score(WHERE, own[:-1]) == ()
    assert [entry.amount for entry in titles.score(WHERE, own)] == [WHERE.points.voted]


def test_every_pair_meets_once_and_nobody_always_stands_first() -> None:
    four = setting_of(PACK, "titles", own="Un\nDeux\nTrois\nQuatre")
    duels = titles.duels_of(four)
    assert len({frozenset(title.key for title in duel) for duel in duels}) == len(duels) == 6
    assert max(sum(duel[0].key == f"own-{n}" for duel in duels) for n in range(1, 5)) < 3


@pytest.mark.parametrize("typed", ["Un", "Un\nUn", "1\n2\n3\n4\n5"])
def test_own_titles_that_cannot_meet_are_refused_at_their_field(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(titles.TitlesOptions, {"own": typed})
    assert refused.value.fields == {"own": "own_titles"}


@given(st.text(max_size=200))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    try:
        options = parse(titles.TitlesOptions, {"own": typed})
    except Refusal:
        return
    assert len(titles.own_titles(options.own)) in (0, 2, 3, 4)


def test_the_recruiter_reads_the_titles_in_their_order() -> None:
    result = titles.settle(WHERE, room([favourite(KEYS[2])] * 5)).result
    table = titles.view(WHERE, "desk", result, None).table
    labels = {title.key: title.label for title in titles.titles_of(WHERE)}
    assert table.rows[0] == (1, labels[KEYS[2]], "100 %")


def test_each_language_says_the_same_result() -> None:
    result = titles.settle(WHERE, room([favourite(KEYS[0])] * 5)).result
    english = replace(WHERE, pack=content.load(paths.content())["en"])
    bars = titles.view(english, "phone", result, None).result.bars
    assert bars[0].key == KEYS[0]
    assert bars[0].label == titles.titles_of(english)[0].label
