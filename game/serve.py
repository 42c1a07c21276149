"""The entry point: the only place, beside `live`, that knows which machinery waits for sockets."""

import gc
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterable
from typing import Any

import eventlet
import eventlet.wsgi
from flask import Flask

from game import create_app
from game.config import Settings
from game.greeting import greeting

BACKLOG = 4096  # a room scans the code within seconds; the default of 50 makes most of them wait
MOST_SOCKETS = 100_000
OPEN_FILES = 65_536
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


def without_compression(application: Wsgi) -> Wsgi:
    """Compression would be done once a phone for each broadcast, and doubles their memory."""

    def wrapped(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return application(environ, start)

    return wrapped


def _raise_open_files() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(OPEN_FILES, hard) if hard != resource.RLIM_INFINITY else OPEN_FILES
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _calm_the_collector() -> None:
    """What is there at start stays: later collections need not look at it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def serve(settings: Settings) -> None:
    """Serves until told to stop."""
    _raise_open_files()
    try:
        listener = eventlet.listen((settings.host, settings.port), backlog=BACKLOG)
    except OSError as error:
        sys.exit(f"PORT: cannot listen on {settings.host}:{settings.port} ({error.strerror})")
    app = create_app(settings)
    print(greeting(app), flush=True)
    _calm_the_collector()
    _stop_on_signals(app)
    eventlet.wsgi.server(
        listener,
        without_compression(app.wsgi_app),
        max_size=MOST_SOCKETS,
        log_output=False,
        socket_timeout=60,
    )


def _stop_on_signals(app: Flask) -> None:
    def stop(*_: Any) -> None:
        eventlet.spawn_n(_leave, app)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _leave(app: Flask) -> None:
    app.extensions["sourcerie"].stop()
    eventlet.sleep(0.2)  # lets the last frames out
    os._exit(0)
