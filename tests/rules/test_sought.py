"""What a lead is found by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.rules.sought import MOST, folded, words

LEAD = {
    "name": "Zoë Le Bœuf",
    "role": "Régleuse",
    "company": "Chantiers Imaginaires",
    "skills": ["C++", "Soudure à l'arc"],
    "mail": "zoe_le.boeuf@exemple.fr",
    "phone": "+33612345687",
}


@pytest.mark.parametrize(
    "text",
    [
        *("zoe", "ZOË", "bœuf", "boeuf", "regleuse chantiers", "arc soudure", "imagin"),
        *("zoe_le.boeuf@exemple.fr", "ZOE_LE.BOEUF@EXEMPLE.FR", "@exemple.fr", "exemple.fr"),
        *("06 12 34 56 87", "0612345687", "06.12.34.56.87", "+33 6 12 34 56 87", "0033612345687"),
        *(
            "+33 (0)6 12 34 56 87",
            "06 12 34",
            "+33 6 12",
            "34 56 87",
            "45687",
            "zoë 06-12-34-56-87",
        ),
    ],
)
def test_a_lead_is_found_by(text: str) -> None:
    assert words(text)
    assert all(word in folded(LEAD) for word in words(text)), words(text)


@pytest.mark.parametrize(
    "text", ["zoé martin", "06 12 34 56 88", "+33 7 12", "b@exemple.com", "c# java", "2024 75"]
)
def test_a_lead_is_not_found_by(text: str) -> None:
    assert not all(word in folded(LEAD) for word in words(text)), words(text)


def test_a_number_overseas_is_found_as_it_is_dialled_there() -> None:
    there = folded({"name": "A", "phone": "+262692123456"})
    assert words("0692 12 34 56") == ["0692123456"]
    assert all(word in there for word in words("0692 12"))


def test_the_name_ends_at_the_first_bar() -> None:
    assert folded(LEAD).startswith("zoe le boeuf|")
    assert folded({"name": "Zoë"}).startswith("zoe|")


@given(st.fixed_dictionaries({k: st.text(max_size=300) for k in ("name", "role", "company")}))
def test_any_text_fits_the_index(values: dict[str, str]) -> None:
    assert len(folded({**values, "skills": ["李" * 60] * 12}).encode()) <= MOST


@given(st.text(max_size=160))
def test_any_search_has_its_words(text: str) -> None:
    assert all(word and not word.isspace() for word in words(text))
