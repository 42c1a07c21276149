"""What a provider of mail does: it opens a line and sends one mail after the other over it."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Mail:
    """One mail to one person, in plain text.

    `sender` is the house's address, with `sender_name` before it; answers go to `reply_to`.
    `message_id` stays the same should it ever be sent again.
    """

    sender: str
    sender_name: str
    reply_to: str
    to: str
    subject: str
    text: str
    message_id: str
    lang: str
    calendar: bytes = b""  # a file of a meeting, to go with it


class Refused(Exception):
    """The server does not take this mail, and never will."""


class Unreachable(Exception):
    """The server is away, or takes nothing now: this mail was not taken and may be sent later."""


class Lost(Exception):
    """The line broke while a mail was handed over: nobody knows whether it was taken."""


class Line(Protocol):
    """An open line to the server."""

    def send(self, mail: Mail) -> None:
        """Hands over one mail. Raises Refused, Unreachable or Lost."""


class Mailer(Protocol):
    """A provider."""

    def open(self) -> AbstractContextManager[Line]:
        """A line for some mails. Raises Unreachable."""
