"""What a provider of chat does: it puts a plain text into the message that its webhook takes."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from game.base.json_object import Json

MARKS = re.compile(r"([\\`*_{}\[\]()#+|~<>!-])")


@dataclass(frozen=True)
class Provider:
    """A chat: its key, its name, and the body of a message that says a text as it stands."""

    key: str
    name: str
    body: Callable[[str], Json]


def unmarked(text: str) -> str:
    """A text of which Markdown makes nothing: what somebody typed is no link and no heading."""
    return MARKS.sub(r"\\\1", text)
