"""All pages of the people who were named, on one blueprint."""

from game.web.contact import colleague, evening, guest, invited, nominee, own_page, stand, talk
from game.web.contact.nominee import blueprint

__all__ = [
    "blueprint",
    "colleague",
    "evening",
    "guest",
    "invited",
    "nominee",
    "own_page",
    "stand",
    "talk",
]
