"""What an answer cost: tokens as they were counted, watt-hours as a range.

The range is between a shared server that answers many at once (Mixtral 8×7B: 0.057 Wh for 300
tokens out) and a model of seven billion parameters on an ordinary processor (0.8 Wh). Where seconds
of processor are known, it is between a core of a large server that is well used and one that keeps
a small machine awake alone; both watts are assumed, not measured.
"""

PER_TOKEN = (0.057 / 300, 0.8 / 300)
WATTS = (3, 20)  # of a core at work


def watt_hours(tokens_out: int) -> tuple[float, float]:
    """Between how much and how much, in watt-hours."""
    return (tokens_out * PER_TOKEN[0], tokens_out * PER_TOKEN[1])


def of_processor(seconds: float) -> tuple[float, float]:
    """Between how much and how much, in watt-hours, for so many seconds of one core."""
    return (seconds * WATTS[0] / 3600, seconds * WATTS[1] / 3600)
