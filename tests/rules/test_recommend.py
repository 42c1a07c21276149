"""What leads are worth: the table, the caps, and what others named too."""

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game import content
from game.base import paths
from game.base.refusal import Refusal
from game.pool.lead import clean
from game.rules.facts import LeadRecommended
from game.rules.kinds import recommend
from game.rules.round import Novelty, Setting, Standing
from tests.rules.conftest import setting_of
from tests.serving import lead

PACK = content.load(paths.content())["fr"]
WHERE: Setting = setting_of(PACK, "recommend")
DETAILS = ("role", "company", "reach", "skills", "reason")
RELATIONSHIPS = [r.key for r in PACK.relationships if not r.internal]


def standing(slot: str, at: int = 0, player: str = "p", **more: Any) -> Standing:
    accepted = recommend.accept(WHERE, {}, {**lead(slot), **more})
    return Standing(player, slot, at, slot, accepted.stored)


def total(own: list[Standing]) -> int:
    return sum(entry.amount for entry in recommend.score(WHERE, own))


def by_slot(own: list[Standing]) -> dict[str, int]:
    sums: dict[str, int] = {}
    for entry in recommend.score(WHERE, own):
        sums[entry.slot] = sums.get(entry.slot, 0) + entry.amount
    return sums


def test_a_full_lead_is_worth_the_table() -> None:
    full = standing(
        "lead:full1",
        role="Soudeur",
        skills=["TIG"],
        reason="Il tient parole.",
        aware=True,
    )
    assert total([full]) == 10 + 5 * 2 + 5 + 4


def test_a_stranger_is_spotted() -> None:
    assert total([standing("lead:far01", relationship="stranger", reach="", company="")]) == 4 + 4


def test_linkedin_earns_no_new_family() -> None:
    assert total([standing("lead:link1", relationship="linkedin", reach="", company="")]) == 4


def test_internal_mobility_earns_nothing() -> None:
    assert total([standing("lead:mine1", relationship="myself")]) == 0


def test_the_cap_halves_and_then_ends() -> None:
    own = [standing(f"lead:many{n}", n, reach="", company="") for n in range(8)]
    assert list(by_slot(own).values()) == [14, 10, 10, 5, 5, 5, 0, 0]


def test_nothing_personal_is_stored() -> None:
    accepted = recommend.accept(WHERE, {}, lead())
    assert "Solenn" not in str(accepted.stored)
    assert "612345687" not in str(accepted.stored)


@pytest.mark.parametrize("name", ["李", "Y", "É"])
def test_one_letter_is_a_name(name: str) -> None:
    told = recommend.accept(WHERE, {}, lead(name=name)).fact
    assert isinstance(told, LeadRecommended)
    assert told.name == name
    assert clean({"name": name}, "FR")["name"] == name  # and at the desk


def test_the_phone_number_is_normalised() -> None:
    fact = recommend.accept(WHERE, {}, lead()).fact
    assert getattr(fact, "phone") == "+33612345687"  # noqa: B009


def test_what_others_named_too_is_worth_three() -> None:
    own = standing("lead:same1")
    for nth, worth in ((1, total([own])), (2, 3), (3, 3), (4, 0)):
        known = replace(own, novelty=Novelty(nth, new_to_pool=True))
        settled = recommend.settle(WHERE, [known])
        correction = sum(e.amount for e in settled.entries.get("p", ()))
        assert total([own]) + correction == worth


def test_a_withdrawal_needs_a_lead() -> None:
    with pytest.raises(Refusal):
        recommend.accept(WHERE, {}, {"slot": "lead:none1", "withdraw": True})


LEADS = st.lists(
    st.fixed_dictionaries(
        {
            "relationship": st.sampled_from(RELATIONSHIPS),
            "role": st.sampled_from(["", "Chef"]),
            "reason": st.sampled_from(["", "Elle sait faire."]),
            "aware": st.booleans(),
            "nth": st.integers(1, 5),
            "new": st.booleans(),
        }
    ),
    max_size=10,
)


