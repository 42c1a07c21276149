"""The doctor: what is well, what is doubtful, what must be mended before a workshop."""

import os
import shutil
import socket
import time
from typing import NamedTuple
from urllib.parse import urlsplit

from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import SQLAlchemyError

from game import content
from game.accounts.provider import Away, Provider
from game.base import paths
from game.base.address import public_url
from game.base.config import Settings
from game.base.loopback import is_loopback
from game.base.sizes import MEGABYTE
from game.helpers import hear, near
from game.helpers.contract import HelperFault
from game.helpers.endpoint import Endpoint, way_told
from game.serving.handshake import shake
from game.store.engine import Store
from game.store.migrate import head
from game.web.static_files import Built, NotBuilt

ENOUGH_BYTES = 500 * MEGABYTE
EARLIEST = 1_767_225_600  # 1 January 2026: a clock before that is wrong


class Finding(NamedTuple):
    """One thing that was looked at: its state (ok, warn or FAIL), and what to mend."""

    state: str
    what: str
    said: str


def examine(settings: Settings) -> list[Finding]:
    """Everything that is looked at, in order."""
    return [
        Finding("ok", "settings", "all can be read"),
        _database(settings),
        _clock(),
        _disk(settings),
        _front_end(),
        _content(),
        _address(settings),
        _live(settings),
        sign_in(settings),
        *_model(settings),
        _vectors(),
        _sound(),
    ]


def sign_in(settings: Settings) -> Finding:
    """How staff come in, and whether the provider that they come by answers as it is named."""
    if not settings.oidc_issuer:
        return Finding("ok", "sign-in", "by password or by link")
    try:
        Provider(settings).ask()
    except Away as away:
        said = f"OIDC_ISSUER does not answer, or names itself otherwise ({away})"
        return Finding("FAIL", "sign-in", said)
    return Finding("ok", "sign-in", "the provider answers")


def _database(settings: Settings) -> Finding:
    store = Store(settings.database_url)
    try:
        with store.reading.connect() as connection:
            now = MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        said = f"cannot be reached ({type(error).__name__}); check DATABASE_URL"
        return Finding("FAIL", "database", said)
    finally:
        store.close()
    if now != head():
        return Finding("warn", "database", "will be migrated at the next start")
    return Finding("ok", "database", store.url.get_backend_name())


def _clock() -> Finding:
    if time.time() < EARLIEST:
        return Finding("FAIL", "clock", "is years behind; set the machine's time")
    return Finding("ok", "clock", time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime()))


def _disk(settings: Settings) -> Finding:
    folder = settings.instance_dir
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        return Finding("FAIL", "disk", "INSTANCE_DIR cannot be written to")
    free = shutil.disk_usage(folder).free
    said = f"{free // 1024 // 1024} MB free"
    return Finding("ok" if free > ENOUGH_BYTES else "warn", "disk", said)


def _front_end() -> Finding:
    try:
        count = len(Built(paths.built()).files)
    except (NotBuilt, OSError) as missing:
        return Finding("FAIL", "front end", f"{missing}")
    return Finding("ok", "front end", f"{count} files are there")


def _content() -> Finding:
    problems = content.check(paths.content())
    if problems:
        return Finding("warn", "content", f"{len(problems)} problems; see sourcerie content check")
    return Finding("ok", "content", "all packs are fine")


def _address(settings: Settings) -> Finding:
    url = public_url(settings)
    if is_loopback(url):
        return Finding("warn", "address", f"{url} leads to this machine only; set PUBLIC_URL")
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), timeout=3).close()
    except OSError:
        said = f"nothing answers at {url} now; is the game served, and the network open?"
        return Finding("warn", "address", said)
    return Finding("ok", "address", url)


def _live(settings: Settings) -> Finding:
    """A real handshake, with the origin that phones will have."""
    shaken = shake(public_url(settings))
    return Finding(shaken.state, "live line", shaken.said)


FAULTS = {
    "public_address": "is a public address; set HELPER_REMOTE=yes if data may leave the house",
    "unreachable": "cannot be reached; check HELPER_URL",
    "refused": "refuses to answer; check HELPER_KEY and HELPER_MODEL",
    "too_slow": "does not answer in time; take a smaller model, or set HELPER_SECONDS",
}


def _model(settings: Settings) -> list[Finding]:
    """One short question to the server of models, where there is one: no datum of anybody."""
    endpoint = Endpoint.of(settings)
    if endpoint is None:
        return []
    model = settings.model_for("")
    shape = {
        "type": "object",
        "properties": {"word": {"type": "string"}},
        "required": ["word"],
        "additionalProperties": False,
    }
    try:
        reply = endpoint.ask(model, "Answer with a JSON object of one word.", {"ask": "hi"}, shape)
    except HelperFault as fault:
        told = FAULTS.get(fault.code, f"gives no answer that can be used ({fault.code})")
        return [Finding("warn", "model", f"{model} {told}; rules do its work meanwhile")]
    told = f"{model} answers in {reply.millis} ms, its shape told by {way_told(endpoint, model)}"
    return [Finding("ok", "model", told)]


def _vectors() -> Finding:
    """Whether the extra is there that says how near texts are in meaning; it is not loaded."""
    if not near.is_there():
        return Finding("ok", "vectors", "not installed, rules do without: sourcerie[vectors]")
    return Finding("ok", "vectors", "installed; the worker loads them when they are asked")


def _sound() -> Finding:
    """Whether interviews can be transcribed here, and by the very model that was tried."""
    if not hear.is_there():
        return Finding("ok", "sound", "not installed, nothing is recorded: sourcerie[sound]")
    try:
        hear.model()
    except hear.Changed as changed:
        said = f"the model's {changed} is not the one that was tried; nothing is transcribed"
        return Finding("warn", "sound", f"{said}: install requirements-sound.lock")
    return Finding("ok", "sound", "installed, its model as pinned; the worker transcribes")
