"""When a round was open: the spans in which its clock ran, and what ended its fairness."""

from dataclasses import dataclass, replace

from pydantic import TypeAdapter

from game.base.json_object import Json


@dataclass(frozen=True)
class Timing:
    """Times of a round, in milliseconds since the epoch.

    `ran` are the spans in which its clock ran, so without pauses; the last one has no end while
    it runs. `closed_at` and `revealed_at` are the first time that it closed and was revealed.
    """

    ran: tuple[tuple[int, int | None], ...] = ()
    closed_at: int | None = None
    revealed_at: int | None = None

    @property
    def opened_at(self) -> int | None:
        """When it opened for the first time."""
        return self.ran[0][0] if self.ran else None

    @property
    def stopped_at(self) -> int | None:
        """When its clock stood still for the last time; None while it runs."""
        return self.ran[-1][1] if self.ran else None

    def open_until(self, at: int) -> int:
        """How long it had been open at a moment, in milliseconds, pauses taken out."""
        spans = ((start, at if end is None else min(end, at)) for start, end in self.ran)
        return sum(max(0, end - start) for start, end in spans)

    def started(self, now: int) -> "Timing":
        return replace(self.stopped(now), ran=(*self.stopped(now).ran, (now, None)))

    def stopped(self, now: int) -> "Timing":
        """The clock stands from now on; it may stand already."""
        ran = [(start, max(start, now) if end is None else end) for start, end in self.ran]
        return replace(self, ran=tuple(ran))

    def closed(self, now: int) -> "Timing":
        return replace(
            self.stopped(now), closed_at=now if self.closed_at is None else self.closed_at
        )

    def revealed(self, now: int) -> "Timing":
        """The room is shown what it came to."""
        return replace(self, revealed_at=now if self.revealed_at is None else self.revealed_at)

    def stored(self) -> Json:
        return {
            "ran": [list(span) for span in self.ran],
            "closed_at": self.closed_at,
            "revealed_at": self.revealed_at,
        }


NEVER = Timing()
READ = TypeAdapter(Timing)


def timing_of(stored: Json | None) -> Timing:
    """What was kept; a round from before times were kept has none."""
    if not stored:
        return NEVER
    return READ.validate_python(stored)
