"""The bingo of channels: squares, lines, and the places that a room names."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game import content
from game.base import paths
from game.base.refusal import Refusal
from game.rules.facts import PlaceSpotted
from game.rules.kinds import bingo
from game.rules.round import Standing
from tests.rules.conftest import setting_of

PACK = content.load(paths.content())["fr"]
WHERE = setting_of(PACK, "bingo")
KEYS = [square.key for square in bingo.squares_of(WHERE)]
CARDS = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["Le quai", "Le phare", "?"]))


def card(player: str, named: dict[str, str]) -> list[Standing]:
    raws = [{"slot": f"place:{key}", "name": name} for key, name in named.items()]
    taken = [bingo.accept(WHERE, {}, raw) for raw in raws]
    return [Standing(player, a.slot, n, f"{player}{n}", a.stored) for n, a in enumerate(taken)]


def each(keys: list[str]) -> dict[str, str]:
    """A place of its own in each of these squares."""
    return {key: f"Lieu {key}" for key in keys}


def earned(own: list[Standing]) -> dict[str, int]:
    found: dict[str, int] = {}
    for entry in bingo.score(WHERE, own):
        found[entry.reason] = found.get(entry.reason, 0) + 1
    return found


def test_a_square_leaves_its_place_in_the_directory_under_its_channel() -> None:
    raw = {"slot": "place:forum", "name": " Le coin  des outils ", "note": "le soir"}
    assert bingo.accept(WHERE, {}, raw).fact == PlaceSpotted(
        "place:forum", "Le coin des outils", "online-community", "le soir"
    )


@pytest.mark.parametrize("slot", ["place:none", "place:", "forum", "lead:abcd", None])
def test_a_square_that_is_not_there_is_refused(slot: object) -> None:
    with pytest.raises(Refusal):
        bingo.accept(WHERE, {}, {"slot": slot, "name": "Le quai", "channel": "fair"})


def test_ten_lines_of_a_whole_grid_and_four_of_them_paid() -> None:
    assert len(bingo.lines_of(bingo.squares_of(WHERE))) == 10
    assert earned(card("p", each(KEYS[:4])))["bingo_line"] == 1
    assert "bingo_line" not in earned(card("p", each(KEYS[:3])))
    whole = earned(card("p", each(KEYS)))
    assert whole == {"bingo_square": 16, "bingo_line": 4, "new_family": 5}


def test_the_same_place_fills_one_square_however_it_is_spelled() -> None:
    own = card("p", {KEYS[0]: "Le quai", KEYS[1]: "LE QUAI", KEYS[2]: "Le phare"})
    assert earned(own)["bingo_square"] == 2


@given(st.lists(CARDS, max_size=6), st.randoms())
def test_counts_are_of_people_and_the_order_is_no_dice(
    cards: list[dict[str, str]], dice: Any
) -> None:
    everyone = [s for n, own in enumerate(cards) for s in card(f"p{n}", own)]
    result = bingo.settle(WHERE, everyone).result
    kept = bingo.BingoResult.of(result)
    assert kept.players == sum(bool(own) for own in cards)
    assert kept.lines <= kept.players
    assert all(n <= kept.players for n in kept.squares.values())
    filled = sum(len(bingo.filled(WHERE, card("p", own))) for own in cards)
    assert sum(kept.squares.values()) == filled == sum(one.people for one in kept.places)
    dice.shuffle(everyone)
    assert bingo.settle(WHERE, everyone).result == result


def test_the_room_reads_what_several_named_and_the_desk_all() -> None:
    room = [*card("a", {"forum": "Le coin"}), *card("b", {"forum": "le COIN", "groupe": "Nora"})]
    result = bingo.settle(WHERE, room).result
    for audience in ("phone", "projector", "remote"):
        told = bingo.view(WHERE, audience, result, None).result
        found = [(place.name, place.count, place.share) for place in told.places]
        assert found == [("Le coin", 2, 100)]
    table = bingo.view(WHERE, "desk", result, None).table
    assert ("Groupe de discussion", "Nora", 1) in table.rows
    assert bingo.pages(WHERE, result) == 2
