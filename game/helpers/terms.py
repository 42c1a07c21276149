"""The tools and words of a post: what its texts name, and how often; counted, never judged."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from game.helpers.quoted import quotes
from game.rules.person import fold
from game.rules.stems import WORD as PLAIN
from game.rules.stems import stems

MOST = 24
NAME = re.compile(
    r"\b[A-Z][A-Z0-9]+(?:[ -](?:[A-Z]{2,4}|\d[\d-]*)\b)*"
    r"|\b[A-Z]\w*[A-Z0-9+#]\w*|\b[A-ZÀ-Ý][a-zà-ÿ]{2,}(?:-[A-ZÀ-Ý][a-zà-ÿ]+)*"
)


@dataclass(frozen=True)
class Term:
    """A word of the texts as it is written there, and how often it is."""

    text: str
    count: int


def tools(texts: Iterable[str]) -> tuple[Term, ...]:
    """What is written as a name inside of a sentence: tools, standards, places."""
    found: Counter[str] = Counter()
    for text in texts:
        for sentence in quotes(text):
            begin = len(sentence.text) - len(sentence.text.lstrip('«“"–- '))
            for one in NAME.finditer(sentence.text):
                if one.start() > begin or not one[0][1:].islower():
                    found[one[0]] += 1
    return tuple(Term(*one) for one in found.most_common(MOST))


def words(texts: Sequence[str], lang: str) -> tuple[Term, ...]:
    """The words that come most often, each in the spelling that comes most."""
    spelled: dict[str, Counter[str]] = {}
    counts = Counter(word for text in texts for word in PLAIN.findall(text.casefold()))
    for word, count in counts.items():
        for stem in stems(word, lang):
            if len(fold(stem)) > 3 and not stem.isdigit():
                spelled.setdefault(stem, Counter())[word] += count
    every = [Term(c.most_common(1)[0][0], c.total()) for c in spelled.values()]
    return tuple(sorted((t for t in every if t.count > 1), key=lambda t: (-t.count, t.text))[:MOST])
