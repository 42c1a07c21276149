"""A language that nobody speaks: every text accented, in brackets and longer by two fifths.

What breaks with it would break with German or Finnish; what stays bare was never translated. A
server of the tests speaks it in place of the source language where PSEUDO is set.
"""

import re
from itertools import accumulate

from babel.support import NullTranslations

from game.base.languages import SOURCE

LONGER = 1.4
# what stays as it is: places for values, marks of HTML, addresses and files
KEPT = re.compile(r"(%\(\w+\)[a-z]|%%|%[sd]|\{\w*\}|<[^>]*>|&[#\w]+;|https?://\S+)")
ACCENTS = str.maketrans("aceinouyACEINOUY", "àçêïñôûÿÀÇÊÏÑÔÛŸ")
VOWELS = "aeiouyàâéèêëîïôùûœAEIOUYÀÂÉÈÊËÎÏÔÙÛŒ"


def pseudo(text: str) -> str:
    """The text as that language has it: its words longer, its places for values untouched."""
    if not text.strip():
        return text
    parts = KEPT.split(text)
    lacking = round(len(text) * (LONGER - 1)) - 2  # the brackets count
    said = []
    for at, part in enumerate(parts):
        if at % 2:
            said.append(part)
            continue
        longer, lacking = _stretched(part, lacking)
        said.append(longer.translate(ACCENTS))
    return f"[{''.join(said)}{' ô' * ((lacking + 1) // 2)}]"


def _stretched(part: str, lacking: int) -> tuple[str, int]:
    """Words with each vowel said twice, until enough is added; and how much is lacking still."""
    vowels = accumulate(letter in VOWELS for letter in part)
    longer = "".join(
        letter * 2 if letter in VOWELS and count <= lacking else letter
        for letter, count in zip(part, vowels, strict=True)
    )
    return longer, lacking - (len(longer) - len(part))


class Pseudo(NullTranslations):
    """The source's own texts, said in that language."""

    def __init__(self, said: NullTranslations) -> None:
        super().__init__()
        self.said = said

    def gettext(self, message: str) -> str:
        return pseudo(self.said.gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(self.said.ngettext(msgid1, msgid2, n))

    ugettext = gettext
    ungettext = ngettext


def install() -> None:
    """From now on this process's pages speak it where they spoke the source language."""
    from game.web import i18n

    plain = i18n.shown

    def shown(catalogue: NullTranslations, lang: str) -> NullTranslations:
        said = plain(catalogue, lang)
        return Pseudo(said) if lang == SOURCE else said

    i18n.shown = shown
