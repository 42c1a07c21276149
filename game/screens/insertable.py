"""What the remote can add to a workshop: the kinds of round, and the briefs to play them for."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from game.rules.pack import Pack
from game.rules.registry import kinds
from game.screens.option_fields import OptionField, fields
from game.screens.round_words import kind_names
from game.workshop.yielded import titles_of


@dataclass(frozen=True)
class BriefChoice:
    """A brief of the workshop, to choose from on the remote."""

    id: str
    title: str


@dataclass(frozen=True)
class KindChoice:
    """A kind of round to add from the remote, with the options that are asked for there."""

    name: str
    title: str
    options: tuple[OptionField, ...]


@dataclass(frozen=True)
class Insertable:
    """What a round that is added can be."""

    kinds: tuple[KindChoice, ...]
    briefs: tuple[BriefChoice, ...]


def insertable(session: Session, workshop_id: str, words: Pack) -> Insertable:
    """The kinds of round that a pack has the content of, by title, and a workshop's briefs."""
    titles = titles_of(session, workshop_id, words.lang)
    return Insertable(_kinds(words), tuple(BriefChoice(*pair) for pair in titles.items()))


def _kinds(words: Pack) -> tuple[KindChoice, ...]:
    named = kind_names()
    choices = [
        KindChoice(name, named[name], tuple(f for f in fields(name, {}, words) if f.at_once))
        for name, kind in kinds().items()
        if all(words.parts.get(part.name) for part in kind.parts)
    ]
    return tuple(sorted(choices, key=lambda choice: choice.title))
