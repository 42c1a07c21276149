"""All of the API, on one blueprint."""

from game.web.api import docs, leads, log, taking, touching, workshops
from game.web.api.surface import blueprint

__all__ = ["blueprint", "docs", "leads", "log", "taking", "touching", "workshops"]
