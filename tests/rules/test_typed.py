"""What players type is merged kindly, counted honestly, and shown where several typed it."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules import typed
from game.rules.pack import Pack
from game.rules.typed import Typed
from tests.rules.conftest import setting_of

WORDS = st.sampled_from(
    [
        *("Le grand salon", "le GRAND Salon", "grand sallon", "Grand  Salon", "Salon 2024"),
        *("Salon 2025", "Thalès", "THALES", "Acme", "Acne", "École 42", "ecole 42", "", "?!"),
    ]
)
ROOM = st.lists(st.builds(Typed, st.sampled_from("abcde"), st.sampled_from("xy"), WORDS))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Le Grand Salon", "grand salon", True),
        ("École de la mer", "ecole de la Mer", True),
        ("Salon du végétal", "Salon du vegetla", True),
        ("L’atelier", "atelier", True),
        ("Meetup Python", "Meet-up python", True),
        ("Salon 2024", "Salon 2025", False),
        ("Acme", "Acne", False),
        ("Chantiers du Nord", "Chantiers du Sud", False),
    ],
)
def test_case_accents_and_a_slip_make_no_other_text(one: str, other: str, same: bool) -> None:
    as_counted = typed.spelled([one, one, other])
    assert as_counted[one] == one
    assert (as_counted[other] == one) is same


@given(ROOM, st.randoms())
def test_sizes_are_honest_and_the_order_is_no_dice(room: list[Typed], dice: Any) -> None:
    found = typed.counted(room)
    shuffled = list(room)
    dice.shuffle(shuffled)
    assert typed.counted(shuffled) == found
    for about in "xy":
        own = [one for one in room if one.about == about]
        counts = [one.people for one in found if one.about == about]
        assert all(1 <= people <= len({one.player for one in own}) for people in counts)
        assert len({one.player for one in own}) <= sum(counts) <= len(own)
    assert [one.people for one in found] == sorted((one.people for one in found), reverse=True)


@given(st.lists(WORDS))
def test_a_spelling_that_counts_was_typed_and_counts_as_itself(
    texts: list[str],
) -> None:
    as_counted = typed.spelled(texts)
    assert set(as_counted) == set(texts)
    assert {as_counted[text] for text in as_counted.values()} == set(as_counted.values())


def test_what_one_alone_typed_is_for_the_desk_and_what_is_hidden_for_the_remote(pack: Pack) -> None:
    where = setting_of(pack, "recommend")
    room = [Typed("a", "", "Acme"), Typed("b", "", "ACME"), Typed("a", "", "Solenn Kerguelen")]
    found = typed.counted(room)
    assert [one.people for one in found] == [2, 1]
    for audience in ("phone", "projector", "remote"):
        shown = typed.told(where, audience, found)
        assert [(text.name, text.count) for text in shown] == [("ACME", 2)]
    hidden = replace(where, hidden=frozenset({typed.key_of("acme")}))
    assert typed.told(hidden, "projector", found) == ()
    assert [text.hidden for text in typed.told(hidden, "remote", found)] == [True]
