"""The page at the door: a stranger's page, given without a request context.

All phones of a room scan the code in the same seconds. Who has no cookie yet, or only the one that
this page gives, is shown the same page as everybody; only what is rendered already is given here,
all else is Flask's to answer.
Without it a phone that comes costs 0.2 ms of processor more.
"""

import random
import secrets
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import LanguageAccept
from werkzeug.http import dump_cookie, parse_accept_header

from game.base.address import is_https
from game.base.clock import now_ms
from game.base.languages import LANGS, SOURCE
from game.context import Game
from game.web.phone.own import DAY, PROBE, PROBED
from game.web.phone.page_cache import Pages, new_page_id
from game.web.security import protections
from game.workshop import door
from game.workshop.header import Header

GIVEN = dump_cookie(*PROBE, max_age=DAY, samesite="Lax")


class DoorPage:
    """A WSGI application in front of another."""

    def __init__(self, application: WSGIApplication, game: Game, pages: Pages) -> None:
        self.application = application
        self.game = game
        self.pages = pages
        self.dice = random.Random()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET" or environ.get("HTTP_COOKIE", PROBED) != PROBED:
            return self.application(environ, start)
        nonce = secrets.token_urlsafe(12)
        page = self._page(environ, nonce)
        if page is None:
            return self.application(environ, start)
        https = is_https(self.game.settings)
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(page)),
            "Vary": "Cookie",
            "Set-Cookie": GIVEN,
            **protections(nonce, https=https),
        }
        start("200 OK", list(headers.items()))
        return [page]

    def _page(self, environ: WSGIEnvironment, nonce: str) -> bytes | None:
        header, now = header_of(self.game, environ["PATH_INFO"][1:]), now_ms()
        if header is None or header.shut(now):
            return None
        lang = lang_of(environ, header)
        offer = door.offer(self.game.pack(lang), self.dice)
        spots = {"nonce": nonce, "offer": offer, "now": now, "page": new_page_id()}
        return self.pages.ready(header, lang, spots)


def header_of(game: Game, code: str) -> Header | None:
    """The workshop of a code that is spelled as we spell it; a database that is away has none."""
    try:
        return game.headers.by_code(code) if 4 <= len(code) <= 8 and code.isupper() else None
    except SQLAlchemyError:
        return None  # Flask asks again, and says what is wrong


def lang_of(environ: WSGIEnvironment, header: Header) -> str:
    """The language of a phone that has chosen none: its browser's, else the workshop's."""
    accepted = environ.get("HTTP_ACCEPT_LANGUAGE", "")
    best = parse_accept_header(accepted, LanguageAccept).best_match(LANGS, SOURCE)
    return best if accepted else header.lang
