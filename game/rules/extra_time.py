"""More time than the room's, for who chose it."""

CHOICES = (0, 25, 50, 100)  # per cent of a round's length
MOST_MS = 5 * 60 * 1000


def extra_ms(seconds: int, percent: int) -> int:
    """How much later than the room's a player's own round ends, in milliseconds."""
    return min(10 * seconds * max(0, percent), MOST_MS)


def own_end(phase: str, stopped_at: int | None, seconds: int, percent: int) -> int:
    """Until when a player still answers a round that is closed for the room; 0 where not at all.

    `stopped_at` is when its clock stood still, in milliseconds since the epoch.
    """
    more = extra_ms(seconds, percent)
    return stopped_at + more if more and stopped_at and phase == "closed" else 0
