"""All pages of the people who were named, on one blueprint."""

from game.web.contact import colleague, invited, nominee, own_page, talk
from game.web.contact.nominee import blueprint

__all__ = ["blueprint", "colleague", "invited", "nominee", "own_page", "talk"]
