"""The room's vote on its own ideas: three at most, secret while few voted, hidden ones left out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.base.refusal import Refusal
from game.rules import typed
from game.rules.eye import AllBut, kept_back
from game.rules.pack import Pack
from game.rules.registry import kinds
from game.rules.round import Standing
from tests.rules.conftest import IDEAS, setting_of

KIND = kinds()["priorities"]
KEYS = [typed.key_of(idea) for idea in IDEAS]


def standing(player: str, keys: list[str]) -> Standing:
    return Standing(player, "firsts", 1, f"{player}-firsts", {"keys": keys})


def test_up_to_three_of_the_ideas_and_no_other(pack: Pack) -> None:
    where = setting_of(pack, "priorities")
    taken = KIND.accept(where, {}, {"slot": "firsts", "keys": [KEYS[0], KEYS[0], KEYS[2]]})
    assert taken.stored == {"keys": [KEYS[0], KEYS[2]]}
    for keys in ([], KEYS, ["text-000000000000"], [1], "x"):
        with pytest.raises(Refusal) as told:
            KIND.accept(where, {}, {"slot": "firsts", "keys": keys})
        assert set(told.value.fields) == {"keys"}
    assert KIND.score(where, [standing("a", KEYS[:2])]) == ()


@given(ballots=st.lists(st.lists(st.sampled_from(KEYS), max_size=3, unique=True), max_size=12))
def test_votes_add_up_and_stay_secret_while_they_are_few(
    pack: Pack, ballots: list[list[str]]
) -> None:
    where = setting_of(pack, "priorities")
    given = [standing(str(n), keys) for n, keys in enumerate(ballots)]
    settled = KIND.settle(where, given)
    voters = sum(map(bool, ballots))
    assert settled.entries == {}
    told = KIND.view(where, "projector", settled.result, None).result
    assert told.voters == voters  # type: ignore[union-attr]
    if voters < 5:
        assert told.texts is None  # type: ignore[union-attr]
        return
    counts = {one.key: one.count for one in told.texts}  # type: ignore[union-attr]
    assert sum(counts.values()) == sum(map(len, ballots))
    ranks = [one.rank for one in told.texts]  # type: ignore[union-attr]
    assert ranks == sorted(ranks)
    assert ranks[:1] in ([], [1])


def test_a_hidden_idea_is_for_the_facilitator_alone(pack: Pack) -> None:
    where = replace(setting_of(pack, "priorities"), hidden=frozenset(KEYS[:1]))
    result = KIND.settle(where, [standing(str(n), KEYS[:2]) for n in range(6)]).result
    for audience in ("phone", "projector"):
        for shown in (None, result):
            assert IDEAS[0] not in repr(KIND.view(where, audience, shown, None))
    desk = KIND.view(where, "desk", result, None)
    assert desk.findings is not None
    assert [(one.text, one.people) for one in desk.findings.texts] == [(i, 6) for i in IDEAS[:2]]
    assert [text.hidden for text in KIND.view(where, "remote", result, None).texts][:2] == [
        True,
        False,
    ]


def test_what_was_not_let_through_is_kept_back() -> None:
    assert KEYS[0] in kept_back([KEYS[0]], None)
    assert KEYS[1] not in kept_back([KEYS[0]], None)
    assert isinstance(kept_back([], [KEYS[1]]), AllBut)
    assert KEYS[0] in kept_back([], [KEYS[1]])
    assert KEYS[1] not in kept_back([], [KEYS[1]])
