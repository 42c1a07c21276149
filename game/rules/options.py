"""What a facilitator may set for a round: each option with its label, control and choices."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, model_validator
from pydantic.config import JsonDict

from game.base.text import all_printable
from game.rules.pack import Keyed, Pack
from game.rules.part import Many

K = TypeVar("K", bound=Keyed)


class Options(BaseModel):
    """The options of one kind of round; each kind derives its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _printable(cls, typed: object) -> object:
        return all_printable(typed)


@dataclass(frozen=True)
class Asking:
    """How an option is asked for: see `option`."""

    part: Many[Keyed] | None = None
    named: Callable[[Keyed, Pack], str] | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    hint: str = ""
    empty: str = ""
    lines: bool = False
    at_once: bool = False
    asked: bool = True


def option(
    usual: object,
    label: str,
    *,
    part: Many[K] | None = None,
    named: Callable[[K, Pack], str] | None = None,
    labels: Mapping[str, str] | None = None,
    hint: str = "",
    empty: str = "",
    lines: bool = False,
    at_once: bool = False,
    asked: bool = True,
    ge: int | None = None,
    le: int | None = None,
    max_length: int | None = None,
) -> Any:
    """An option with its usual value and its label.

    `part` is the content it chooses from, `named(item, pack)` what an item of it is called, and
    `labels` the words of a fixed choice; `empty` is what choosing nothing is called; `lines` asks
    for several lines of text, which `hint` explains; `at_once` offers it on the remote too.
    What is not `asked` stands in no form.
    `ge`, `le` and `max_length` bound its value.
    """
    naming = cast("Callable[[Keyed, Pack], str] | None", named)
    asking = Asking(part, naming, labels or {}, hint, empty, lines, at_once, asked)
    extra = cast("JsonDict", {"asking": asking})  # stands on the field; no schema is ever written
    return Field(usual, title=label, json_schema_extra=extra, ge=ge, le=le, max_length=max_length)


def asking(kind_options: type[Options], name: str) -> Asking:
    """How an option is asked for."""
    extra = kind_options.model_fields[name].json_schema_extra
    found: object = extra.get("asking") if isinstance(extra, dict) else None
    return found if isinstance(found, Asking) else Asking()
