"""What a round leaves in the database as JSON, read back into frozen values."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from game.base.json_object import Json

Count = Annotated[int, Field(strict=True, ge=0)]
Shares = Mapping[str, Count]  # per cent, by the key of what was chosen


class Unreadable(Exception):
    """Something stored that this release cannot read: of an older shape, or no such thing."""


class Stored(BaseModel):
    """An answer or a result, as kept: keys and numbers.

    A field that an older release did not write has a default; one that is not known is left out.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    @classmethod
    def of(cls, kept: Json) -> Self:
        """What was kept. Raises Unreadable."""
        try:
            return cls.model_validate(kept)
        except ValidationError as error:
            raise Unreadable(f"{cls.__name__}: {error.error_count()} faults") from None

    def json_object(self) -> Json:
        """As it is kept: the fields that were given, and no others."""
        return self.model_dump(mode="json", exclude_unset=True)


class Withdrawable(Stored):
    """An answer that its player may take back: then nothing else is kept of it."""

    withdrawn: bool = False
