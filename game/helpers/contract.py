"""What a helper is: what goes in, what the rules make of it, and what of a model's answer stands.

A helper is given a frozen value that names every field it may know; there is no other way in. It
works without a model: a model only has a second try at what the rules have done.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict


class Given(BaseModel):
    """What a helper may know: the fields of the class that derives from it, and no other."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(BaseModel):
    """What a helper answers; a key that nobody expects makes it no answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")


G = TypeVar("G", bound=Given)
A = TypeVar("A", bound=Answer)


def as_it_is(answer: A, _given: Given) -> tuple[A, int]:
    """An answer in which no link can be."""
    return answer, 0


@dataclass(frozen=True)
class Task(Generic[G, A]):
    """One helper.

    `told` is what a model is given as its one message, as JSON. `bare` takes the links out of a
    model's answer that it was not given, and says how many. `check` gives what may stand of that,
    or None where nothing may.
    """

    key: str
    answer: type[A]
    by_rules: Callable[[G], A]
    prompt: Callable[[G], str]
    told: Callable[[G], dict[str, object]]
    check: Callable[[A, G], A | None]
    bare: Callable[[A, G], tuple[A, int]] = as_it_is


@dataclass(frozen=True)
class Reply:
    """What a model said; `tokens_in` is 0 where its server does not tell."""

    text: str
    model: str
    tokens_in: int = 0
    tokens_out: int = 0
    millis: int = 0


@dataclass(frozen=True)
class Made(Generic[A]):
    """An answer and who it is from: `by` is RULES or the model's name.

    `why` is a code of why it is the rules', where a model was asked; `links` how many links were
    taken out of what it said; `cpu` the milliseconds of processor that it took, None where they
    could not be measured.
    """

    answer: A
    by: str
    why: str = ""
    reply: Reply = field(default=Reply("", ""))
    links: int = 0
    cpu: int | None = None


RULES = "rules"


class HelperFault(Exception):
    """A model gave no answer that can be used; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code
