"""The map of rivals: companies named, merged, and what they recall."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game import content
from game.base import paths
from game.base.refusal import Refusal
from game.rules.kinds import rivals
from game.rules.round import Standing
from tests.rules.conftest import setting_of

PACK = content.load(paths.content())["fr"]
WHERE = setting_of(PACK, "rivals")
TIES = [tie.key for tie in rivals.TIES.of(PACK)]
COMPANY = st.tuples(
    st.sampled_from(["Ateliers du Phare", "ateliers du phare", "Ateliers du Fare", "Marée", "?!"]),
    st.sampled_from(["", *TIES]),
)
LISTS = st.lists(COMPANY, max_size=7)


def companies(player: str, named: list[tuple[str, str]]) -> list[Standing]:
    raws = [{"slot": f"company:abc{n}", "name": c, "tie": t} for n, (c, t) in enumerate(named)]
    taken = [rivals.accept(WHERE, {}, raw) for raw in raws]
    return [Standing(player, a.slot, n, f"{player}{n}", a.stored) for n, a in enumerate(taken)]


@given(st.lists(LISTS, max_size=5), st.randoms())
def test_sizes_are_of_people_and_the_order_is_no_dice(
    lists: list[list[tuple[str, str]]], dice: Any
) -> None:
    everyone = [s for n, own in enumerate(lists) for s in companies(f"p{n}", own)]
    settled = rivals.settle(WHERE, everyone)
    kept = rivals.RivalsResult.of(settled.result)
    assert kept.people == sum(map(bool, lists))
    assert all(1 <= one.people <= kept.people for one in kept.companies)
    told = rivals.view(WHERE, "projector", settled.result, None).result.companies
    assert [one.share for one in told] == sorted((one.share for one in told), reverse=True)
    assert all(one.count >= 2 and 0 < one.share <= 100 for one in told)
    assert all(one.name in one.prompt for one in told)
    for player, entries in settled.entries.items():
        paid = [e.slot for e in rivals.score(WHERE, [s for s in everyone if s.player == player])]
        assert {entry.slot for entry in entries} <= set(paid)
    dice.shuffle(everyone)
    assert rivals.settle(WHERE, everyone) == settled


def test_a_company_counts_once_and_five_are_paid() -> None:
    twice = companies("p", [("Marée", ""), ("MARÉE", "")])
    assert len(rivals.score(WHERE, twice)) == 1
    assert len(rivals.score(WHERE, companies("p", [(f"Maison {n}", "") for n in range(8)]))) == 5


def test_what_others_name_too_brings_a_point_to_each_of_them() -> None:
    room = [*companies("a", [("Marée haute", "")]), *companies("b", [("maree HAUTE", "")])]
    settled = rivals.settle(WHERE, [*room, *companies("c", [("Seule", "")])])
    assert {who: sum(e.amount for e in own) for who, own in settled.entries.items()} == {
        "a": WHERE.points.rival_shared,
        "b": WHERE.points.rival_shared,
    }


def test_the_desk_has_every_company_with_its_prompt_and_the_room_those_of_several() -> None:
    room = [*companies("a", [("Marée", TIES[0])]), *companies("b", [("Marée", ""), ("Nora", "")])]
    result = rivals.settle(WHERE, room).result
    table = rivals.view(WHERE, "desk", result, None).table
    assert [row[:2] for row in table.rows] == [("Marée", 2), ("Nora", 1)]
    assert table.rows[0][3] == "Qui fait ce métier chez Marée\u202f?"
    for audience in ("phone", "projector", "remote"):
        told = rivals.view(WHERE, audience, result, None)
        assert [company.name for company in told.result.companies] == ["Marée"]


def test_a_company_is_taken_back_and_a_strange_reason_is_refused() -> None:
    own = {s.slot: s for s in companies("p", [("Marée", "")])}
    gone = rivals.accept(WHERE, own, {"slot": "company:abc0", "withdraw": True})
    assert rivals.score(WHERE, [Standing("p", gone.slot, 9, "g", gone.stored)]) == ()
    with pytest.raises(Refusal) as refused:
        rivals.accept(WHERE, {}, {"slot": "company:abc0", "name": "Marée", "tie": "none"})
    assert refused.value.fields == {"tie": "invalid"}
