"""A CV beside a brief: quotes as they stand; who somebody is changes nothing; nobody is judged."""

from hypothesis import given
from hypothesis import strategies as st

from game.helpers.cv import Beside, Found, by_rules
from game.helpers.quoted import MOST, Quote, is_verbatim, quotes, stands_in
from game.rules.stems import stems

WANTED = (
    "Souder au TIG sur inox",
    "Lire un plan isométrique",
    "Travailler en équipe",
    "Pâtisserie",
)
WORK = """Expérience
Soudeuse TIG depuis 2015, 12 ans d'expérience en chaudronnerie. Lecture de plans isométriques.
Chantiers de l'Ouest : tuyauterie inox, équipe de six personnes ; formation de deux apprentis
Boulangère pendant trois ans, puis reconversion
Qualification EN ISO 9606, inox et acier
Permis nacelle"""
PEOPLE = (
    ("Ada Vidal", "3 rue des Lilas, 44000 Nantes", "34 ans"),
    ("Inox Plan", "12 bis avenue du Plan, 29000 Quimper", "Née le 3 mars 1961, 65 ans"),
    ("Jean-Marie Équipe de Pâtisserie", "Adresse : place de la Soudure", "Âge : 22"),
    ("Mohamed Ben Souder", "5 allée TIG\n35000 Rennes", "Situation de famille : pacsé, 2 enfants"),
)


def read(name: str, address: str, age: str) -> Found:
    text = (
        f"{name}\n{address}\n{age}\n06 12 34 56 78 · {name.split()[0].lower()}@exemple.fr\n{WORK}"
    )
    return by_rules(Beside(lang="fr", must_haves=WANTED, text=text, name=name))


def test_a_name_amid_a_sentence_counts_for_nothing() -> None:
    def found(name: str) -> list[object]:
        text = f"{WORK}\nÀ Brest, {name} a formé deux apprentis"
        evidence = by_rules(Beside(lang="fr", must_haves=WANTED, text=text, name=name)).evidence
        return [(q.line, q.words) for one in evidence for q in (*one.shared, *one.more)]

    assert found("Ada Vidal") == found("Inox Plan") == found("Pâtisserie-Équipe Souder")


def told(found: Found) -> list[tuple[str, list[str], list[str]]]:
    return [
        (one.must_have, [q.text for q in one.shared], [q.text for q in one.more])
        for one in found.evidence
    ]


def test_name_age_and_address_change_nothing() -> None:
    first, *others = (told(read(*who)) for who in PEOPLE)
    assert all(other == first for other in others)
    assert all(len(more) == 3 for _, _, more in first)
    cited = str(first)
    for who in PEOPLE:
        assert not any(line in cited for piece in who for line in piece.splitlines())


def test_sentences_with_a_word_in_common_are_found_in_the_order_of_the_cv() -> None:
    found = {one[0]: one[1] for one in told(read(*PEOPLE[0]))}
    assert found["Lire un plan isométrique"] == ["Lecture de plans isométriques."]
    assert found["Souder au TIG sur inox"][0].startswith("Soudeuse TIG depuis 2015, 12 ans")
    assert len(found["Souder au TIG sur inox"]) == 3
    assert found["Pâtisserie"] == []  # and nothing says that it is missing: three are to be read


@given(st.text(alphabet=st.sampled_from("abé .!?;:\n\f«»“-É1 "), max_size=400))
def test_every_quote_is_verbatim_and_none_is_lost(text: str) -> None:
    found = list(quotes(text))
    assert all(is_verbatim(one, text) for one in found)
    assert "".join("".join(q.text for q in found).split()) == "".join(text.split())
    assert all(text[: q.start].count("\f") + 1 == q.page for q in found)


def test_a_quote_that_is_not_as_it_stands_is_none() -> None:
    text = "Soudeuse TIG. Dix ans chez Brun."
    one = next(quotes(text))
    assert is_verbatim(one, text)
    assert not is_verbatim(Quote("Soudeuse MIG.", one.start, one.end, 1, 1), text)
    assert not is_verbatim(Quote(one.text, 1, one.end + 1, 1, 1), text)
    assert not is_verbatim(Quote("", 0, 0, 1, 1), text)
    assert stands_in("dix ans\nchez Brun".replace("dix", "Dix"), text)
    assert not stands_in("vingt ans chez Brun", text)
    assert not stands_in(" ", text)
    assert all(len(q.text) <= MOST for q in quotes("mot " * 400))


def test_words_are_compared_without_endings() -> None:
    assert stems("Les soudures, l'équipe et C++", "fr") == stems("soudure équipes c++", "fr")
    assert stems("the welding of pipes", "en") == stems("welded pipe", "en")
