"""The floor: an echo server of the same stack, with public API only, no game and no database."""

import sys
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import eventlet
eventlet.monkey_patch()

import gc  # noqa: E402
from typing import Any  # noqa: E402

import eventlet.wsgi  # noqa: E402
import orjson  # noqa: E402
from flask import Flask  # noqa: E402
from flask_socketio import SocketIO  # noqa: E402


class Json:
    """orjson in the shape that Socket.IO asks for."""

    @staticmethod
    def dumps(value: Any, **_: Any) -> str:
        """A value as text."""
        return orjson.dumps(value).decode()

    loads = staticmethod(lambda text, **_: orjson.loads(text))


def make() -> Flask:
    """The application: `submit` is echoed, `cast` is told to everybody, `each` to each alone."""
    app = Flask("floor")
    socketio = SocketIO(
        app,
        async_mode="eventlet",
        async_handlers=False,
        json=Json,
        transports=["websocket"],
        http_compression=False,
        ping_interval=20,
        ping_timeout=20,
        manage_session=False,
    )
    server = socketio.server

    def connect(sid: str, _environ: Any, _auth: Any = None) -> None:
        server.enter_room(sid, "all")
        server.emit("screen", {"html": "x" * 200}, to=sid)

    def submit(_sid: str, sent: Any) -> Any:
        return {"ok": True, "id": sent["id"], "points": 1, "gained": []}

    def cast(_sid: str, size: int) -> bool:
        server.emit("screen", {"html": "x" * size}, to="all")
        return True

    for event, handler in (("connect", connect), ("submit", submit), ("cast", cast)):
        server.on(event, handler)

    @app.get("/<code>")
    def page(code: str) -> str:
        return f"<!doctype html><title>{code}</title>" + "x" * 4000

    @app.post("/<code>/join")
    def join(code: str) -> Any:
        return {"ok": True}

    return app


if __name__ == "__main__":
    app = make()
    listener = eventlet.listen(("127.0.0.1", int(sys.argv[1])), backlog=4096)
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)

    def plain(environ: Any, start: Any) -> Any:
        """Without compression, which the stack would accept from a browser."""
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return app.wsgi_app(environ, start)

    eventlet.wsgi.server(listener, plain, max_size=100_000, log_output=False)
