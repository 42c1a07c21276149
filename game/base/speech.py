"""Texts in a language, for those who have no request: commands and files."""

import os
import re
from collections.abc import Callable, Mapping
from functools import cache

from babel.support import NullTranslations, Translations

from game.base import paths
from game.base.languages import SOURCE, lang_of


def marked(text: str) -> str:
    """The text itself: marks one to be translated when it is shown."""
    return text


NARROW = "\u202f"  # a narrow space at which no line breaks
APOSTROPHE = re.compile(r"(?<=\w)'(?!')")
BEFORE = re.compile(r"(?<=\S)[ \u00a0](?=[?!:;»%](?!\())")
AFTER = re.compile(r"«[ \u00a0]")
JOINED = "\u2060"  # nothing to be seen, and no line breaks at it
# a pronoun after its verb: « nomme-les », but not a name of a place
CLITIC = re.compile(r"(?<=[a-zé])-(?=(?:les?|la|lui|leur)\b(?![-’']))")


@cache
def typeset(text: str, lang: str) -> str:
    """A text as print sets it: real apostrophes, and in French narrow spaces that no line breaks.

    Texts are written as keyboards have them, in code, templates and catalogues.
    """
    text = APOSTROPHE.sub("’", text)
    return AFTER.sub(f"«{NARROW}", BEFORE.sub(NARROW, text)) if lang == "fr" else text


def unbroken(text: str) -> str:
    """A French text of a page whose lines do not break between a verb and its pronoun."""
    return CLITIC.sub(f"-{JOINED}", text)


class SourceForms(NullTranslations):
    """The source language's own texts: in French, none is singular as one is."""

    def gettext(self, message: str) -> str:
        """The text as it is shown."""
        return unbroken(typeset(message, SOURCE))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form of a text that is written for this number."""
        return unbroken(typeset(msgid1 if abs(n) < 2 else msgid2, SOURCE))

    ugettext = gettext
    ungettext = ngettext


class Shown(NullTranslations):
    """A catalogue's texts as a page shows them."""

    def __init__(self, catalogue: NullTranslations, lang: str) -> None:
        super().__init__()
        self.catalogue = catalogue
        self.lang = lang

    def gettext(self, message: str) -> str:
        """The text in the catalogue's language."""
        return typeset(self.catalogue.gettext(message), self.lang)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The text in the form that is written for this number."""
        return typeset(self.catalogue.ngettext(msgid1, msgid2, n), self.lang)

    ugettext = gettext
    ungettext = ngettext


def shown(catalogue: NullTranslations, lang: str) -> NullTranslations:
    """What says the texts of this language on a page."""
    return SourceForms() if lang == SOURCE else Shown(catalogue, lang)


@cache
def _catalogue(lang: str) -> NullTranslations:
    return Translations.load(str(paths.translations()), [lang])


def speaker(lang: str) -> Callable[[str], str]:
    """What says a text in this language."""
    return _catalogue(lang).gettext


def of_terminal(environ: Mapping[str, str] | None = None) -> str:
    """The language of whoever reads this terminal: French, unless the locale says another."""
    environ = os.environ if environ is None else environ
    asked = next(filter(None, (environ.get(n, "") for n in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return lang_of(asked[:2])
