"""The relay of AND, OR and NOT: what a search finds, how it is paid, and how it is pasted."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game import content
from game.base import paths
from game.base.refusal import Refusal
from game.rules.kinds import boolean
from game.rules.round import Standing
from game.rules.search import WAYS, Query, Term, fit, pasted
from tests.rules.conftest import setting_of

PACK = content.load(paths.content())["fr"]
WHERE = setting_of(PACK, "boolean")
SEARCH = boolean.search_of(WHERE)
KEYS = [term.key for term in SEARCH.terms]
BUILT = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(WAYS), min_size=1).filter(
    lambda built: set(built.values()) != {"none"}
)


def search(player: str, built: dict[str, str]) -> Standing:
    raw = {"slot": "search", **{f"term-{key}": way for key, way in built.items()}}
    taken = boolean.accept(WHERE, {}, raw)
    return Standing(player, taken.slot, 0, player, taken.stored)


@given(BUILT)
def test_one_more_must_never_finds_more_and_one_more_or_never_less(built: dict[str, str]) -> None:
    query = boolean.query_of(SEARCH.terms, search("p", built).stored)
    for key in set(KEYS) - set(built):
        stricter = query.model_copy(update={"all": (*query.all, key)})
        barred = query.model_copy(update={"none": (*query.none, key)})
        wider = query.model_copy(update={"any": (*query.any, key)}) if query.any else query
        for profile in SEARCH.profiles:
            found = query.finds(profile.has)
            assert not stricter.finds(profile.has) or found
            assert not barred.finds(profile.has) or found
            assert wider.finds(profile.has) or not found


@given(st.lists(BUILT, max_size=6), st.randoms())
def test_the_better_a_search_fits_the_more_it_earns(room: list[dict[str, str]], dice: Any) -> None:
    everyone = [search(f"p{n}", built) for n, built in enumerate(room)]
    settled = boolean.settle(WHERE, everyone)
    kept = boolean.BooleanResult.of(settled.result)
    fits = [fit(SEARCH, query).balance for query in kept.searches]
    assert fits == sorted(fits, reverse=True)
    assert sum(query.people for query in kept.searches) == len(room) == kept.people
    for own in everyone:
        balance = fit(SEARCH, boolean.query_of(SEARCH.terms, own.stored)).balance
        paid = sum(entry.amount for entry in settled.entries.get(own.player, ()))
        assert paid == round(WHERE.points.search_right * balance)
        assert 0 <= paid <= WHERE.points.search_right
    dice.shuffle(everyone)
    assert boolean.settle(WHERE, everyone) == settled


def test_nothing_is_paid_for_what_fits_before_the_reveal() -> None:
    entries = boolean.score(WHERE, [search("p", {KEYS[0]: "all"})])
    assert [entry.reason for entry in entries] == ["search_built"]


@pytest.mark.parametrize("key", [search.key for search in PACK.parts["searches"]])
def test_each_search_of_the_content_can_be_won_and_not_by_one_word(key: str) -> None:
    where = setting_of(PACK, "boolean", search=key)
    own = boolean.search_of(where)
    alone = [fit(own, Query(all=(term.key,))).balance for term in own.terms]
    assert max(alone) < 0.95
    terms = [term.key for term in own.terms]
    best = max(
        fit(own, Query(any=tuple(a), none=tuple(b))).balance
        for a in (terms[:1], terms[:2], terms[:3], terms[:4], terms[1:4], terms[:5])
        for b in ((), terms[-1:], terms[-2:], terms[-3:], terms[-4:])
    )
    assert best > max(alone)


def test_a_search_is_pasted_as_search_engines_read_it() -> None:
    terms = (
        Term(key="weld", label="soudeur", others=("soudeuse TIG",)),
        Term(key="inox", label="inox"),
        Term(key="pipe", label="tuyauterie"),
        Term(key="stage", label="stage"),
    )
    query = Query(all=("weld",), any=("inox", "pipe", "gone"), none=("stage",))
    assert pasted(terms, query, {"stage": ["alternance"]}) == (
        '(soudeur OR "soudeuse TIG") AND (inox OR tuyauterie) NOT (stage OR alternance)'
    )


def test_other_words_go_into_the_search_once_several_gave_them() -> None:
    def word(player: str, text: str) -> Standing:
        raw = {"slot": "word:abcd1", "term": KEYS[0], "text": text}
        taken = boolean.accept(WHERE, {}, raw)
        return Standing(player, taken.slot, 1, player, taken.stored)

    built = search("a", {KEYS[0]: "all"})
    room = [built, word("a", "réparateur"), word("b", "Réparateur"), word("c", "Nora Blanc")]
    result = boolean.settle(WHERE, room).result
    told = boolean.view(WHERE, "projector", result, None).result
    assert [other.name.lower() for other in told.words] == ["réparateur"]
    assert "éparateur" in told.searches[0].text
    assert "Nora" not in told.searches[0].text
    table = boolean.view(WHERE, "desk", result, None).table
    assert any(str(row[0]).endswith("= Nora Blanc") for row in table.rows)


@pytest.mark.parametrize("raw", [{}, {"term-maintenance": "none"}, {"term-automate": "maybe"}])
def test_a_search_for_nothing_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(Refusal):
        boolean.accept(WHERE, {}, {"slot": "search", **raw})
