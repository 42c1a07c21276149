"""The phone's pages of this worker, and the language they are shown in."""

from flask import Response, redirect, request, session, url_for

from game.web.i18n import choose
from game.web.phone.page_cache import Pages
from game.workshop.header import Header

pages = Pages()


def choose_for(workshop: Header) -> str:
    """The language of the phone: the reader's choice, else the workshop's."""
    if session.get("lang") or request.accept_languages:
        return choose()
    return workshop.lang


def to_page(workshop: Header) -> Response:
    """Sends who posted a form on to the game's page."""
    made = redirect(url_for("phone.page", code=workshop.code), 303)
    assert isinstance(made, Response)
    return made
