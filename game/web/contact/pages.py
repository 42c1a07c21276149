"""All pages of the people who were named, on one blueprint."""

from game.web.contact import invited, nominee, own_page
from game.web.contact.nominee import blueprint

__all__ = ["blueprint", "invited", "nominee", "own_page"]
