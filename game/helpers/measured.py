"""What the optional parts cost, as it was measured once: the one place of these numbers.

`docs/aids.md` tells on what they were measured; a test holds that both say the same.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """Megabytes on disk and of memory, a licence, and seconds of processor for `units` of work."""

    disk: float
    memory: int
    licence: str
    seconds: float
    units: int


VECTORS = Cost(disk=31.7, memory=152, licence="Apache-2.0", seconds=1.2, units=1_000)  # sentences
SOUND = Cost(disk=500, memory=733, licence="MIT", seconds=411, units=45)  # minutes of sound
