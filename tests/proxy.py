"""A proxy as companies have them: it passes requests on, and WebSockets only if it likes."""

import socket
import threading
from contextlib import suppress

from tests.serving import Server
from tests.waiting import free_port

REFUSED = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class Proxy:
    """In front of a server; `mode` says what becomes of WebSockets: pass, refuse or swallow."""

    def __init__(self, server: Server, mode: str = "refuse") -> None:
        self.server = server
        self.mode = mode
        self.door = self._listen()
        self.url = f"http://127.0.0.1:{self.door.getsockname()[1]}"
        self.kept: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _listen(self) -> socket.socket:
        return socket.create_server(("127.0.0.1", free_port()))

    def _rewrite(self, head: bytes) -> bytes:
        """The head of a connection's first request, as it is passed on."""
        return head

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self.door.accept()
                self.kept.append(line)
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        """Looks at the first request of a connection: browsers open a new one for a WebSocket."""
        with suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                more = line.recv(65_536)
                if not more:
                    return
                head += more
            if b"upgrade: websocket" in head.lower() and self.mode != "pass":
                if self.mode == "refuse":
                    line.sendall(REFUSED)
                    line.close()
                return
            behind = socket.create_connection(("127.0.0.1", self.server.port))
            self.kept.append(behind)
            behind.sendall(self._rewrite(head))
            threading.Thread(target=_pump, args=(behind, line), daemon=True).start()
            _pump(line, behind)

    def close(self) -> None:
        """Ends it, with all that goes through it."""
        for each in (self.door, *self.kept):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65_536):
            target.sendall(data)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
