"""One HTTP connection: its requests are whole within bounds, and it gives back what it took.

Heads that are plain are read by ourselves, all others by the standard library.
"""

from collections.abc import Callable
from contextlib import suppress
from socket import SHUT_RDWR, SHUT_WR
from typing import Any
from wsgiref.types import WSGIEnvironment

import eventlet
import structlog
from eventlet.wsgi import HttpProtocol, Input

from game.base import metrics
from game.serving.connections import Connections
from game.serving.plain_head import REQUEST, Again, read_fields

READ = 65_536
WORTH = 65_536  # bytes of a body that nobody asked for, read so that the line can be used again
LINGER, MOST_LINGERED = 1.0, 1 << 20  # seconds and bytes, so that a refusal is read
log = structlog.get_logger()


class Body(Input):  # type: ignore[misc]  # eventlet is not typed
    """The body of a request, which says when it is there."""

    def __init__(self, plain: Input, done: Callable[[], None]) -> None:
        super().__init__(
            plain.rfile, plain.content_length, plain.get_socket(), plain.wfile, plain.wfile_line
        )
        self.done = done

    @property
    def left(self) -> int:
        """Bytes that are still to come."""
        return int(self.content_length) - int(self.position)

    def _do_read(self, reader: object, length: int | None = None) -> bytes:
        data = bytes(super()._do_read(reader, length))
        if not self.left:
            self.done()
        return data

    def discard(self, buffer_size: int = 16 << 10) -> None:
        """Reads what nobody asked for. Raises OSError where it is not worth that."""
        if self.left > WORTH:
            raise OSError("too much")
        super().discard(buffer_size)


class Connection(HttpProtocol):  # type: ignore[misc]  # eventlet is not typed
    """Eventlet's HTTP, for clients that are slow, rude or gone."""

    environ: dict[str, object]
    body: Body | None = None
    rfile: Any  # what is read from: eventlet's, or lines that are read again

    def __init__(self, connections: Connections, state: object, server: object) -> None:
        self.connections = connections
        self.served = 0
        super().__init__(state, server)

    def handle(self) -> None:
        """Serves its requests until it ends, however it ends."""
        try:
            super().handle()
        except (OSError, eventlet.Timeout):
            pass  # the other side is gone, or silent
        except Exception as error:
            log.error("connection_failed", fault=type(error).__name__)

    def _read_request_line(self) -> object:
        if self.served:
            eventlet.sleep(0)  # others first: many requests may be here already
        self.served += 1
        self.connections.wait(self)
        return super()._read_request_line()

    def parse_request(self) -> bool:
        """Sets command, path and headers; False where the request was answered already."""
        if not (self._parse_plainly() or super().parse_request()):
            return False
        if self.headers.get("transfer-encoding") is not None:
            return self._refuse(b"411 Length Required")
        sizes = self.headers.get_all("content-length", ["0"])
        size = sizes[0]
        if len(sizes) > 1 or not (size.isascii() and size.isdigit() and len(size) < 19):
            return self._refuse(b"400 Bad Request")
        return True

    def _parse_plainly(self) -> bool:
        """Does what the standard library would; False, and nothing is lost, where it has to."""
        request = REQUEST.fullmatch(self.raw_requestline)
        if request is None:
            return False
        headers, read = read_fields(self.rfile)
        if headers is None:
            self.rfile = Again(read, self.rfile)
            return False
        self.requestline = self.raw_requestline.decode().rstrip()
        self.request_version = "HTTP/1.1"
        self.command, path = request[1].decode(), request[2].decode()
        self.path = "/" + path.lstrip("/") if path.startswith("//") else path  # no other host's
        self.headers = headers
        self.close_connection = headers.get("connection", "").lower() == "close"
        return True

    def _refuse(self, status: bytes) -> bool:
        self.close_connection = True
        self.wfile.write(
            b"HTTP/1.1 " + status + b"\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
        )
        return False

    def log_message(self, *_said: object) -> None:
        """Nothing: the standard library would print the address and the request line."""

    def log_error(self, *_said: object) -> None:
        """Counts a request that is none."""
        metrics.BAD.labels("request").inc()

    def get_environ(self) -> dict[str, object]:
        """The request for the application, its body within bounds."""
        environ: WSGIEnvironment = super().get_environ()
        self.body = Body(environ["eventlet.input"], lambda: self.connections.answer(self))
        environ["wsgi.input"] = environ["eventlet.input"] = self.body
        (self.connections.receive if self.body.left else self.connections.answer)(self)
        idle = environ["eventlet.set_idle"]

        def become_websocket() -> None:
            self.connections.keep(self)
            idle()

        environ["eventlet.set_idle"] = become_websocket
        return environ

    def hang_up(self) -> None:
        """Ends it from outside; whoever reads or writes sees that."""
        with suppress(OSError):
            self.connection.shutdown(SHUT_RDWR)

    def finish(self) -> None:
        """Closes everything, whatever the other side did: a file left open leaks a descriptor."""
        try:
            with suppress(OSError, eventlet.Timeout):
                self._linger()
                super().finish()
        finally:
            for file in (self.wfile, self.rfile, self.connection):
                with suppress(OSError, ValueError):
                    file.close()
            self.connections.leave(self)

    def _linger(self) -> None:
        """Reads on for a moment: to close on bytes that are on their way takes the answer back."""
        if not self.close_connection or (self.body is not None and not self.body.left):
            return
        self.wfile.flush()
        self.connection.shutdown(SHUT_WR)
        with eventlet.Timeout(LINGER):
            for _ in range(MOST_LINGERED // READ):
                if not self.connection.recv(READ):
                    return
