"""Static files, given in front of the application: no session is read or written for them."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from werkzeug.exceptions import NotFound
from werkzeug.middleware.shared_data import SharedDataMiddleware

from game.web.security import plain

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
AT = "/static"
KEPT_SECONDS = 3600


class StaticFiles:
    """A WSGI application in front of another: what stands in `folder` is given under /static/."""

    def __init__(self, behind: Wsgi, folder: Path, *, https: bool) -> None:
        self.behind = behind
        self.protections = plain(https=https)
        self.files = SharedDataMiddleware(NotFound(), {AT: str(folder)}, cache_timeout=KEPT_SECONDS)

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        """Gives the file, or lets the application behind answer."""
        if not environ["PATH_INFO"].startswith(f"{AT}/"):
            return self.behind(environ, start)
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.behind(environ, start)
        found: Iterable[bytes] = self.files(environ, self._protected(start))
        if environ["REQUEST_METHOD"] == "GET":
            return found
        if hasattr(found, "close"):
            found.close()
        return ()

    def _protected(self, start: Any) -> Callable[..., Any]:
        """`start` with the headers of every answer, where the file has none of its own."""

        def started(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            given = {name.lower() for name, _ in headers}
            added = [pair for pair in self.protections.items() if pair[0].lower() not in given]
            return start(status, [*headers, *added], exc_info)

        return started
