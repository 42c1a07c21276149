"""Health: is the process alive, is it ready for phones, and its measures."""

from ipaddress import ip_address, ip_network

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from game.base import metrics
from game.context import Game, current
from game.web.security import open_to_all

blueprint = Blueprint("health", __name__)
TEXT = "text/plain; version=0.0.4; charset=utf-8"


@blueprint.get("/healthz")
@open_to_all
def alive() -> ResponseReturnValue:
    """The process answers: nothing else is asked."""
    return {"ok": True}


@blueprint.get("/readyz")
@open_to_all
def ready() -> ResponseReturnValue:
    """May phones be sent here? 503 with what is missing otherwise."""
    game = current()
    parts = {
        "database": _reads(game) and not game.writer.is_away,
        "news": game.hears(),
        "serving": not game.writer.stopping,
    }
    return {"ok": all(parts.values()), **parts}, 200 if all(parts.values()) else 503


def _reads(game: Game) -> bool:
    try:
        with game.store.reading.connect() as connection:
            connection.execute(text("SELECT 1"))
    except Exception:
        return False
    return True


@blueprint.get("/metrics")
@open_to_all
def measures() -> ResponseReturnValue:
    """The measures, for those whom METRICS_FROM lets see them."""
    if not _may_see(request.remote_addr or "", current().settings.metrics_from):
        abort(404)
    metrics.QUEUE.set(len(current().writer.waiting))
    return Response(metrics.page(), content_type=TEXT)


def _may_see(address: str, networks: str) -> bool:
    try:
        caller = ip_address(address)
    except ValueError:
        return False
    return any(caller in ip_network(name.strip()) for name in networks.split(",") if name.strip())
