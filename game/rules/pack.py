"""What a content pack holds, in one language: the frozen models that its files are read into."""

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

Key = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")]
Line = Annotated[str, Field(min_length=1, max_length=160)]
Text = Annotated[str, Field(min_length=1, max_length=800)]
PLACEHOLDER = re.compile(r"{[^}]*}")


class Item(BaseModel):
    """A frozen piece of content; a key that nobody expects is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Choice(Item):
    """One thing to choose: a stable key and what people read."""

    key: Key
    label: Line


class Brief(Item):
    """The player-facing card of an open position."""

    key: Key
    title: Line
    trade: Line
    must_haves: tuple[Line, Line, Line]
    where: Line
    why: Text
    requisition_ref: str = Field(default="", max_length=40)


class Prompt(Item):
    """A nudge for the memory; the cue says which drawer it opens."""

    key: Key
    cue: Literal[
        "best", "employer", "school", "client", "event", "taught", "community", "freelance"
    ]
    text: Line


class Card(Item):
    """An anonymised, fictional profile, with the answer set beforehand."""

    key: Key
    title: Line
    facts: tuple[Line, ...] = Field(min_length=2, max_length=5)
    gold: Literal["keep", "pass"]
    criterion: Key
    explanation: Text


class Deck(Item):
    """Profile cards to be judged against one brief's criteria."""

    key: Key
    brief: Key
    criteria: tuple[Choice, ...] = Field(min_length=2, max_length=5)
    cards: tuple[Card, ...] = Field(min_length=3)


class Question(Item):
    """One question of the expert quiz."""

    key: Key
    text: Line
    options: tuple[Choice, ...] = Field(min_length=2, max_length=9)


class ExpertQuiz(Item):
    """What makes an expert, how wide, who says so, and the subjects to name one's own expert of."""

    definition: Question
    scope: Question
    claim: Question
    nominate: Line
    subjects: tuple[Line, ...] = Field(min_length=4)


class Channel(Item):
    """Where a lead comes from."""

    key: Key
    label: Line


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
    deleted: what is told is what is done.
    """

    player: Text
    player_short: Line
    contact: Text
    keep_player_days: int = Field(ge=1, le=1095)
    keep_lead_months: int = Field(ge=1, le=24)

    @field_validator("player", "contact")
    @classmethod
    def _placeholders(cls, text: str, info: ValidationInfo) -> str:
        wanted = {"player": "{player_days}", "contact": "{lead_months}"}[str(info.field_name)]
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


class Nicknames(Item):
    """Words from which a nickname is offered: noun + adjective, in the language's order."""

    nouns: tuple[Line, ...] = Field(min_length=20)
    adjectives: tuple[Line, ...] = Field(min_length=20)
    adjective_first: bool


class AgendaRound(Item):
    """One line of a ready-made agenda."""

    kind: Key
    seconds: int = Field(ge=10, le=3600)
    brief: Key | None = None
    title: str = Field(default="", max_length=80)
    options: dict[str, Any] = Field(default_factory=dict)


class Agenda(Item):
    """A ready-made agenda of so many minutes."""

    key: Key
    title: Line
    minutes: int = Field(ge=5, le=240)
    summary: Line
    rounds: tuple[AgendaRound, ...] = Field(min_length=1)


class Points(Item):
    """What things are worth; the starting values, which a workshop may change."""

    recommended: int = Field(default=10, ge=0, le=1000)
    spotted: int = Field(default=4, ge=0, le=1000)
    role: int = Field(default=2, ge=0, le=1000)
    company: int = Field(default=2, ge=0, le=1000)
    reach: int = Field(default=2, ge=0, le=1000)
    skills: int = Field(default=2, ge=0, le=1000)
    reason: int = Field(default=2, ge=0, le=1000)
    aware: int = Field(default=5, ge=0, le=1000)
    new_to_pool: int = Field(default=5, ge=0, le=1000)
    new_family: int = Field(default=4, ge=0, le=1000)
    seconded: int = Field(default=3, ge=0, le=1000)
    contact_confirmed: int = Field(default=15, ge=0, le=1000)
    pursue: int = Field(default=20, ge=0, le=1000)
    card_right: int = Field(default=2, ge=0, le=1000)
    criterion_right: int = Field(default=1, ge=0, le=1000)
    voted: int = Field(default=2, ge=0, le=1000)
    guessed_choice: int = Field(default=5, ge=0, le=1000)
    guessed_share: int = Field(default=3, ge=0, le=1000)
    nominated: int = Field(default=3, ge=0, le=1000)


class Pack(Item):
    """Everything that one language's files hold."""

    lang: str = Field(pattern=r"^[a-z]{2}$")
    agendas: tuple[Agenda, ...]
    briefs: tuple[Brief, ...]
    prompts: tuple[Prompt, ...]
    decks: tuple[Deck, ...]
    expert: ExpertQuiz
    families: tuple[Family, ...]
    relationships: tuple[Relationship, ...]
    reasons: tuple[Choice, ...]
    notices: Notices
    nicknames: Nicknames
    rude: tuple[str, ...]
    points: Points
