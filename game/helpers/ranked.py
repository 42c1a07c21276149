"""Texts in the order of what they share with a question: Okapi BM25 over words without endings.

A word that is not there counts for words that begin alike, and less. It orders passages of
documents and of transcripts; nothing about a person is ever ordered by it.
"""

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache

from game.rules.stems import stems

K, B = 1.2, 0.6
ALIKE = 0.4  # of a word that only begins alike, or stands for the same thing
HEAD = 4  # letters by which two words begin alike at least

# what people call the same thing when they ask of a post and when they write of one
SAME = {
    "fr": (
        "salaire rémunération paie gagner payer prime brut",
        "horaire heure nuit matin semaine week-end roulement",
        "outil logiciel machine matériel équipement",
        "diplôme qualification licence certificat habilitation formation",
        "télétravail distance domicile bureau",
        "évolution carrière devenir avancement",
        "quitter partir démission départ",
    ),
    "en": (
        "salary pay wage euros earn grid",
        "hours night morning shift schedule weekend",
        "tool software stack framework machine equipment",
        "degree qualification licence certificate training",
        "remote home office telework",
        "career promotion growth",
        "leave left quit",
    ),
}


@cache
def _same(lang: str) -> dict[str, frozenset[str]]:
    groups = [frozenset(stems(group, lang)) for group in SAME.get(lang, ())]
    return {stem: group - {stem} for group in groups for stem in group}


def ranked(question: Sequence[str], texts: Sequence[Sequence[str]], lang: str = "") -> list[float]:
    """How much each text, as stems, shares with a question, as stems."""
    counts = [Counter(text) for text in texts]
    usual = sum(len(text) for text in texts) / max(1, len(texts)) or 1
    known = Counter(stem for count in counts for stem in count)  # in how many texts
    found = [0.0] * len(texts)
    for asked in dict.fromkeys(question):
        for stem, weight in _meant(asked, known, lang).items():
            rare = math.log(1 + (len(texts) - known[stem] + 0.5) / (known[stem] + 0.5))
            for n, count in enumerate(counts):
                if count[stem]:
                    length = 1 - B + B * len(texts[n]) / usual
                    found[n] += weight * rare * count[stem] * (K + 1) / (count[stem] + K * length)
    return found


def _meant(asked: str, known: Counter[str], lang: str) -> dict[str, float]:
    """The words of the texts that a word of a question may mean, and how surely."""
    others = _same(lang).get(asked, frozenset())
    near = {one: ALIKE for one in known if one in others or alike(asked, one)}
    return {**near, asked: 1.0} if asked in known else near


def heads(question: str, lang: str) -> frozenset[str]:
    """How the words begin that a text with an answer may have: what a database is asked for."""
    asked = stems(question, lang)
    meant = frozenset(asked).union(*(_same(lang).get(one, frozenset()) for one in asked))
    return frozenset(stem[:HEAD] for stem in meant)


def alike(one: str, other: str) -> bool:
    """Do two stems begin alike, as 'soud' and 'soudeux' do?"""
    shared = min(len(one), len(other))
    head = max(HEAD, math.ceil(0.7 * max(shared, HEAD)))
    return shared >= HEAD and one[:head] == other[:head]


def best(question: str, texts: Sequence[str], lang: str, most: int) -> list[int]:
    """The places of the texts that share most with a question; those that share nothing are out."""
    scores = ranked(stems(question, lang), [stems(text, lang) for text in texts], lang)
    order = sorted(range(len(texts)), key=lambda n: (-scores[n], n))
    return [n for n in order if scores[n] > 0][:most]
