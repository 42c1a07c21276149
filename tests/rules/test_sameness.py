"""The mirror of sameness: it tells of five leads and more, of companies and channels."""

from hypothesis import given
from hypothesis import strategies as st

from game.rules.sameness import FEWEST, NARROW, Sameness, narrowness, of_channels, of_companies
from game.rules.sameness import sameness as mirror

groups = st.lists(st.sampled_from(["", "a", "b", "c", "d", "e"]), max_size=40)
FIRMS = ("Acme", "ACME SAS", "acmé", "Chantiers Imaginaires", "Le Fournil")


@given(groups, st.randoms())
def test_what_is_told_is_true_and_never_of_a_few(leads: list[str], dice: object) -> None:
    found = narrowness(leads)
    if found is None:
        return
    count, told = found
    assert count == sum(lead in told for lead in leads)
    assert count >= FEWEST
    assert 100 * count >= NARROW * len(leads)
    assert len(set(told)) == len(told) <= 2
    assert "" not in told
    mixed = list(leads)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert narrowness(mixed) == found, "the order of arrival tells nothing"


@given(groups)
def test_more_of_another_group_never_makes_leads_more_alike(leads: list[str]) -> None:
    fresh = [f"new {n}" for n in range(len(leads) + FEWEST)]
    found = narrowness([*leads, *fresh])
    assert found is None or found[0] <= len(leads)
    assert narrowness(fresh) is None


@given(st.lists(st.sampled_from(FIRMS), max_size=30))
def test_a_company_is_one_however_it_is_spelled_and_is_not_named(companies: list[str]) -> None:
    found = of_companies(companies)
    one = sum("cm" in company.lower() for company in companies)
    if one >= FEWEST and 100 * one >= NARROW * len(companies):
        assert found
        assert found.groups == 1
        assert found.leads >= one
    if found:
        assert not any(
            word in str(found.json_object()).lower() for word in ("acm", "chant", "four")
        )


def test_the_sentence_of_the_design() -> None:
    firms = ["Acme"] * 4 + ["Le Fournil"] * 3 + ["", "Autre", "Encore"]
    assert of_companies(firms) == Sameness(what="company", leads=7, total=10, groups=2)
    assert of_companies(["Acme"] * 4) is None, "four are too few to be told together"
    channels = ["school"] * 5 + ["fair"] * 3
    assert of_channels(channels) == Sameness(
        what="channel", leads=5, total=8, groups=1, keys=("school",)
    )
    seen = mirror([f"Firme {n}" for n in range(8)], channels)
    assert seen is not None
    assert seen.what == "channel"
