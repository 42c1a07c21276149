"""Coming in by the page's script, given without a request context.

All of a room type a name in the same half minute. Who has only the cookie of the door's page and
sends what its script sends comes in here; what does not go as usual is handed on, and Flask answers
with what came of it (CAME).
It saves 0.5 ms of the 1.85 ms of processor that a phone took from its page to its first screen.
"""

import io
import secrets
from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import orjson

from game.base.address import is_https
from game.base.clock import now_ms
from game.base.text import all_printable
from game.context import Game
from game.web.phone import own
from game.web.phone.coming import CAME, come_in
from game.web.phone.door_page import header_of, lang_of
from game.web.phone.page_cache import Pages, new_page_id
from game.web.security import plain
from game.workshop.door import Joined
from game.workshop.header import Header

MOST = 4_096  # bytes of a name and what else the door's form asks
JSON = "application/json"


class DoorJoin:
    """A WSGI application in front of another, behind what says who calls."""

    def __init__(self, application: WSGIApplication, game: Game, pages: Pages) -> None:
        self.application = application
        self.game = game
        self.pages = pages

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        header = self._asked_of(environ)
        typed = _typed(environ) if header else None
        if header is None or typed is None:
            return self.application(environ, start)
        lang = lang_of(environ, header)
        try:
            joined = come_in(self.game, header, environ.get("REMOTE_ADDR", ""), lang, typed)
        except Exception as error:  # Flask says it, as it says all that goes wrong
            environ[CAME] = error
            return self.application(environ, start)
        body = None if joined.waiting else self._body(header, lang, joined)
        if body is None:
            environ[CAME] = joined
            return self.application(environ, start)
        self.game.grew(header.id)
        https = environ["wsgi.url_scheme"] == "https" or is_https(self.game.settings)
        headers = {
            **{"Content-Type": JSON, "Content-Length": str(len(body)), "Vary": "Cookie"},
            "Set-Cookie": own.cookie(self.game, header.id, joined.id, joined.key),
            **plain(https=https),
        }
        start("200 OK", list(headers.items()))
        return [body]

    def _asked_of(self, environ: WSGIEnvironment) -> Header | None:
        """The workshop of a script's request to come in; None for all else."""
        if environ["REQUEST_METHOD"] != "POST" or environ.get("HTTP_COOKIE") != own.PROBED:
            return None
        code, _, verb = environ["PATH_INFO"][1:].partition("/")
        kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
        return header_of(self.game, code) if verb == "join" and kind == JSON else None

    def _body(self, header: Header, lang: str, joined: Joined) -> bytes | None:
        """What the script is told, with the player's page, if that is rendered already."""
        spots = {
            **{"nonce": secrets.token_urlsafe(12), "offer": "", "now": now_ms(), "noted": ""},
            **{"page": new_page_id(), "id": joined.id, "nickname": joined.nickname},
        }
        page = self.pages.ready(header, lang, spots, "player")
        if page is None:
            return None
        said = {"ok": True, "nickname": joined.nickname, "id": joined.id, "page": page.decode()}
        return orjson.dumps(said)


def _typed(environ: WSGIEnvironment) -> dict[str, object] | None:
    """The object that was sent, if it is one; whoever comes after can read it again."""
    size = environ.get("CONTENT_LENGTH", "")
    if not size.isdigit() or int(size) > MOST:
        return None
    body = environ["wsgi.input"].read(int(size))
    environ["wsgi.input"] = io.BytesIO(body)
    try:
        sent = all_printable(orjson.loads(body))
    except orjson.JSONDecodeError:
        return None
    return sent if isinstance(sent, dict) else None
