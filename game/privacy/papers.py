"""Papers that write themselves: a pack's texts, with the company's facts in their places."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from game.base.languages import LANGS, NAMES
from game.base.speech import marked as _
from game.base.speech import speaker, typeset
from game.privacy import company
from game.rules.pack import Notices, Pack, Paper

GAP = "……"  # where a fact is missing: to be filled in, never invented
SOURCE = _("[la source, propre à chaque personne]")
PROGRAMS = _("Programmes et outils reliés :")
NO_PROGRAM = _("aucun.")
PLACE = re.compile(r"{([a-z0-9_]+)}")


@dataclass(frozen=True)
class Part:
    """A part of a written paper: heading and paragraphs; '– ' begins a line of a list."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Written:
    """A paper as it is read."""

    key: str
    lang: str
    title: str
    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """The whole paper as plain text."""
        blocks = [f"{part.heading}\n" + "\n\n".join(part.paragraphs) for part in self.parts]
        return "\n\n".join([self.title, *blocks])


def values(
    known: Mapping[str, str], notices: Notices, lang: str, names: Sequence[str] = ()
) -> dict[str, str]:
    """What stands for each place in a text, in a language; empty where nobody has said it.

    `names` are the programs and systems that receive data.
    """
    say = speaker(lang)
    found = {}
    for field in company.FIELDS:
        value = company.said(known, field, lang)
        found[field.name] = say(field.choices[value]) if field.choices and value else value
    months = company.lead_months(known, notices.keep_lead_months)
    days = str(notices.keep_player_days)
    languages = ", ".join(NAMES[one] for one in LANGS)
    told = {"lead_months": str(months), "player_days": days, "languages": languages}
    told["programs"] = programs(lang, names)
    return {**found, **told, "source": typeset(say(SOURCE), lang)}


def filled(text: str, given: Mapping[str, str], *, keep: tuple[str, ...] = ()) -> str:
    """A text with what is given in its places; GAP for what is not, places to `keep` stay."""

    def value(place: re.Match[str]) -> str:
        name = place[1]
        return place[0] if name in keep else given.get(name) or GAP

    return PLACE.sub(value, text)


def write(paper: Paper, given: Mapping[str, str], lang: str) -> Written:
    """A paper in a language. Parts that depend on a fact nobody has given are left out."""
    parts = [
        Part(section.heading, tuple(filled(section.text, given).split("\n\n")))
        for section in paper.sections
        if not section.only or given.get(section.only)
    ]
    return Written(paper.key, lang, filled(paper.title, given), tuple(parts))


def programs(lang: str, names: Sequence[str]) -> str:
    """The programs that receive data, as the register names them."""
    say = speaker(lang)
    listed = " ; ".join(names) or say(NO_PROGRAM)
    return typeset(f"{say(PROGRAMS)} {listed}", lang)


def every(
    known: Mapping[str, str], packs: Mapping[str, Pack], lang: str, names: Sequence[str] = ()
) -> list[Written]:
    """All papers of a language; `names` are the programs and systems that receive data."""
    pack = packs.get(lang) or next(iter(packs.values()))
    given = values(known, pack.notices, pack.lang, names)
    return [write(paper, given, pack.lang) for paper in pack.papers]
