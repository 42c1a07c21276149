"""The shapes that all of the API is made of: identifiers, moments, pages, problems."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from game.base.speech import marked as _

ID = "^[0-9a-f]{16}$"
CURSOR = r"^[0-9]{1,15}\.[0-9a-f]{16}$"
Id = Annotated[str, Field(pattern=ID, examples=["9f2c41d07be83a65"])]


def _written(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Moment = Annotated[datetime, PlainSerializer(_written, return_type=str, when_used="json")]


def _written_as(pattern: str, read: Callable[[str], date]) -> BeforeValidator:
    """Texts of this form alone: the library would take numbers for days and moments, too."""

    def check(value: object) -> object:
        if isinstance(value, date):
            return value
        if not isinstance(value, str) or not re.fullmatch(pattern, value):
            raise ValueError("invalid")
        return read(value.upper())

    return BeforeValidator(check)


DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"  # RFC 3339, as JSON Schema has it
TIME = "[Tt][0-9]{2}(:[0-9]{2}){2}(\\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
Day = Annotated[date, _written_as(DAY, date.fromisoformat)]
Instant = Annotated[AwareDatetime, _written_as(DAY + TIME, datetime.fromisoformat)]


def moment(ms: int) -> datetime:
    """A moment of so many milliseconds since the epoch."""
    return datetime.fromtimestamp(ms / 1000, UTC)


def maybe(ms: int | None) -> datetime | None:
    """The same, where there is one."""
    return None if ms is None else moment(ms)


class Shape(BaseModel):
    """What is asked or answered: nothing else than what is declared."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Page(Shape):
    """How much of a list is asked for, and from where on."""

    limit: int = Field(50, ge=1, le=200, description=_("Combien au plus."))
    cursor: str = Field(
        "",
        pattern=CURSOR,
        description=_("Le « next » de la page précédente ; sans lui, la première page."),
    )


class Fault(Shape):
    """One field at fault."""

    at: str = Field(description=_("Le champ : « name », « origin.reason »…"))
    code: str
    detail: str


class Problem(Shape):
    """What went wrong (RFC 9457), in the reader's language."""

    type: str = Field(description=_("L'adresse où ce code est expliqué."))
    title: str
    status: int
    detail: str
    code: str = Field(description=_("Pour les programmes : ne change pas avec la langue."))
    errors: Sequence[Fault] = Field(description=_("Les champs en faute, un par un."))
    merged_into: Id | None = Field(
        None, description=_("Avec « lead_merged » : la piste dont celle-ci fait partie.")
    )
