"""Polls find the worker that holds their connection, whichever worker they come to.

Workers share one port, proxies keep lines open and a room has one address: nothing about a request
says where the one before it went. So each connection's id begins with its worker's name, and a
worker that is asked for another's passes the request on through Redis, which all of them hear, on
whatever machine. A WebSocket is one request and stays where it came.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from itertools import count
from threading import Event
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIEnvironment

import structlog
from engineio.payload import Payload
from flask_socketio import SocketIO

from game.live.news import News
from game.live.task import Task

SEPARATOR = b"\x1e"
Payload.max_decode_packets = (
    64  # in one POST: a browser sends what has come together since the last
)
WORKER = re.compile("[0-9a-f]{8}")
NO_TEXT = re.compile("[\udc80-\udcff]")
PASSED_ON = ("REQUEST_METHOD", "QUERY_STRING", "HTTP_HOST", "HTTP_ORIGIN", "wsgi.url_scheme")
FORWARDED = ("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST")
GONE = ("400 BAD REQUEST", [("Content-Type", "application/json")], b'{"code":1}')
Answer = tuple[str, list[tuple[str, str]], bytes]
log = structlog.get_logger()


@dataclass
class Asked:
    """A request that was passed on, and what came back, which is nothing where nobody answers."""

    owner: str
    done: Event = field(default_factory=Event)
    answer: Answer = GONE

    def give(self, answer: Answer) -> None:
        self.answer = answer
        self.done.set()


class Relay(Task):
    """In front of the server's own handling of requests."""

    PAUSE = 1.0

    def __init__(self, socketio: SocketIO, news: News, worker: str) -> None:
        super().__init__(socketio)
        self.news = news
        self.worker = worker
        self.eio = socketio.server.eio
        self.numbers = count()
        self.asked: dict[int, Asked] = {}
        self.here, self.eio.handle_request = self.eio.handle_request, self.handle_request
        name = self.eio.generate_id
        self.eio.generate_id = lambda: f"{worker}.{name()}"

    def handle_request(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answers a request of Engine.IO, here or by whoever holds its connection."""
        if "sid=" not in environ.get("QUERY_STRING", ""):
            answered: Iterable[bytes] = self.here(environ, start)
            return answered
        status, headers, body = self._answer(environ)
        start(status, headers)
        return [body]

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        query = parse_qs(environ["QUERY_STRING"])
        sid, transport = query.get("sid", [""])[0], query.get("transport", [""])[0]
        body = _body(environ, self.eio.max_http_buffer_size)
        if transport != "polling" or body is None:
            return GONE
        owner = sid.partition(".")[0]
        asked = {name: environ[name] for name in (*PASSED_ON, *FORWARDED) if name in environ}
        if owner == self.worker:
            return self._take(sid, asked, body)
        if not WORKER.fullmatch(owner):
            return GONE
        return self._pass_on(owner, [sid, asked, body.decode()])

    def _take(self, sid: str, asked: dict[str, object], body: bytes) -> Answer:
        """The answer to a request for a connection of this worker."""
        held = self.eio.sockets.get(sid)
        if held is None or held.closed:
            return GONE
        said: list[Any] = []
        environ = {**asked, "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body)}
        parts = self.here(environ, lambda *head: said.extend(head))
        return said[0], [*said[1], ("Cache-Control", "no-store")], b"".join(parts)

    # -- to and from other workers --

    def _pass_on(self, owner: str, request: list[object]) -> Answer:
        """Asks the owner; a connection of nobody is gone, and its client comes anew."""
        number, asked = next(self.numbers), Asked(owner)
        self.asked[number] = asked
        try:
            if self.news.tell_one(owner, "poll", [number, *request]):
                asked.done.wait(self.eio.ping_interval + self.eio.ping_timeout)
            return asked.answer
        finally:
            del self.asked[number]

    def hear_poll(self, asker: str, about: Sequence[Any]) -> None:
        """Another worker was asked for a connection of ours."""
        self.socketio.start_background_task(self._serve, asker, *about)

    def _serve(
        self, asker: str, number: int, sid: str, asked: dict[str, object], body: str
    ) -> None:
        try:
            status, headers, answer = self._take(sid, asked, body.encode())
        except Exception as error:
            log.warning("poll_failed", fault=type(error).__name__)
            status, headers, answer = GONE
        self.news.tell_one(asker, "polled", [number, status, headers, answer.decode()])

    def hear_polled(self, _owner: str, about: Sequence[Any]) -> None:
        """What another worker answered."""
        number, status, headers, body = about
        asked = self.asked.get(number)
        if asked is not None:
            asked.give((status, [(name, value) for name, value in headers], body.encode()))

    def once(self) -> None:
        """Ends the waiting for workers that are gone."""
        waiting = list(self.asked.values())
        gone = {owner for owner in {a.owner for a in waiting} if not self.news.reaches(owner)}
        for asked in waiting:
            if asked.owner in gone:
                asked.give(GONE)


def _body(environ: WSGIEnvironment, most: int) -> bytes | None:
    """The whole body, as text that can be decoded; None where it broke off or is too long.

    What is no UTF-8 becomes a sign that JSON forbids: the answer that holds it is refused by its
    id, and nobody guesses what it was.
    """
    if environ["REQUEST_METHOD"] != "POST":
        return b""
    said = environ.get("CONTENT_LENGTH") or ""
    if not said.isascii() or not said.isdigit() or int(said) > most:
        return None
    body: bytes = environ["wsgi.input"].read(int(said))
    if len(body) != int(said) or body.count(SEPARATOR) >= Payload.max_decode_packets:
        return None
    return NO_TEXT.sub("\0", body.decode(errors="surrogateescape")).encode()
