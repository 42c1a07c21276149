"""What is stored of a round: read into its value, or said to be unreadable, and nothing else."""

import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game import content
from game.base import paths
from game.rules.registry import kinds
from game.rules.round import Standing
from game.rules.stored import Unreadable
from game.rules.view import View
from tests.rules.conftest import plain, setting_of

PACK = content.load(paths.content())["fr"]
AUDIENCES = ("phone", "projector", "remote", "desk")
WORDS = """cards counts families guessed_right key count keeps leads name places people shares top
voters bars share label channel keep_share reasons new"""
NAMES = st.sampled_from(re.findall(r"\w+", WORDS))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 99) | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=9,
)
RESULTS = st.dictionaries(NAMES, JSON, max_size=5)


def result_of(name: str) -> tuple[Any, dict[str, Any]]:
    kind, where = kinds()[name], setting_of(PACK, name)
    taken = [(n, kind.accept(where, {}, raw)) for n in range(8) for raw in kind.example(where, n)]
    room = [Standing(str(n), a.slot, n, f"{n}-{a.slot}", a.stored) for n, a in taken]
    return where, json.loads(json.dumps(kind.settle(where, room).result))


@pytest.mark.parametrize("name", sorted(kinds()))
@settings(max_examples=40, deadline=None)
@given(RESULTS)
def test_whatever_is_stored_is_shown_or_unreadable(name: str, stored: dict[str, Any]) -> None:
    kind, where = kinds()[name], setting_of(PACK, name)
    for audience in AUDIENCES:
        try:
            shown = kind.view(where, audience, stored, None)
            pages = kind.pages(where, stored)
        except Unreadable:
            continue
        assert isinstance(shown, View)
        assert pages >= 1
        json.dumps(plain(shown))


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_field_more_or_less_harms_no_result(name: str) -> None:
    """An older release wrote fewer fields, a newer one writes more."""
    kind = kinds()[name]
    where, result = result_of(name)
    ours = kind.view(where, "desk", result, None)
    assert kind.view(where, "desk", {**result, "of_tomorrow": [1]}, None) == ours
    for field in result:
        fewer = {key: value for key, value in result.items() if key != field}
        assert kind.view(where, "desk", fewer, None).result is not None


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_view_is_frozen_and_settles_the_same_twice(name: str) -> None:
    kind = kinds()[name]
    where, result = result_of(name)
    shown = kind.view(where, "phone", result, None)
    with pytest.raises(AttributeError):
        shown.result = None  # type: ignore[misc]
    assert result == result_of(name)[1]
    assert shown == kind.view(where, "phone", result, None)


def test_what_an_older_release_kept_is_still_told() -> None:
    """Bars with their words, shares instead of counts, and labels instead of keys."""

    def told(name: str, stored: dict[str, Any]) -> Any:
        return plain(kinds()[name].view(setting_of(PACK, name), "phone", stored, None).result)

    bars = [{"key": "title", "label": "Le titre", "share": 60, "top": True}]
    vote = told("expert", {"voters": 5, "bars": bars})
    assert [(b["share"], b["top"]) for b in vote["bars"] if b["key"] == "title"] == [(60, True)]
    card = PACK.parts["decks"][0].cards[0].key
    spotted = told("spot", {"cards": [{"key": card, "voters": 4, "keep_share": 50}]})
    assert [(c["keep_share"], c["contested"]) for c in spotted["cards"]] == [(50, True)]
    place = {"name": "Le salon", "channel_label": "Salons d'hier", "count": 2}
    assert told("spot", {"places": [place]})["places"][0]["channel_label"] == "Salons d'hier"
    families = [{"label": "Écoles", "count": 2}]
    assert told("recommend", {"families": families})["families"] == families
