"""All pages of the desk, on one blueprint."""

from game.web.desk import erase, export, lead, leads, merge, nominees, places, results, verdict
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
    "results",
    "verdict",
]
