"""How words sound, so that spellings of one name meet."""

import re
from functools import lru_cache

# how French and English write what they say alike; in this order
_SOUNDS = (
    ("eaux|eau|aux|au", "o"),
    ("ain|ein|in|un|ym|im", "1"),
    ("ent|ant|an|en|am|em", "2"),
    ("ai|ei|er|ez|et|ay|ey|es|e", "e"),
    ("ph", "f"),
    ("th", "t"),
    ("sch|sh|ch", "3"),
    ("qu|ck|k|q|c(?=[aouolr])|c$|cc", "k"),
    ("ge(?=[ao])|g(?=[ei])", "j"),
    ("c(?=[eiy])|ss|sc", "s"),
    ("z", "s"),
    ("ou|w", "u"),
    ("y|ll", "i"),
    ("h", ""),
)
SOUNDS = [(re.compile(spelt), said) for spelt, said in _SOUNDS]
SILENT = re.compile(r"(?<=..)[stxdpze2]+$")
TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """The word as it sounds, roughly; spellings of one sound come out equal."""
    for spelt, said in SOUNDS:
        word = spelt.sub(said, word)
    return TWICE.sub(r"\1", SILENT.sub("", word)) or word
