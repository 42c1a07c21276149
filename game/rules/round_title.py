"""What a round is called: a ready-made title in its reader's language, a written one as it stands.

A title is kept as its workshop's language has it. Which ready-made one it is its words say, also
with the number that tells two of one name apart, so that rounds of earlier versions have it too.
"""

import re
from collections.abc import Iterator, Mapping

from game.base.languages import LANGS
from game.base.speech import marked as _
from game.base.speech import speaker, typeset
from game.rules.pack import Pack
from game.rules.registry import kinds

NUMBERED = re.compile(r" \d{1,3}$")
SOME = _("Une manche")


def round_title(title: str, kind: str, pack: Pack) -> str:
    """What a round of this kind is called in the language of `pack`; `title` may be empty."""
    stem = NUMBERED.sub("", title)
    for name, number in ((title, ""), (stem, title[len(stem) :])):
        said = pack.round_titles.get(name) or _kind_title(name, kind, pack.lang)
        if said:
            return said + number
    return title


def _kind_title(name: str, kind: str, lang: str) -> str:
    """The title of the kind, where it is what a name says in any language, or that says nothing."""
    found = kinds().get(kind)
    own = found.title if found else SOME
    is_own = not name or any(name == speaker(one)(own) for one in LANGS)
    return typeset(speaker(lang)(own), lang) if is_own else ""


def ready_titles(packs: Mapping[str, Pack]) -> dict[str, dict[str, str]]:
    """By language: what it says for each title that a ready-made agenda has in any language."""
    return {lang: dict(_said(pack, packs)) for lang, pack in packs.items()}


def _said(pack: Pack, packs: Mapping[str, Pack]) -> Iterator[tuple[str, str]]:
    own = {agenda.key: agenda.rounds for agenda in pack.agendas}
    for other in (*packs.values(), pack):  # the last one wins: one's own titles stay as they are
        for agenda in other.agendas:
            for theirs, mine in zip(agenda.rounds, own.get(agenda.key, ()), strict=False):
                if theirs.title and mine.title and theirs.kind == mine.kind:
                    yield theirs.title, mine.title
