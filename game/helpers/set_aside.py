"""Sentences of a CV that are not read: who somebody is, where they live, how old they are.

None of it says whether somebody can do a job, and the law keeps most of it out of a recruitment.
What is about work stays: 'douze ans d'expérience' is no age.
"""

import re

from game.rules.person import fold

MAIL = re.compile(r"\S+@\S+\.\S+")
PHONE = re.compile(r"(?:\+|\b0)\d(?:[ .-]?\d){7,}")
ADDRESS = re.compile(
    r"\b\d{1,4}\s?(?:bis|ter)?,?\s+(?:\w+\s)?(?:rue|avenue|av|boulevard|bd|place|impasse|allee|chemin|route|quai"
    r"|cours|square|residence|street|road|lane|drive)\b|\b\d{5}\s+[a-z]{2,}|\b(?:domicile|adresse|address|home)\s*:"
)
PERSONAL = re.compile(
    r"\bnee?s? (?:le|en|a)\b|\bborn (?:on|in)\b|\bdate (?:de naissance|of birth)\b"
    r"|\bage\b\s*:?\s*\d|\bagee? de \d|^\W*\d{2} (?:ans|years old)\W*$"
    r"|\b\d{2} (?:years old|ans)\s*[,|·-](?!\s*(?:d.exp|en|de|chez|dans))"
    r"|\b(?:nationalite|nationality|situation (?:familiale|de famille)|marital status|etat civil)\b"
    r"|\b(?:mariee?|married|celibataire|pacsee?|divorcee?|veuf|veuve)\b|\b\d enfants?\b"
    r"|\b(?:sexe|gender)\s*:"
)
NAME_WORDS = 2  # a sentence of a name has so many others at most: 'CV de Ada Vidal'


def _bare(text: str) -> str:
    """Without case and accents; signs and their places stay."""
    return "".join(fold(c) or c for c in text.casefold())


def is_set_aside(sentence: str, name: str) -> bool:
    """Is a sentence about who somebody of this name is, and not about their work?"""
    bare = _bare(sentence)
    told = (MAIL, PHONE, ADDRESS, PERSONAL)
    return any(one.search(bare) for one in told) or _is_name(sentence, name)


def _is_name(sentence: str, name: str) -> bool:
    own, said = set(fold(name).split()), fold(sentence).split()
    others = NAME_WORDS if len(own) > 1 else 0  # a name of one word may be a trade as well
    return bool(own) and own <= set(said) and len(said) <= len(own) + others


def without_name(sentence: str, name: str) -> str:
    """A sentence as it is compared: a name that stands in it whole counts for nothing."""
    parts = [re.escape(part) for part in re.split(r"[\s'’-]+", name) if part]
    if len(parts) < 2:
        return sentence
    whole = r"[\s'’-]+"
    either = "|".join((whole.join(parts), whole.join(reversed(parts))))
    return re.sub(rf"(?<!\w)(?:{either})(?!\w)", " ", sentence, flags=re.IGNORECASE)
