"""A server of models as OpenAI's and its kin: strict in what it takes, at times in a bad mood."""

import json
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "a-key-of-models"
KNOWN = {
    *("model", "messages", "stream", "temperature", "max_tokens"),
    *("response_format", "stream_options"),
}


@dataclass
class Models:
    """`says` makes the text of an answer from what was asked; `mood` is what goes wrong.

    `knows` are the ways of telling a shape that it takes; others are answered as `strange`, and in
    `breaks` are those over which it ends its answer before a word.
    """

    url: str = ""
    elsewhere: str = ""  # where a redirection leads to
    says: Callable[[dict[str, Any]], str] = lambda told: "{}"
    mood: str = ""
    knows: tuple[str, ...] = ("json_schema", "json_object", "")
    strange: int = 400
    breaks: tuple[str, ...] = ()
    asked: list[dict[str, Any]] = field(default_factory=list)
    called: list[str] = field(default_factory=list)  # the paths, in whatever way
    held: threading.Event = field(default_factory=threading.Event)
    over: threading.Event = field(default_factory=threading.Event)  # lets who hangs go

    @property
    def told(self) -> dict[str, Any]:
        """The data of the last question."""
        return dict(json.loads(self.asked[-1]["messages"][1]["content"]))


def check(asked: dict[str, Any]) -> None:
    """What every question must be like: an order, then data, and nothing that could act."""
    assert set(asked) <= KNOWN, set(asked) - KNOWN
    assert [one["role"] for one in asked["messages"]] == ["system", "user"]
    assert isinstance(json.loads(asked["messages"][1]["content"]), dict)
    assert asked["stream"] is True


def _piece(text: str, **more: Any) -> bytes:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": None, **more}
    return f"data: {json.dumps({'choices': [choice]})}\n\n".encode()


@contextmanager
def model_server() -> Iterator[Models]:
    """The server, until the test is over."""
    made = Models()
    faults: list[BaseException] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            made.called.append(self.path)
            self.plain(404, b"{}")

        def do_POST(self) -> None:
            made.called.append(self.path)
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            try:
                check(asked)
                assert self.path == "/v1/chat/completions"
            except AssertionError as fault:
                faults.append(fault)
            made.asked.append(asked)
            self.answer(asked)

        def answer(self, asked: dict[str, Any]) -> None:
            way = (asked.get("response_format") or {}).get("type", "")
            if self.headers["Authorization"] != f"Bearer {KEY}":
                return self.plain(401, b"{}")
            if made.mood.isdecimal():
                return self.plain(int(made.mood), b'{"error": "no"}')
            if way not in made.knows:
                return self.plain(made.strange, b'{"error": "response_format"}')
            if way in made.breaks:
                return self.plain(200, b"", "text/event-stream")
            if made.mood == "hangs":
                made.held.set()
                made.over.wait(60)
                return None
            text = made.says(json.loads(asked["messages"][1]["content"]))
            if made.mood == "whole, deep":
                return self.plain(200, b"[" * 100_000)
            if made.mood == "whole":
                said = {"message": {"content": text}, "finish_reason": "stop"}
                usage = {"prompt_tokens": 7, "completion_tokens": 5}
                body = json.dumps({"choices": [said], "usage": usage}).encode()
                return self.plain(200, body, "application/json")
            return self.stream(text)

        def stream(self, text: str) -> None:
            if made.mood in ("snaps", "resets"):
                return self.broken(text)
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.end_headers()
            if made.mood == "deep":  # what no reader of JSON gets to the bottom of
                self.wfile.write(b"data: " + b"[" * 100_000 + b"\n\n")
                return None
            if made.mood == "endless":  # a line, and never its end
                for _ in range(200):
                    self.wfile.write(b"data: " + b"x" * 65_536)
                return None
            for at in range(0, len(text), 6):
                if made.mood in ("dies", "stalls") and at > 6:
                    made.held.set()
                    if made.mood == "stalls":
                        made.over.wait(60)
                    return None  # the line ends in mid-answer
                self.wfile.write(_piece(text[at : at + 6]))
                self.wfile.flush()
            ending = "length" if made.mood == "cut" else "stop"
            self.wfile.write(_piece("", finish_reason=ending))
            usage = {"prompt_tokens": 40, "completion_tokens": 20}
            self.wfile.write(f"data: {json.dumps({'choices': [], 'usage': usage})}\n\n".encode())
            self.wfile.write(b"data: [DONE]\n\n")
            return None

        def broken(self, text: str) -> None:
            """Chunks, as most servers send them; the line ends amid one, or is torn."""
            head = ("HTTP/1.1 200 OK", "Content-Type: text/event-stream")
            head += ("Transfer-Encoding: chunked", "", "")
            self.wfile.write("\r\n".join(head).encode())
            piece = _piece(text[:6])
            self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            self.wfile.write(b"400\r\ndata: {")  # of a thousand bytes, seven
            self.wfile.flush()
            if made.mood == "resets":
                made.held.wait(60)  # until what came is read
                self.connection.setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                )
                self.connection.close()

        def plain(self, status: int, body: bytes, kind: str = "application/json") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if status in (301, 302, 303, 307, 308):
                self.send_header("Location", made.elsewhere or f"{made.url}/elsewhere")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:
                return  # who asked has gone

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield made
    finally:
        made.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
    assert not faults, faults
