"""Texts in a language, for those who have no request: commands and files."""

import os
from collections.abc import Callable, Mapping
from functools import cache

from babel.support import NullTranslations, Translations

from game.base import paths
from game.base.languages import lang_of


def marked(text: str) -> str:
    """The text itself: marks one to be translated when it is shown."""
    return text


class SourceForms(NullTranslations):
    """The source language's own texts: in French, none is singular as one is."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form of a text that is written for this number."""
        return msgid1 if abs(n) < 2 else msgid2


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
