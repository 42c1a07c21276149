"""What a content pack holds, in one language: the frozen models that its files are read into."""

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from game.base.speech import marked as _
from game.rules.touch import Kind

Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Line = Annotated[str, Field(min_length=1, max_length=160)]
Text = Annotated[str, Field(min_length=1, max_length=800)]
PLACEHOLDER = re.compile(r"{[^}]*}")
PHRASE_PLACES = (
    *("first_name", "recruiter", "colleague", "role", "company", "skill"),
    *("position", "place", "pay", "page", "notice"),
)


class Item(BaseModel):
    """A frozen piece of content; a key that nobody expects is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Keyed(Item):
    """A piece of content with a name of its own, which means the same in every language."""

    key: Key


class Choice(Keyed):
    """One thing to choose: a stable key and what people read."""

    label: Line = Field(title=_("En quelques mots"))


class Brief(Item):
    """The player-facing card of an open position; `pay` is the range, where it is told."""

    key: Key
    title: Line
    trade: Line
    must_haves: tuple[Line, Line, Line]
    where: Line
    why: Text
    pay: str = Field(default="", max_length=60)
    requisition_ref: str = Field(default="", max_length=40)


class Channel(Choice):
    """Where a lead comes from."""


class Family(Item):
    """Channels of one kind; the LinkedIn family earns no bonus."""

    key: Key
    label: Line
    linkedin: bool = False
    channels: tuple[Channel, ...] = Field(min_length=1)


class Relationship(Item):
    """How the recommender knows the person.

    `channel` is where such a lead comes from; `known` is false where they never met;
    `internal` marks oneself or a colleague: internal mobility, without points.
    """

    key: Key
    label: Line
    channel: Key
    known: bool = True
    internal: bool = False


class Notices(Item):
    """What people are told about their data, and for how long they are kept.

    `{player_days}` and `{lead_months}` in the texts are the numbers below, by which data are
    deleted: what is told is what is done. `{link}` is the address of a contact's own page.
    """

    player: Text
    player_short: Line
    contact: Text
    own_page: Line
    keep_player_days: int = Field(ge=1, le=1095)
    keep_lead_months: int = Field(ge=1, le=24)

    @field_validator("player", "contact", "own_page")
    @classmethod
    def _placeholders(cls, text: str, info: ValidationInfo) -> str:
        wanted = {
            "player": "{player_days}",
            "contact": "{lead_months}",
            "own_page": "{link}",
        }[str(info.field_name)]
        if set(PLACEHOLDER.findall(text)) != {wanted}:
            raise ValueError(f"must say {wanted}, and nothing else in braces")
        return text

    @property
    def told_to_players(self) -> str:
        """The notice for players, with its number."""
        return self.player.replace("{player_days}", str(self.keep_player_days))

    @property
    def told_to_contacts(self) -> str:
        """The notice for contacts, with its number."""
        return self.contact.replace("{lead_months}", str(self.keep_lead_months))


class Criterion(Choice):
    """What the law keeps out of a recruitment, and the phrases that speak of it.

    A word may end in `*`, which takes any ending; `#` is a number, `*` alone any word. What
    `unless` says is innocent.
    """

    says: tuple[Line, ...] = Field(min_length=1)
    unless: tuple[Line, ...] = ()


class Section(Item):
    """A part of a paper; `only` names the fact without which it is left out.

    Places like `{controller}` are filled in; an empty line parts two paragraphs.
    """

    key: Key
    heading: Line
    text: str = Field(min_length=1, max_length=2000)
    only: str = Field(default="", max_length=40)


class Paper(Item):
    """A paper that writes itself from what a company says of itself."""

    key: Key
    title: Line
    sections: tuple[Section, ...] = Field(min_length=1)


class Starter(Item):
    """A ready-made message to start from: `kind` is that of the touchpoint it makes."""

    key: Key
    name: str = Field(min_length=1, max_length=80)
    kind: Kind
    subject: Line
    body: str = Field(min_length=1, max_length=5_000)


class Phrase(Keyed):
    """A phrase of messages that are composed; its places in braces are facts of a card."""

    text: str = Field(min_length=1, max_length=500)

    @field_validator("text")
    @classmethod
    def _places(cls, text: str) -> str:
        for place in PLACEHOLDER.findall(text):
            if place[1:-1] not in PHRASE_PLACES:
                raise ValueError(f"{place} is no place; there are {', '.join(PHRASE_PLACES)}")
        return text


class Theme(Choice):
    """What an interview asks about: words that speak of it, questions, and levels of an answer.

    `{must}` in a question is the must-have that it is about.
    """

    says: tuple[Line, ...] = Field(min_length=3)
    asks: tuple[Line, ...] = Field(min_length=2)
    levels: tuple[Line, Line, Line, Line]

    @field_validator("asks")
    @classmethod
    def _musts(cls, asks: tuple[str, ...]) -> tuple[str, ...]:
        if set(PLACEHOLDER.findall(" ".join(asks))) - {"{must}"}:
            raise ValueError("may say {must}, and nothing else in braces")
        return asks


class Nicknames(Item):
    """Words from which a nickname is offered: noun + adjective, in the language's order."""

    nouns: tuple[Line, ...] = Field(min_length=20)
    adjectives: tuple[Line, ...] = Field(min_length=20)
    adjective_first: bool


class AgendaRound(Item):
    """One line of a ready-made agenda; a `warm_up` earns no points."""

    kind: Key
    seconds: int = Field(ge=10, le=3600)
    brief: Key | None = None
    title: str = Field(default="", max_length=80)
    options: dict[str, object] = Field(default_factory=dict)
    warm_up: bool = False


class Agenda(Item):
    """A ready-made agenda of so many minutes."""

    key: Key
    title: Line
    minutes: int = Field(ge=5, le=240)
    summary: Line
    rounds: tuple[AgendaRound, ...] = Field(min_length=1)


class Points(Item):
    """What things are worth; the starting values, which a workshop may change.

    The registry of kinds derives the model that has a field for each reason.
    """

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> int: ...


class Pack(Item):
    """Everything that one language's files hold; `parts` is what kinds of round read, by name.

    `round_titles` is what it says for titles of ready-made rounds, by how any language says them.
    """

    lang: str = Field(pattern=r"^[a-z]{2}$")
    agendas: tuple[Agenda, ...]
    briefs: tuple[Brief, ...]
    families: tuple[Family, ...]
    relationships: tuple[Relationship, ...]
    reasons: tuple[Choice, ...]
    papers: tuple[Paper, ...]
    lexicon: tuple[Criterion, ...]
    letters: tuple[Starter, ...]
    questions: tuple[Choice, ...]
    phrases: tuple[Phrase, ...]
    themes: tuple[Theme, ...]
    notices: Notices
    nicknames: Nicknames
    rude: tuple[str, ...]
    points: Points
    parts: Mapping[str, object]
    round_titles: Mapping[str, str] = Field(default_factory=dict)
