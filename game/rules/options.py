"""What a facilitator may set for a round: each option with its label, control and choices."""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from game.base.text import all_printable
from game.rules.part import Part


class Options(BaseModel):
    """The options of one kind of round; each kind derives its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _printable(cls, typed: object) -> Any:
        return all_printable(typed)


def option(
    usual: object,
    label: str,
    *,
    part: Part[Any] | None = None,
    named: Any = None,
    labels: Mapping[str, str] | None = None,
    hint: str = "",
    empty: str = "",
    lines: bool = False,
    at_once: bool = False,
    **limits: Any,
) -> Any:
    """An option with its usual value and its label.

    `part` is the content it chooses from, `named(item, pack)` what an item of it is called, and
    `labels` the words of a fixed choice; `empty` is what choosing nothing is called; `lines` asks
    for several lines of text, which `hint` explains; `at_once` offers it on the remote too.
    """
    more = {
        "part": part,
        "named": named,
        "labels": dict(labels or {}),
        "hint": hint,
        "empty": empty,
        "lines": lines,
        "at_once": at_once,
    }
    return Field(usual, title=label, json_schema_extra=more, **limits)


def said_of(kind_options: type[Options], name: str) -> Mapping[str, Any]:
    """What `option` was told of an option."""
    extra = kind_options.model_fields[name].json_schema_extra
    return extra if isinstance(extra, dict) else {}
