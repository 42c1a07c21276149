"""Is a name rude? Words of a list are seen through accents, look-alikes, repeats and gaps.

A word never matches across the border of two words, and ordinary letters twice in a row make no
other word of a name: Niger, Connes and Véronique Sanchez are names.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Literal, NamedTuple

from game.rules.person import fold

Verdict = Literal["fine", "doubtful", "rude"]
Runs = tuple[tuple[str, int], ...]
LOOKALIKES = str.maketrans("013457@$!|8€авеіорсухѕ", "oieastasiibeabeiopcyxs")
LONG = 6  # letters from which a word is looked for inside others too, and a doubled letter ignored
MANY = 3  # of one letter in a row are in no name
FEW = 3  # letters around a long word that may make a name of it,
PLURALS = ("", "s", "x", "es")  # unless they are only an ending
STRETCH = re.compile(r"(\w)\1{2,}")
DOUBT = "?"  # behind a word of the list that is somebody's name too


class Words(NamedTuple):
    """A list, folded: words by their letters without repeats, phrases, and the long words."""

    clear: dict[str, list[Runs]]
    doubtful: dict[str, list[Runs]]
    phrases: dict[str, list[list[Runs]]]
    long: tuple[str, ...]


@lru_cache(maxsize=8)
def _prepared(words: tuple[str, ...]) -> Words:
    singles = [word for word in words if word and " " not in word]
    clear = [word for word in singles if not word.endswith(DOUBT)]
    phrases: dict[str, list[list[Runs]]] = {}
    for phrase in (word.split() for word in words if " " in word):
        phrases.setdefault(_letters(_runs(phrase[0])), []).append([_runs(word) for word in phrase])
    doubtful = [word.rstrip(DOUBT) for word in singles if word.endswith(DOUBT)]
    long = tuple(word for word in clear if len(word) >= LONG)
    return Words(_by_letters(clear), _by_letters(doubtful), phrases, long)


def _by_letters(words: Iterable[str]) -> dict[str, list[Runs]]:
    found: dict[str, list[Runs]] = {}
    for word in words:
        found.setdefault(_letters(_runs(word)), []).append(_runs(word))
    return found


def judge(text: str, words: Iterable[str]) -> Verdict:
    """'rude' where a word of the list stands in the text, disguised or not.

    Short words must stand alone, so that Constance and Dickens may play; one that ends in '?' in
    the list is rude alone, and doubtful beside others, as a family name may be.
    """
    known = _prepared(tuple(words))
    found = {_judge(list(tokens), known) for tokens in set(_readings(text))}
    return "rude" if "rude" in found else "doubtful" if "doubtful" in found else "fine"


def is_rude(text: str, words: Iterable[str]) -> bool:
    """Is this certainly rude?"""
    return judge(text, words) == "rude"


def _readings(text: str) -> Iterator[tuple[str, ...]]:
    """The words as they stand, without figures at their ends, and with look-alikes read."""
    yield tuple(token.strip("0123456789") or token for token in fold(text).split())
    chunks = text.casefold().split()
    if any(len(chunk) == 1 or _is_mixed(chunk) for chunk in chunks):
        chunks = [chunk.translate(LOOKALIKES) for chunk in chunks]
    yield tuple(fold(" ".join(chunks)).split())


def _is_mixed(text: str) -> bool:
    """Letters and other signs in one word: figures that stand alone are no letters."""
    return any(map(str.isalpha, text)) and text != text.translate(LOOKALIKES)


def _judge(tokens: list[str], known: Words) -> Verdict:
    spelled = "".join(tokens) if all(len(token) == 1 for token in tokens) else ""
    tokens = [spelled] if len(spelled) >= MANY else _joined(tokens)
    runs = [_runs(token) for token in tokens]
    if any(_among(run, known.clear) for run in runs) or _has_phrase(runs, known):
        return "rude"
    inside = {_inside(token, known) for token in tokens}
    if "rude" in inside:
        return "rude"
    doubtful = any(_among(run, known.doubtful) for run in runs)
    if doubtful and len(tokens) == 1:
        return "rude"
    split = _runs("".join(tokens))
    torn = len(tokens) > 1 and _size(split) >= LONG and _among(split, known.clear)
    return "doubtful" if doubtful or torn or "doubtful" in inside else "fine"


def _joined(tokens: list[str]) -> list[str]:
    """The words, three letters or more that stand apart being one: 'f u c k you'."""
    found: list[str] = []
    for alone, group in groupby(tokens, key=lambda token: len(token) == 1):
        several = list(group)
        found += ["".join(several)] if alone and len(several) >= MANY else several
    return found


def _runs(word: str) -> Runs:
    return tuple((letter, len(list(group))) for letter, group in groupby(word))


def _letters(runs: Runs) -> str:
    return "".join(letter for letter, _ in runs)


def _size(runs: Runs) -> int:
    return sum(count for _, count in runs)


def _among(seen: Runs, words: dict[str, list[Runs]]) -> bool:
    return any(_fits(seen, word) for word in words.get(_letters(seen), ()))


def _fits(seen: Runs, word: Runs) -> bool:
    """Are these the word's letters, perhaps stretched as nobody's name is?"""
    if _letters(seen) != _letters(word):
        return False
    counts = [(there, wanted) for (_, there), (_, wanted) in zip(seen, word, strict=True)]
    if all(there == 2 * wanted for there, wanted in counts):
        return True
    enough = 0 if _size(word) >= LONG else MANY
    return all(there == wanted or there >= max(enough, wanted) for there, wanted in counts)


def _has_phrase(runs: list[Runs], known: Words) -> bool:
    return any(
        len(runs) - start >= len(phrase) and all(map(_fits, runs[start:], phrase))
        for start, first in enumerate(runs)
        for phrase in known.phrases.get(_letters(first), ())
    )


def _inside(token: str, known: Words) -> Verdict:
    """Does a long word stand in this one? With a letter or two more it may be a name: Salopek."""
    inside = [(form, word) for form in _forms(token) for word in known.long if word in form]
    more = [form.replace(word, "", 1) for form, word in inside]
    if any(rest in PLURALS or len(rest) > FEW for rest in more):
        return "rude"
    return "doubtful" if more else "fine"


def _forms(token: str) -> tuple[str, ...]:
    """A word as it is, or without its stretches: to one letter, and to two."""
    if not STRETCH.search(token):
        return (token,)
    return (STRETCH.sub(r"\1", token), STRETCH.sub(r"\1\1", token))
