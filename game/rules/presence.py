"""Proof of presence: signs that the big screen shows and changes, asked once at the door.

Who only holds the link has to guess them: `Tries` says how many wrong guesses a room bears, from
whatever addresses they come, before it waits (what one address may try is workshop/addresses).
"""

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass

SIGNS = (
    *("drop", "leaf", "stone", "flame", "star", "shell"),
    *("moon", "heart", "triangle", "square", "ring", "bolt"),
)
MANY = 4  # signs at a time, in order: 20,736 rows of them
EVERY_MS = 60_000  # so long they stand; those before are good as long again, for slow fingers
BURST = 30  # wrong guesses at once: those of a room of hundreds that looks at its phone
REFILL_MS = 15_000  # then one more each time so long


def shown(secret: str, workshop_id: str, at: int) -> tuple[str, ...]:
    """The signs of a workshop at `at`, in milliseconds since the epoch."""
    said = f"presence:{workshop_id}:{at // EVERY_MS}".encode()
    drawn = int.from_bytes(hmac.digest(secret.encode(), said, hashlib.sha256), "big")
    return tuple(SIGNS[drawn // len(SIGNS) ** n % len(SIGNS)] for n in range(MANY))


def left_ms(at: int) -> int:
    """How long the signs of now still stand."""
    return EVERY_MS - at % EVERY_MS


def is_right(secret: str, workshop_id: str, given: Sequence[str], at: int) -> bool:
    """Are these the signs of now, or those just before?"""
    return tuple(given) in {shown(secret, workshop_id, at - late) for late in (0, EVERY_MS)}


@dataclass(frozen=True)
class Tries:
    """Wrong guesses that a workshop still bears the memory of: so many, as of `at`."""

    wrong: int = 0
    at: int = 0

    def now(self, at: int) -> "Tries":
        """What is left of them at `at`: time forgives one after the other."""
        forgiven = max(0, at - self.at) // REFILL_MS
        if forgiven >= self.wrong:
            return Tries(0, at)
        return Tries(self.wrong - forgiven, self.at + forgiven * REFILL_MS)

    @property
    def are_over(self) -> bool:
        """May nobody guess now?"""
        return self.wrong >= BURST

    def missed(self) -> "Tries":
        """One more was wrong."""
        return Tries(self.wrong + 1, self.at)
