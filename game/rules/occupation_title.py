"""A title of the ROME, « Développeur / Développeuse web », as people say and search for it."""

from collections.abc import Iterable


def genders(title: str) -> tuple[str, ...]:
    """The title in each gender it names; what stands after the second form belongs to both.

    The second form has as many words as the first: « Ouvrier agricole / Ouvrière agricole de
    serre » is « Ouvrier agricole de serre » and « Ouvrière agricole de serre ».
    """
    first, parted, rest = title.partition(" / ")
    if not parted:
        return (title,)
    count, words = len(first.split()), rest.split()
    common = " ".join(words[count:])
    each = (f"{first} {common}".strip(), " ".join(words))
    return tuple(dict.fromkeys(each))


def said(titles: Iterable[str], most: int) -> tuple[str, ...]:
    """The first so many titles, in each gender, each once."""
    return tuple(dict.fromkeys(one for title in titles for one in genders(title)))[:most]
