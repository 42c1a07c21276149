"""The lexicon, measured on sentences of known truth, false alarms included."""

import re

import pytest

from game import content
from game.base import paths
from game.rules import lexicon
from game.rules.person import fold
from tests.rules.sentences import INNOCENT, TRUTH

CRITERIA = content.load(paths.content())["fr"].lexicon
GROUNDS_OF_THE_LAW = 29
ASKED_FOR = (  # what the notes on the law name
    *("Ancien de la CFDT", "Élu municipal", "Habite à Brest", "Jeune diplômé", "Digital native"),
    *("Retour de congé mat", "Langue maternelle bretonne", "De souche", "RQTH"),
    "Bien sous tous rapports",
)


def said(text: str) -> tuple[str, ...]:
    return lexicon.touched(text, CRITERIA)


def test_every_ground_of_the_law_has_its_criterion_and_so_has_past_pay() -> None:
    keys = [criterion.key for criterion in CRITERIA]
    assert len(keys) == len(set(keys)) == GROUNDS_OF_THE_LAW + 1
    assert "past-pay" in keys
    assert {key for _, key in TRUTH} == set(keys)


@pytest.mark.parametrize("text", ASKED_FOR)
def test_what_must_be_found_is_found(text: str) -> None:
    assert said(text)
    assert said(f"Très bien. {text.upper()} !")


def test_few_are_missed_and_few_are_blamed_for_nothing() -> None:
    missed = [(text, key) for text, key in TRUTH if key not in said(text)]
    blamed = [(text, said(text)) for text in INNOCENT if said(text)]
    found = len(TRUTH) - len(missed)
    recall, precision = found / len(TRUTH), found / (found + len(blamed))
    assert recall >= 0.97, missed
    assert precision >= 0.97, blamed


@pytest.mark.parametrize("text", ["Développeuse Senior", "Port de Belle-Île", "ACFDTX", ""])
def test_the_known_false_alarms_are_none(text: str) -> None:
    assert said(text) == ()


def test_both_languages_know_the_same_phrases() -> None:
    packs = content.load(paths.content())
    fr, en = ([(c.key, c.says, c.unless) for c in packs[lang].lexicon] for lang in ("fr", "en"))
    assert fr == en


def test_every_phrase_is_one_that_a_folded_text_can_hold() -> None:
    for criterion in CRITERIA:
        for phrase in (*criterion.says, *criterion.unless):
            plain = re.sub(r"[*#]", "", phrase)
            assert fold(plain) == " ".join(plain.split()), phrase
