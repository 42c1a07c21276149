"""Rude names: every word of the list is seen through its disguises, and people keep their names."""

import pkgutil
import random
from importlib import import_module

import pytest
from faker.providers import person

from game.rules import rude
from game.rules.pack import Pack

LEET = str.maketrans("oieast", "013457")
ACCENTS = str.maketrans("aeiouc", "âéïôùç")
NAMES = (
    *("Véronique Sanchez", "Monique Schneider", "Dominique S.", "Alain Connes", "Tour de Pise"),
    *("Niger", "Conn", "Bitte", "Conrad", "Scunthorpe", "Dickens", "Constance", "Mike Cull"),
    *("Ana L.", "J. P. D.", "Lila 455", "Salopette", "Concombre", "Cassandra", "Annal"),
)


def people() -> tuple[list[str], list[str]]:
    """First and family names of all the languages that the name library knows."""
    firsts, lasts = set[str](), set[str]()
    for found in pkgutil.iter_modules(person.__path__):
        provider = import_module(f"{person.__name__}.{found.name}").Provider
        for name in dir(provider):
            listed = getattr(provider, name)
            if isinstance(listed, (dict, list, tuple)) and "format" not in name:
                kept = {n for n in listed if isinstance(n, str) and "{" not in n}
                firsts |= kept if "first_name" in name else set()
                lasts |= kept if "last_name" in name else set()
    return sorted(firsts), sorted(lasts)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_a_name(name: str, pack: Pack) -> None:
    assert rude.judge(name, pack.rude) != "rude"


def test_people_keep_their_names(pack: Pack) -> None:
    """Fewer than one full name in 20,000 is refused, of all pairs of a first and a family name.

    As no word is seen across the border of two, that is the sum over both lists; a seeded sample
    of pairs shows that it is.
    """
    firsts, lasts = people()
    assert min(len(firsts), len(lasts)) > 20_000
    shares = [
        sum(rude.judge(f"Zoé {name}", pack.rude) == "rude" for name in names) / len(names)
        for names in (firsts, lasts)
    ]
    assert sum(shares) < 1 / 20_000
    dice = random.Random(20)
    pairs = [f"{dice.choice(firsts)} {dice.choice(lasts)}" for _ in range(10_000)]
    judged = [rude.judge(pair, pack.rude) for pair in pairs]
    assert judged.count("rude") <= 1
    assert judged.count("doubtful") < len(pairs) / 500


def test_no_offered_nickname_is_even_doubtful(pack: Pack) -> None:
    words = pack.nicknames
    offers = [f"{noun} {adjective}" for noun in words.nouns for adjective in words.adjectives]
    assert [name for name in offers if rude.judge(name, pack.rude) != "fine"] == []


def disguises(word: str) -> list[str]:
    stretched = "".join(letter * 3 if letter.isalpha() else letter for letter in word)
    leet = word.translate(LEET)
    return [
        word,
        word.upper(),
        word.translate(ACCENTS),
        word if leet.isdigit() else leet,  # 7175 is a number
        stretched,
        "".join(letter * 2 if letter.isalpha() else letter for letter in word),
        f"{word}69",
    ]


def test_every_word_of_the_list_is_seen_in_its_usual_disguises(pack: Pack) -> None:
    assert len(pack.rude) > 150
    for listed in pack.rude:
        word = listed.removesuffix(rude.DOUBT)
        for disguised in disguises(word):
            assert rude.is_rude(disguised, pack.rude), disguised
        if len(word) > 2 and " " not in word:
            for between in (" ", ".", "-", "_"):
                assert rude.is_rude(between.join(word), pack.rude), word


@pytest.mark.parametrize(
    "name", ["le connard", "SuperConnard", "connards", "meeerde", "mmeerrddee", "f u c k you"]
)
def test_a_clear_word_is_seen_among_others(name: str, pack: Pack) -> None:
    assert rude.is_rude(name, pack.rude)


@pytest.mark.parametrize("name", ["Alain Connes", "Dick Turpin", "con nard", "put ain", "Salopek"])
def test_what_may_be_a_name_is_doubtful(name: str, pack: Pack) -> None:
    assert rude.judge(name, pack.rude) == "doubtful"
