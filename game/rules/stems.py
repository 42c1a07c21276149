"""Words of a text as they are compared: without case, accents, endings, and without small words.

Endings are those of Snowball's stemmers, whose words differ by nothing else ('soudure', 'souder').
"""

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from game.rules.person import fold

if TYPE_CHECKING:
    import snowballstemmer

ALGORITHMS = {"fr": "french", "en": "english"}
WORD = re.compile(r"[^\W_]+(?:[+#]+)?")
WORDS = {
    "fr": """a à ai aie aient ainsi alors après as au aucun aussi autre autres aux avait avec avoir
        avez avons bien c ça car ce ceci cela celle celles celui ces cet cette ceux chaque chez
        comme comment contre d dans de depuis des déjà deux dit donc dont du elle elles en encore
        entre es est et étaient était étais été être eu eux fait faire fais font il ils j je jusque
        l la là le les leur leurs lors lui m ma mais me même mêmes mes moi moins mon n ne ni non nos
        notre nous on ont ou où par parce pas pendant peu peut peuvent plus plusieurs pour pourquoi
        puis qu quand que quel quelle quelles quels qui quoi s sa sans se selon sera ses si sien
        soit son sont sous sur t ta te tes toi ton tous tout toute toutes très tu un une va vers
        vos votre vous y etc afin trois ans an""",
    "en": """a about after all also am an and any are as at be because been before being
        between both but by can could did do does doing done during each etc
        few for from further had has have having he her here hers him his how
        i if in into is it its itself just me more most my no nor not now of
        off on once only or other our out over own s same she should so some
        such t than that the their them then there these they this those
        through to too under until up us very was we were what when where
        which while who whom why will with would you your year years""",
}
SMALL = {lang: frozenset(words.split()) for lang, words in WORDS.items()}


@cache
def _stemmer(lang: str) -> "snowballstemmer.stemmer":
    import snowballstemmer  # thirty languages: no start of a process waits for them

    return snowballstemmer.stemmer(ALGORITHMS.get(lang, "english"))


@lru_cache(maxsize=8_192)
def _stem(word: str, lang: str) -> str:
    return fold(_stemmer(lang).stemWord(word)) or word


def stems(text: str, lang: str) -> list[str]:
    """The words of a text in their order, as compared; those that say nothing are left out."""
    small = SMALL.get(lang, SMALL["en"])
    words = WORD.findall(text.casefold())
    return [_stem(word, lang) for word in words if word not in small]


def trigrams(text: str) -> frozenset[str]:
    """Every three letters of a text's words, as they are compared."""
    return frozenset(
        padded[n : n + 3]
        for padded in (f" {w} " for w in fold(text).split())
        for n in range(len(padded) - 2)
    )
