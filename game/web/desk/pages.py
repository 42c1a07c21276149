"""All pages of the desk, on one blueprint."""

from game.web.desk import (
    agenda,
    calendar,
    erase,
    export,
    lead,
    leads,
    letters,
    merge,
    messages,
    nominees,
    places,
    results,
    rules,
    touchpoints,
    verdict,
    write,
)
from game.web.desk.surface import blueprint

__all__ = [
    "agenda",
    "blueprint",
    "calendar",
    "erase",
    "export",
    "lead",
    "leads",
    "letters",
    "merge",
    "messages",
    "nominees",
    "places",
    "results",
    "rules",
    "touchpoints",
    "verdict",
    "write",
]
