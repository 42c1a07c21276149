"""Words to come back with: enough for a full room, decent, each one's own; and extra time."""

import random

from game import content
from game.base import paths
from game.rules import rude, way_back
from game.rules.extra_time import CHOICES, MOST_MS, extra_ms

UNSAID = [word for pack in content.load(paths.content()).values() for word in pack.rude]


def is_rude(word: str) -> bool:
    return rude.is_rude(word, UNSAID)


def test_two_thousand_players_have_a_decent_word_each() -> None:
    dice, taken = random.Random(7), set[str]()
    for _player in range(2000):
        taken.add(way_back.pick(dice.choice, taken, is_rude))
    assert len(taken) == 2000
    assert not [word for word in taken if is_rude(word) or len(word) != 4 or not word.isalpha()]
    assert not taken & {"BITE", "PIPI", "RAPE", "NAZI", "PUTE"}
    everyone = set(way_back.WORDS)
    assert way_back.pick(dice.choice, everyone, is_rude) == ""
    assert way_back.pick(dice.choice, everyone - {"RUDE", "KILO"}, lambda w: w == "RUDE") == "KILO"


def test_a_word_is_read_however_it_is_typed() -> None:
    assert {way_back.read(typed) for typed in ("kilo", " Ki-Lo ", "K I L O.")} == {"KILO"}


def test_extra_time_is_a_share_of_the_round_and_has_an_end() -> None:
    assert [extra_ms(60, percent) for percent in CHOICES] == [0, 15_000, 30_000, 60_000]
    assert extra_ms(86_400, 100) == MOST_MS
