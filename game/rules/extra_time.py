"""More time than the room's, for who chose it."""

CHOICES = (0, 25, 50, 100)  # per cent of a round's length
MOST_MS = 5 * 60 * 1000


def extra_ms(seconds: int, percent: int) -> int:
    """How much later than the room's a player's own round ends, in milliseconds."""
    return min(10 * seconds * max(0, percent), MOST_MS)
