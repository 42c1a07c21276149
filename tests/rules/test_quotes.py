"""Which words of a brief are found in which fields."""

from hypothesis import given
from hypothesis import strategies as st

from game.rules.quotes import hits, marked, words_of

MUSTS = ["Soude l’inox fin proprement", "Lit un plan de tuyauterie", "Contrôle son propre travail"]


def test_the_words_that_say_something() -> None:
    assert words_of(MUSTS) == [
        *("soude", "inox", "fin", "proprement", "lit", "plan", "tuyauterie"),
        *("contrôle", "travail"),
    ]


def test_a_word_is_found_without_accents_case_and_number_and_quoted_as_it_stands() -> None:
    fields = {
        "role": "Soudeuse Inox",
        "company": "Armurerie",
        "skills": "lecture de PLANS, contrôles",
    }
    found = hits(fields, ["soude", "inox", "plan", "controle", "mur"])
    assert found == {
        "role": [("Soudeuse", True), (" ", False), ("Inox", True)],
        "skills": [
            ("lecture de ", False), ("PLANS", True), (", ", False), ("contrôles", True)
        ],
    }  # fmt: skip


@given(st.text(max_size=60), st.lists(st.text(max_size=8), max_size=4))
def test_the_pieces_are_the_text(text: str, typed: list[str]) -> None:
    assert "".join(piece for piece, _ in marked(text, words_of(typed))) == text
