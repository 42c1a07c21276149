"""The languages that there are: the one that the texts are written in, and their translations.

A further one is a folder of translations and a folder of content, and no code.
"""

from babel import Locale

from game.base import paths

SOURCE = "fr"


def _found() -> tuple[str, ...]:
    folders = {p.name for p in paths.translations().iterdir() if p.is_dir() and len(p.name) == 2}
    return (SOURCE, *sorted(folders - {SOURCE}))


LANGS = _found()
# each in its own words, for those who look for theirs
NAMES = {lang: str(Locale.parse(lang).get_display_name(lang)).capitalize() for lang in LANGS}

# as a model is told of them
ENGLISH_NAMES = {lang: str(Locale.parse(lang).get_display_name("en")) for lang in LANGS}


def lang_of(asked: object) -> str:
    """The language that is asked for, if there is such a one; else the one of the texts."""
    return asked if isinstance(asked, str) and asked in LANGS else SOURCE
