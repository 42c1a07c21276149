"""Every kind of round there is, against the contract."""

import json
from pathlib import Path
from typing import Any

import pytest

from game.base import paths
from game.base.refusal import Refusal
from game.rules.pack import Pack
from game.rules.round import kinds
from tests.rules.conftest import setting_of

SECRET_KEYS = {"gold", "criterion", "criterion_label", "explanation", "bars", "keep_share"}


def keys_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {k for v in value.values() for k in keys_in(v)}
    return {k for v in value for k in keys_in(v)} if isinstance(value, list) else set()


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_kind_keeps_the_contract(name: str, pack: Pack) -> None:
    kind, setting = kinds()[name], setting_of(pack, name)
    assert kind.name == name
    view = kind.view(setting, "phone", None, None)
    assert view["result"] is None
    json.dumps(view)
    assert kind.score(setting, ()) == ()
    settled = kind.settle(setting, ())
    json.dumps(settled.result)
    assert settled.entries == {}
    assert kind.pages(setting, settled.result) >= 1
    assert kind.view(setting, "phone", settled.result, None)["result"] is not None


@pytest.mark.parametrize("name", sorted(kinds()))
def test_what_a_player_sees_before_the_reveal_holds_no_secret(name: str, pack: Pack) -> None:
    view = kinds()[name].view(setting_of(pack, name), "phone", None, None)
    assert not keys_in(view) & SECRET_KEYS
    text = json.dumps(view, ensure_ascii=False)
    told = [card.explanation for deck in pack.parts["decks"] for card in deck.cards]
    assert told
    assert not any(explanation in text for explanation in told)


@pytest.mark.parametrize("name", sorted(kinds()))
@pytest.mark.parametrize(
    "raw", [{}, {"slot": 3}, {"slot": "x" * 99}, {"slot": "vote"}, {"slot": "card:none"}]
)
def test_a_kind_refuses_nonsense(name: str, raw: dict[str, Any], pack: Pack) -> None:
    with pytest.raises(Refusal):
        kinds()[name].accept(setting_of(pack, name), {}, raw)


@pytest.mark.parametrize("name", sorted(kinds()))
@pytest.mark.parametrize("surface", ["phone", "projector", "remote"])
def test_a_kind_has_its_screens(name: str, surface: str) -> None:
    assert (Path(paths.templates()) / "rounds" / name / f"{surface}.html").exists()
