"""The entry point: the only place, beside `live`, that knows which machinery waits for sockets."""

import gc
import os
import resource
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import eventlet
import eventlet.wsgi
import structlog
from eventlet.greenio import GreenSocket
from eventlet.hubs import get_hub
from flask import Flask

from game import create_app
from game.base import logs
from game.base.config import Settings
from game.context import Game
from game.serving.connections import Connections, Listener, places
from game.serving.gathering import Gathering
from game.serving.greeting import greeting
from game.serving.http_connection import Connection
from game.serving.supervise import WORKER, Supervisor, say_ready

BACKLOG = 4096  # a room scans the code within seconds; the default of 50 makes most of them wait
OPEN_FILES = 65_536
LEAVE = 9.0  # seconds
log = structlog.get_logger()


def without_compression(application: WSGIApplication) -> WSGIApplication:
    """Compression would be done once a phone for each broadcast, and doubles their memory."""

    def wrapped(environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
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
    gc.enable()


def _warm_up(app: Flask) -> None:
    """Compiles the templates of the room, so that the first phones do not wait for it."""
    for name in app.jinja_env.list_templates(["html"]):
        if name.startswith(("phone/", "projector/", "remote/", "rounds/", "components/")):
            app.jinja_env.get_template(name)


def _listen(settings: Settings, *, shared: bool) -> GreenSocket:
    address = (settings.host, settings.port)
    try:
        return eventlet.listen(address, backlog=BACKLOG, reuse_port=shared)
    except OSError as error:
        sys.exit(f"PORT: cannot listen on {settings.host}:{settings.port} ({error.strerror})")


def serve_together(settings: Settings, count: int) -> None:
    """Serves with several workers until told to stop."""
    _listen(settings, shared=False).close()  # says now, and once, that the port is taken
    app = create_app(settings, serving=False)  # migrates, and makes the secret, before they start
    print(greeting(app), flush=True)
    app.extensions["sourcerie"].stop()
    Supervisor(settings, count).run()


def serve_alone(settings: Settings) -> None:
    """Serves, alone or as one worker of several, until told to stop."""
    _raise_open_files()
    together = WORKER in os.environ
    alone = None if together else _listen(settings, shared=False)  # a taken port is said at once
    app = create_app(settings)
    if not together:
        print(greeting(app), flush=True)
    _warm_up(app)
    _calm_the_collector()
    listener = alone or _listen(settings, shared=True)  # whose connections would wait until now
    _stop_on_signals(app, listener)
    if together:
        eventlet.spawn_n(_leave_with_parent, app, listener, os.getppid())
    logs.take_over()
    _tell_faults_of_greenlets()
    connections = Connections(places(settings.most_connections), eventlet.sleep)
    eventlet.spawn_n(connections.watch)
    _gather(app.extensions["sourcerie"])
    say_ready()
    eventlet.wsgi.server(
        Listener(listener, connections),
        without_compression(app.wsgi_app),
        max_size=2 * connections.most,
        log_output=False,
        debug=False,  # no traceback goes to a client
        capitalize_response_headers=False,  # ours are written as they are to be
        protocol=partial(Connection, connections),
        socket_timeout=60,
    )
    eventlet.sleep(LEAVE)  # the door is shut; _leave ends the process


def _gather(game: Game) -> None:
    """A database of its own sockets would be answered late, once for each of a page's questions."""
    if game.store.is_sqlite:
        game.writer.gather = Gathering(get_hub())


def _tell_faults_of_greenlets() -> None:
    """Eventlet prints whole tracebacks, words and all: a line in the log says where it was."""
    hub = get_hub()

    def tell(*about: tuple[type, BaseException, object]) -> None:
        log.error("uncaught", **logs.fault_of(about[-1][1]))

    def drop(number: int, about: tuple[type, BaseException, object]) -> None:
        tell(about)
        with suppress(Exception):
            hub.remove_descriptor(number)

    hub.squelch_timer_exception = hub.squelch_generic_exception = tell
    hub.squelch_exception = drop


def _stop_on_signals(app: Flask, listener: object) -> None:
    def stop(*_: object) -> None:
        eventlet.spawn_n(_leave, app, listener)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)


def _leave_with_parent(app: Flask, listener: object, parent: int) -> None:
    """A worker whose parent died has nobody who would restart or end it."""
    while os.getppid() == parent:
        eventlet.sleep(1)
    _leave(app, listener)


def _leave(app: Flask, listener: GreenSocket) -> None:
    """Shuts the door, tells the phones, lets the writer finish: in ten seconds at most."""
    eventlet.spawn_after(LEAVE, os._exit, 1)
    listener.close()
    app.extensions["sourcerie"].stop()
    eventlet.sleep(0.2)  # lets the last frames out
    os._exit(0)
