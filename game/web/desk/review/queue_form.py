"""What the review queue is narrowed to, as its address and its forms carry it."""

from dataclasses import dataclass, replace

from flask import request
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.pool import queue
from game.pool.lead_filter import Filter

NARROWED = ("workshop", "brief")


@dataclass(frozen=True)
class Chosen:
    """A queue, and whether names of recommenders are hidden while judging."""

    queue: queue.Queue
    hides: bool

    @property
    def query(self) -> dict[str, object]:
        """What an address or a form carries on of it; nobody's data is in it."""
        wanted = self.queue.wanted
        texts = {name: value for name in NARROWED if (value := getattr(wanted, name))}
        ticks = {"due": self.queue.due, "hide": self.hides}
        return {**texts, **{name: "1" for name, on in ticks.items() if on}}

    def hiding(self, *, hides: bool) -> dict[str, object]:
        """The same with the names hidden or shown."""
        return replace(self, hides=hides).query


def chosen(session: Session) -> Chosen:
    """The queue that was asked for."""
    workshop, brief = (request.values.get(name, "").strip()[:160] for name in NARROWED)
    wanted = queue.in_its_world(session, Filter(workshop=workshop, brief=brief))
    due, hides = bool(request.values.get("due")), bool(request.values.get("hide"))
    return Chosen(queue.Queue(wanted, now_ms(), due), hides)
