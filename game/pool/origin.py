"""Where a recommendation comes from."""

from typing import NamedTuple


class Origin(NamedTuple):
    """Who said it, in which round of which workshop, for which brief, and when.

    `at` is milliseconds since the epoch.
    """

    player_id: str
    round_id: str
    workshop_id: str
    brief_id: str | None
    at: int
