"""Cards, places, votes and guesses."""

from dataclasses import replace
from typing import Any

import pytest

from game.base.refusal import Refusal
from game.rules import typed
from game.rules.kinds import expert, spot
from game.rules.pack import Pack
from game.rules.round import Kind, Setting, Standing
from tests.rules.conftest import setting_of


def given(kind: Kind, where: Setting, player: str, raw: dict[str, Any], at: int = 0) -> Standing:
    accepted = kind.accept(where, {}, raw)
    return Standing(player, accepted.slot, at, f"{player}-{accepted.slot}", accepted.stored)


def told(kind: Kind, where: Setting, everyone: list[Standing], to: str = "phone") -> Any:
    """What the reveal shows of a round."""
    return kind.view(where, to, kind.settle(where, everyone).result, None).result


def call(where: Setting, player: str, choice: str, criterion: str = "") -> Standing:
    card = spot.cards_of(where)[0]
    raw = {"slot": f"card:{card.key}", "choice": choice, "criterion": criterion}
    return given(spot.KIND, where, player, raw)


def test_a_right_card_earns_at_the_reveal_only(pack: Pack) -> None:
    where = setting_of(pack, "spot", deck="maintenance")
    card = spot.cards_of(where)[0]
    right = call(where, "p", card.gold, card.criterion)
    assert spot.score(where, [right]) == ()
    earned = spot.settle(where, [right]).entries["p"]
    assert {e.reason: e.amount for e in earned} == {"card_right": 2, "criterion_right": 1}
    wrong = call(where, "q", "pass" if card.gold == "keep" else "keep")
    assert "q" not in spot.settle(where, [wrong]).entries


@pytest.mark.parametrize(("keeps", "contested"), [(0, False), (2, True), (3, False)])
def test_a_split_room_contests_a_card(pack: Pack, keeps: int, contested: bool) -> None:
    where = setting_of(pack, "spot", deck="maintenance")
    calls = [call(where, f"p{n}", "keep" if n < keeps else "pass") for n in range(4)]
    assert told(spot.KIND, where, calls).cards[0].contested is contested


def test_linkedin_is_no_place(pack: Pack) -> None:
    where = setting_of(pack, "spot")
    raw = {"slot": "place:abcd1", "name": "Un groupe", "channel": "linkedin"}
    with pytest.raises(Refusal) as refused:
        spot.accept(where, {}, raw)
    assert refused.value.fields == {"channel": "linkedin"}


def test_what_one_person_typed_is_not_shown_to_the_room(pack: Pack) -> None:
    where = setting_of(pack, "spot")

    def place(player: str, name: str) -> Standing:
        raw = {"slot": "place:abcd1", "name": name, "channel": "fair"}
        return given(spot.KIND, where, player, raw)

    alone = [place("p", "Solenn Kerguelen"), place("q", "Le grand salon")]
    shown = told(spot.KIND, where, [*alone, place("r", "le grand SALON")]).places
    assert [p.name for p in shown] == ["Le grand salon", "Salon professionnel"]


def test_a_hidden_place_is_for_the_remote_alone(pack: Pack) -> None:
    where = setting_of(pack, "spot")
    raw = {"slot": "place:abcd1", "name": "Le grand salon", "channel": "fair"}
    room = [given(spot.KIND, where, player, raw) for player in "pq"]
    hidden = replace(where, hidden=frozenset({typed.key_of("le GRAND salon")}))
    assert [p.name for p in told(spot.KIND, where, room).places] == ["Le grand salon"]
    assert told(spot.KIND, hidden, room).places == ()
    assert told(spot.KIND, hidden, room, "projector").places == ()
    assert [p.hidden for p in told(spot.KIND, hidden, room, "remote").places] == [True]


def votes(where: Setting, *choices: str) -> list[Standing]:
    return [
        given(expert.KIND, where, f"p{n}", {"slot": "vote", "choice": choice})
        for n, choice in enumerate(choices)
    ]


def test_bars_show_from_five_voters_on(pack: Pack) -> None:
    where = setting_of(pack, "expert", part="definition")
    four = votes(where, *["title"] * 4)
    assert told(expert.KIND, where, four).bars is None
    five = votes(where, *["title"] * 3, "years", "best")
    bars = told(expert.KIND, where, five).bars
    assert {b.key: b.share for b in bars if b.share} == {
        "title": 60,
        "years": 20,
        "best": 20,
    }
    assert [b.key for b in bars if b.top] == ["title"]


@pytest.mark.parametrize(
    ("choice", "share", "earned"), [("title", 65, 8), ("title", 20, 5), ("years", 20, 0)]
)
def test_a_guess_earns_for_choice_and_share(
    pack: Pack, choice: str, share: int, earned: int
) -> None:
    where = setting_of(pack, "expert", part="definition")
    room = votes(where, *["title"] * 3, "years", "best")
    raw = {"slot": "guess", "choice": choice, "share": share}
    settled = expert.settle(where, [*room, given(expert.KIND, where, "g", raw)])
    assert sum(e.amount for e in settled.entries.get("g", ())) == earned


def test_a_nominee_is_not_stored_with_the_answer(pack: Pack) -> None:
    where = setting_of(pack, "expert", part="nominate")
    raw = {"slot": "expert:abcd1", "nominee": "Solenn Kerguelen", "subject": "la paie"}
    accepted = expert.accept(where, {}, raw)
    assert "Solenn" not in str(accepted.stored)


def test_only_three_nominations_earn(pack: Pack) -> None:
    where = setting_of(pack, "expert", part="nominate")
    own = [
        given(
            expert.KIND,
            where,
            "p",
            {"slot": f"expert:abcd{n}", "nominee": f"Personne {n}", "subject": "la paie"},
            n,
        )
        for n in range(5)
    ]
    assert sum(e.amount for e in expert.score(where, own)) == 9
