"""All of the law's pages, on one blueprint."""

from game.web.law import audit, company, notice, papers, texts, year_links
from game.web.law.surface import blueprint

__all__ = ["audit", "blueprint", "company", "notice", "papers", "texts", "year_links"]
