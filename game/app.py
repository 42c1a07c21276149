"""Where the parts of the game meet: nowhere else does one know all the others."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from flask import Flask
from flask_socketio import SocketIO
from jinja2 import FileSystemBytecodeCache
from socketio import Manager

from game import content
from game.accounts.provider import Provider
from game.base import metrics, paths
from game.base.address import is_https, is_ours
from game.base.aside import Aside
from game.base.config import Settings
from game.base.days import live_in
from game.base.languages import SOURCE
from game.base.logs import configure as configure_logs
from game.base.secret import secret_key
from game.base.sizes import MEGABYTE
from game.context import Game
from game.live.real_thread import runner
from game.live.rooms import Rooms
from game.live.seats import signed
from game.live.service import LiveService
from game.live.wire.events import Event, Json
from game.privacy import chain
from game.rules.pack import Pack
from game.screens.names import Missing
from game.store.engine import Store
from game.store.migrate import upgrade
from game.store.writer import Writer
from game.web import install as install_web
from game.web.session_cookie import Sessions, cookie_name
from game.workshop.boards import RecentBoards
from game.workshop.door import Door
from game.workshop.header import Headers
from game.workshop.play import Play

COOKIE_DAYS = 180
AFAR_AT_ONCE = 4  # people who wait for the house's provider
WRITER_WAITS = 50  # milliseconds for a lock; the writer tries again, and lets others go on


def create_app(settings: Settings, *, serving: bool = True) -> Flask:
    """The application: its database migrated, its writer running; where serving, its tasks too.

    Raises what the content, the database or a setting finds wrong.
    """
    configure_logs(settings)
    live_in(settings.time_zone)
    upgrade(settings.database_url)
    app = _flask(settings)
    packs = content.load(paths.content())
    store = Store(settings.database_url, wait_ms=WRITER_WAITS)
    socketio = _socketio(app, settings)
    secret = app.config["SECRET_KEY"]
    chain.key_with(store, secret)
    game = Game(
        settings=settings,
        store=store,
        writer=Writer(store),
        packs=packs,
        socketio=socketio,
        changed=lambda workshop_id: live.note_change(workshop_id),
        grew=lambda workshop_id: live.repaint.note_growth(workshop_id),
        secret=secret,
        door=Door(packs, secret),
        headers=Headers(store),
        boards=RecentBoards(),
        hears=lambda: live.news.up,
        aside=Aside(runner(settings.async_mode)),
        afar=Aside(runner(settings.async_mode), at_once=AFAR_AT_ONCE),
        provider=Provider(settings) if settings.oidc_issuer else None,
        play=_play(packs, settings, secret),
    )
    app.extensions["sourcerie"] = game
    install_web(app)
    live = LiveService(app, game)
    _start(game, live if serving else None)
    return app


def _start(game: Game, live: LiveService | None) -> None:
    game.writer.took = _measure
    game.writer.start()
    if live is not None:
        live.start()
        game.on_stop.append(live.stop)


def _flask(settings: Settings) -> Flask:
    app = Flask("game", template_folder=str(paths.templates()), static_folder=None)
    _configure(app, settings)
    app.jinja_env.bytecode_cache = _compiled(settings)
    app.jinja_env.undefined = Missing
    app.session_interface = Sessions()
    return app


def _play(packs: Mapping[str, Pack], settings: Settings, secret: str) -> Play:
    grace_ms = int(settings.grace_seconds * 1000)
    return Play(packs, secret, grace_ms, settings.default_country)


def _measure(seconds: float, count: int) -> None:
    metrics.COMMIT.observe(seconds)
    metrics.WRITTEN.inc(count)


def _compiled(settings: Settings) -> FileSystemBytecodeCache:
    """Templates stay compiled from one start to the next: phones wait for a restart."""
    folder = settings.instance_dir / "templates"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder))


def _configure(app: Flask, settings: Settings) -> None:
    https = is_https(settings)
    app.config.update(
        SECRET_KEY=secret_key(settings),
        SESSION_COOKIE_NAME=cookie_name(https=https),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=https,
        SESSION_REFRESH_EACH_REQUEST=False,  # an answer that comes late must not set an older one
        PERMANENT_SESSION_LIFETIME=timedelta(days=COOKIE_DAYS),
        MAX_CONTENT_LENGTH=2 * MEGABYTE,
        WTF_CSRF_TIME_LIMIT=None,  # a form may be open as long as its sign-in lasts
        BABEL_DEFAULT_LOCALE=SOURCE,
        BABEL_TRANSLATION_DIRECTORIES=str(paths.translations()),
    )


def _socketio(app: Flask, settings: Settings) -> SocketIO:
    lean = settings.wire == "lean"
    socketio = SocketIO(
        app,
        async_mode=settings.async_mode,
        async_handlers=False,
        client_manager=Rooms() if lean else Manager(),
        json=Json,
        serializer=Event,
        cors_allowed_origins=partial(is_ours, settings),
        transports=["websocket", "polling"],
        allow_upgrades=False,  # a phone that polls tries a new WebSocket by itself
        max_http_buffer_size=64 * 1024,
        http_compression=False,
        ping_interval=20,
        ping_timeout=20,
        manage_session=False,
    )
    if lean:
        from game.live.wire.lean import Lean
        from game.live.wire.polling import Polling

        socketio.lean = Lean(socketio.server, lambda environ: signed(app, environ))
        Polling(socketio.lean)
    return socketio
