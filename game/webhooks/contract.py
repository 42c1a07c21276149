"""What is told, and what a sender does: it posts one message and says what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

Event = Literal["lead_recommended", "lead_reviewed", "lead_erased"]
EVENTS: tuple[Event, ...] = get_args(Event)
Fault = Literal[
    "", "address_refused", "unresolved", "unreachable", "timeout", "not_trusted", "answered"
]
GONE = 410  # "the endpoint does not want any more"


@dataclass(frozen=True)
class Outcome:
    """What became of a message: what the receiver answered, or why it could not be asked."""

    status: int | None = None
    fault: Fault = ""

    @property
    def is_taken(self) -> bool:
        """Has the receiver taken it? A redirect has not: it is not followed."""
        return self.status is not None and 200 <= self.status < 300


class Sender(Protocol):
    """A way of posting."""

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Outcome:
        """Posts once, and waits for the answer a few seconds. Raises nothing."""
        ...
