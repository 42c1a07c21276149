"""Static files, given in front of the application: no session is read or written for them.

The build gives each file a name that changes with what is in it, so browsers keep it for good, and
compresses it beforehand. All of them together are small: they stay in memory.

A page that was open during an upgrade, or that another server of another build made, asks for a
name of that other build: it is given what stands here under the same plain name, since the screens
that the page will show are of this build; and it asks again another time.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from mimetypes import guess_type
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

from game.web.icons import Icons
from game.web.security import plain

AT = "/static/"
FOR_GOOD = "public, max-age=31536000, immutable"
FOR_NOW = "no-cache"
HASHED = re.compile(r"-[A-Z0-9]{8}(\.\w+)$")  # as the build names a file, before its ending
WAYS = {"br": ".br", "gzip": ".gz"}  # how a file may travel, best first, and how its file ends


class NotBuilt(Exception):
    """The front end was not built: `make setup` does."""


@dataclass(frozen=True)
class Kept:
    """One file in memory: its bytes by the way they travel, "" for as they are."""

    headers: Mapping[str, str]
    ways: Mapping[str, bytes]


class Built:
    """What the build made: addresses by plain name, files by their own."""

    def __init__(self, folder: Path) -> None:
        """Reads the whole of `folder`; raises NotBuilt where there is none."""
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise NotBuilt(f"{folder} is missing: run make setup") from None
        self.files = {name: _kept(folder / name) for name in manifest.values()}
        mark = manifest.get("sourcerie.svg")
        self.icons = Icons((folder / mark).read_text() if mark else "")
        self.names: Mapping[str, str] = {**manifest, **self.icons.names}

    def find(self, name: str) -> Kept | None:
        """The file of a hashed name; of another build's name, what is now its like."""
        found = self._own(name)
        if found:
            return found
        plain_name, is_hashed = HASHED.subn(r"\1", name)
        like = self._own(self.names.get(plain_name, "")) if is_hashed else None
        return like and replace(like, headers={**like.headers, "Cache-Control": FOR_NOW})

    def _own(self, name: str) -> Kept | None:
        if name in self.icons.sizes and name not in self.files:
            self.files[name] = _headed(name, {"": self.icons.draw(name)})
        return self.files.get(name)

    def address(self, name: str) -> str:
        """Where browsers find the file of this plain name, such as "phone.css"."""
        return AT + self.names[name]


def _kept(file: Path) -> Kept:
    ways = {way: file.with_name(file.name + ending) for way, ending in WAYS.items()}
    pressed = {way: path.read_bytes() for way, path in ways.items() if path.exists()}
    return _headed(file.name, {**pressed, "": file.read_bytes()})


def _headed(name: str, ways: Mapping[str, bytes]) -> Kept:
    kind = guess_type(name)[0] or "application/octet-stream"
    kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
    headers = {
        "Content-Type": kind,
        "Cache-Control": FOR_GOOD,
        "ETag": f'"{name}"',
        **({"Vary": "Accept-Encoding"} if len(ways) > 1 else {}),
    }
    return Kept(headers, ways)


class StaticFiles:
    """A WSGI application in front of another: what was built is given under /static/."""

    def __init__(self, application: WSGIApplication, built: Built, *, https: bool) -> None:
        self.application = application
        self.built = built
        self.protections = plain(https=https)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Gives the file, or lets the application behind answer."""
        path, method = environ["PATH_INFO"], environ["REQUEST_METHOD"]
        if not path.startswith(AT) or method not in ("GET", "HEAD"):
            return self.application(environ, start)
        found = self.built.find(path[len(AT) :])
        if found is None:
            return self._answer(start, "404 Not Found", {"Content-Type": "text/plain"}, b"")
        if found.headers["ETag"] in environ.get("HTTP_IF_NONE_MATCH", ""):
            return self._answer(start, "304 Not Modified", found.headers, None)
        way = _way(environ.get("HTTP_ACCEPT_ENCODING", ""), found)
        headers = {**found.headers, **({"Content-Encoding": way} if way else {})}
        body = self._answer(start, "200 OK", headers, found.ways[way])
        return body if method == "GET" else ()

    def _answer(
        self, start: StartResponse, status: str, headers: Mapping[str, str], body: bytes | None
    ) -> Iterable[bytes]:
        sized = {} if body is None else {"Content-Length": str(len(body))}
        start(status, list({**self.protections, **headers, **sized}.items()))
        return (body or b"",)


def _way(accepted: str, found: Kept) -> str:
    """The smallest way that the browser understands."""
    wanted = parse_accept_header(accepted, Accept)
    return next((way for way in found.ways if way and wanted.quality(way) > 0), "")
