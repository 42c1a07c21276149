"""The last call: only what was missing, of one's own leads alone, each detail paid once."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game import content
from game.base import paths
from game.base.refusal import Refusal
from game.rules import leads, more
from game.rules.facts import LeadEnriched
from game.rules.kinds import lastcall
from game.rules.round import Before, Standing
from tests.rules.conftest import setting_of
from tests.serving import lead

PACK = content.load(paths.content())["fr"]
WHERE = setting_of(PACK, "lastcall")
SAID: dict[str, Any] = {
    "role": "Soudeuse",
    "company": "Chantiers Imaginaires",
    "skills": ["TIG"],
    "reason": "Elle tient parole.",
    "speaks": "first",
    "aware": True,
    "reach": "phone",
    "reach_value": "06 12 34 56 87",
}
NAMES = ("role", "company", "skills", "reason", "speaks", "aware", "reach")
DETAILS = st.sets(st.sampled_from(NAMES))


def details(names: set[str]) -> dict[str, Any]:
    found = {name: SAID[name] for name in names}
    return {**found, "reach_value": SAID["reach_value"]} if "reach" in names else found


def named(names: set[str], slot: str = "lead:abcd1", **who: Any) -> Before:
    bare = {"slot": slot, "name": "Nora Blanc", "relationship": "former-colleague", **who}
    taken = leads.accept(replace(WHERE, before=()), {}, {**bare, **details(names)})
    return Before("r1", slot, taken.stored)


@given(DETAILS, DETAILS)
def test_only_what_was_missing_is_taken_and_paid(had: set[str], says: set[str]) -> None:
    before = named(had)
    where, raw = replace(WHERE, before=(before,)), {"slot": more.slot_of(before), **details(says)}
    if not says - had:
        with pytest.raises(Refusal):
            lastcall.accept(where, {}, raw)
        return
    taken = lastcall.accept(where, {}, raw)
    fact = taken.fact
    assert isinstance(fact, LeadEnriched)
    assert (fact.of_round, fact.of_slot) == ("r1", "lead:abcd1")
    assert {name for name in NAMES if getattr(fact, name)} == says - had
    entries = lastcall.score(where, [Standing("p", taken.slot, 1, "a", taken.stored)])
    assert {entry.reason for entry in entries} == says - had
    assert all(entry.amount == getattr(PACK.points, entry.reason) for entry in entries)
    assert "Nora" not in str(taken.stored)
    assert "612345687" not in str(taken.stored)


def test_a_lead_is_chosen_by_its_number_where_no_list_is_shown() -> None:
    first, second = named(set(), "lead:abcd1"), named(set(), "lead:abcd2")
    where = replace(WHERE, before=(first, second))
    taken = lastcall.accept(where, {}, {"slot": "more:page7", "of": 2, "role": "Soudeuse"})
    assert taken.slot == more.slot_of(second)
    with pytest.raises(Refusal) as refused:
        lastcall.accept(where, {}, {"slot": "more:page7", "of": 3, "role": "Soudeuse"})
    assert refused.value.fields == {"of": "no_such_lead"}


def test_nobody_says_more_of_a_lead_that_is_not_theirs_or_was_taken_back() -> None:
    strange = named(set(), "lead:other1")
    gone = Before("r1", "lead:abcd1", {"withdrawn": True})
    inside = named(set(), "lead:abcd2", relationship="myself")
    where = replace(WHERE, before=(gone, inside))
    for before in (strange, gone, inside):
        with pytest.raises(Refusal):
            lastcall.accept(where, {}, {"slot": more.slot_of(before), "role": "Soudeuse"})


def test_who_is_invited_writes_for_themselves() -> None:
    before = named(set())
    where = replace(WHERE, before=(before,), capture="invite")
    with pytest.raises(Refusal) as refused:
        lastcall.accept(where, {}, {"slot": more.slot_of(before), "role": "Soudeuse"})
    assert refused.value.fields == {"answer": "invite_only"}


def test_later_leads_bring_less_and_the_room_sees_counts_alone() -> None:
    known = tuple(named(set(), f"lead:abcd{n}") for n in range(8))
    where = replace(WHERE, before=known)
    taken = [lastcall.accept(where, {}, {**lead(), "slot": more.slot_of(b)}) for b in known]
    own = [Standing("p", one.slot, n, f"a{n}", one.stored) for n, one in enumerate(taken)]
    sums = [sum(e.amount for e in lastcall.score(where, own) if e.slot == s.slot) for s in own]
    assert sums[0] == sums[2] == 2 * sums[3] > 0 == sums[7]
    result = lastcall.settle(where, own).result
    told = lastcall.view(where, "projector", result, None).result
    assert (told.leads, told.people) == (8, 1)
    assert "Solenn" not in str(told)


def test_the_form_of_who_recommends_takes_no_slot_for_more() -> None:
    with pytest.raises(Refusal):
        leads.accept(WHERE, {}, {**lead(), "slot": "more:abcd1"})
