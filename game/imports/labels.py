"""From the words of a file to our keys, whichever of our languages it is in."""

from collections.abc import Iterable, Mapping

from game.exports.words import LABELS, words
from game.rules.pack import Pack
from game.rules.person import fold

YES = frozenset(("1", "x", "oui", "o", "yes", "y", "vrai", "true", "ok"))
NO = frozenset(("", "0", "non", "n", "no", "faux", "false"))


class Labels:
    """Keys by folded label, of all packs."""

    def __init__(self, packs: Mapping[str, Pack]) -> None:
        spoken = [words(pack, lang) for lang, pack in packs.items()]
        self.by_group = {name: _keys(getattr(w, name) for w in spoken) for name in LABELS}

    def key(self, group: str, label: str) -> str:
        """The key of a label, or of a key; empty for none of ours."""
        return self.by_group[group].get(fold(label), "")


def _keys(spoken: Iterable[Mapping[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for labels in spoken:
        for key, label in labels.items():
            found.setdefault(fold(key), key)
            found.setdefault(fold(label), key)
    return found


def truth(text: str) -> bool | None:
    """Yes or no; None for neither."""
    folded = fold(text)
    return True if folded in YES else False if folded in NO else None