@settings(max_examples=150, deadline=None)
@given(LEADS, st.randoms(use_true_random=False))
def test_points_are_never_negative_caps_hold_and_order_is_no_dice(
    leads: list[dict[str, Any]], dice: random.Random
) -> None:
    own = [
        replace(
            standing(
                f"lead:prop{n}",
                relationship=one["relationship"],
                role=one["role"],
                reason=one["reason"],
                aware=one["aware"],
            ),
            novelty=Novelty(one["nth"], one["new"]),
        )
        for n, one in enumerate(leads)
    ]
    sums = by_slot(own)
    assert all(worth >= 0 for worth in sums.values())
    assert sum(1 for worth in sums.values() if worth) <= 6
    settled = recommend.settle(WHERE, own)
    after = sum(sums.values()) + sum(e.amount for e in settled.entries.get("p", ()))
    assert after >= 0
    shuffled = own[:]
    dice.shuffle(shuffled)
    assert sorted(recommend.score(WHERE, shuffled)) == sorted(recommend.score(WHERE, own))
    assert recommend.settle(WHERE, shuffled) == settled


@settings(max_examples=50, deadline=None)
@given(LEADS)
def test_a_further_lead_changes_nothing_of_those_before(leads: list[dict[str, Any]]) -> None:
    own = [
        standing(f"lead:more{n}", n, relationship=one["relationship"])
        for n, one in enumerate(leads)
    ]
    for n in range(1, len(own)):
        before, after = by_slot(own[:n]), by_slot(own[: n + 1])
        assert all(after[slot] == worth for slot, worth in before.items())


def test_what_is_new_to_the_pool_is_told_of_many_only_and_scored_for_the_room() -> None:
    few = [
        replace(standing(f"lead:few{n}"), player=f"p{n}", novelty=Novelty(1, new_to_pool=True))
        for n in range(7)
    ]
    assert "new" not in recommend.settle(WHERE, few).result
    assert recommend.settle(WHERE, few).entries == {}
    many = [*few, replace(few[0], slot="lead:known", novelty=Novelty(1, new_to_pool=False))]
    told = recommend.settle(WHERE, many).result
    assert (told["new"], told["room_points"]) == (7, 7 * WHERE.points.new_to_pool)
    assert "new" not in recommend.settle(WHERE, [replace(s, player="p") for s in many]).result


def test_a_round_says_how_alike_its_leads_are_and_asks_further() -> None:
    def given(n: int, company: str, **more: Any) -> Standing:
        return replace(
            standing(f"lead:same{n}", n, f"p{n}", **more), novelty=Novelty(1, False, company)
        )

    alike = [given(n, "Acme" if n % 2 else "Le Fournil") for n in range(8)]
    settled = recommend.settle(WHERE, alike)
    assert settled.result["same"] == {
        "what": "company", "leads": 8, "total": 8, "groups": 2
    }  # fmt: skip
    told = recommend.view(WHERE, "projector", settled.result, None).result
    assert told is not None
    assert told.mirror is not None
    assert told.mirror.question in [p.text for p in recommend.PROMPTS.of(PACK)]
    assert "Acme" not in str(settled.result)
    by_channel = [given(n, "", relationship="school") for n in range(5)]
    kept = recommend.settle(WHERE, by_channel).result
    told = recommend.view(WHERE, "remote", kept, None).result
    assert told is not None
    assert told.mirror is not None
    asked = next(p for p in recommend.PROMPTS.of(PACK) if p.text == told.mirror.question)
    assert asked.cue != "school"
    off = setting_of(PACK, "recommend", mirror=False)
    assert "same" not in recommend.settle(off, alike).result
    told = recommend.view(off, "projector", settled.result, None).result
    assert told is not None
    assert told.mirror is None
