"""Other words for a term, given by players: what people write for the same thing."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, field_validator

from game.base.json_object import Json
from game.base.refusal import Refusal
from game.rules import typed
from game.rules.pack import Choice
from game.rules.person import squeeze
from game.rules.round import Accepted, Setting, Standing, parse, withdrawn
from game.rules.scoring import in_order
from game.rules.stored import Withdrawable
from game.rules.typed import TextCount, Typed
from game.rules.view import TypedText

SLOT = "word:"


class WordTyped(BaseModel):
    """Another word for a term."""

    model_config = ConfigDict(str_strip_whitespace=True)

    slot: str = Field(pattern=r"^word:[A-Za-z0-9_-]{4,32}$")
    term: str
    text: str = Field(min_length=2, max_length=40)

    @field_validator("text")
    @classmethod
    def _text(cls, value: str) -> str:
        return squeeze(value.replace('"', " "))


class Word(Withdrawable):
    """What the rules keep of it."""

    term: str = ""
    text: str = ""


@dataclass(frozen=True)
class WordTold(TypedText):
    """Another word, and the term it stands for."""

    term: str


def accept(terms: Collection[str], own: Mapping[str, Standing], raw: Json) -> Accepted:
    """Another word for one of these terms, corrected or taken back. Raises Refusal."""
    if raw.get("withdraw"):
        return withdrawn(own, raw)
    word = parse(WordTyped, raw)
    if word.term not in terms:
        raise Refusal("bad_input", {"term": "invalid"})
    kept = Word(withdrawn=False, term=word.term, text=word.text)
    return Accepted(word.slot, kept.json_object())


def given(own: Sequence[Standing]) -> list[tuple[Standing, Word]]:
    """A player's words that stand, in order of arrival."""
    kept = [(s, Word.of(s.stored)) for s in in_order(own) if s.slot.startswith(SLOT)]
    return [(s, word) for s, word in kept if not word.withdrawn]


def counted(by_player: Mapping[str, Sequence[Standing]]) -> tuple[TextCount, ...]:
    """How many people gave each word, under its term."""
    return typed.counted(
        Typed(player, word.term, word.text)
        for player, own in by_player.items()
        for _given, word in given(own)
    )


def told(
    setting: Setting, audience: str, terms: Sequence[Choice], found: Sequence[TextCount]
) -> tuple[WordTold, ...]:
    """The words that several people gave, each once."""
    labels = {term.key: term.label for term in terms}
    shown = {
        text.key: WordTold(text.key, text.name, text.count, text.hidden, labels[about])
        for about, own in typed.by_about(found).items()
        if about in labels
        for text in typed.told(setting, audience, own)
    }
    return tuple(sorted(shown.values(), key=lambda word: (-word.count, word.name)))


def by_term(found: Sequence[TextCount]) -> Mapping[str, Sequence[str]]:
    """The words that several people gave, by the key of their term."""
    several = typed.by_about(one for one in found if one.people >= typed.SEVERAL)
    return {about: [one.text for one in own] for about, own in several.items()}
