"""All pages of the desk, on one blueprint."""

from game.web.desk import erase, export, lead, leads, merge, nominees, places, verdict
from game.web.desk.surface import blueprint

__all__ = [
    "blueprint",
    "erase",
    "export",
    "lead",
    "leads",
    "merge",
    "nominees",
    "places",
    "verdict",
]
