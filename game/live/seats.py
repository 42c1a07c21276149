"""Seats: who a connection belongs to, read from its signed cookie or its projector's key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from flask import Flask
from itsdangerous import BadSignature
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.http import parse_cookie

from game.accounts import policy
from game.base.refusal import Refusal
from game.live.player_cookie import held
from game.store.tables import Player, User, Workshop

SURFACES = ("phone", "projector", "remote")
LANGS = ("fr", "en")


@dataclass(frozen=True)
class Seat:
    """One connection: its surface, its workshop, its language, and its player if it is a phone."""

    surface: str
    workshop_id: str
    lang: str
    player_id: str = ""

    @property
    def room(self) -> str:
        """The room in which this surface hears of its screens."""
        return room(self.workshop_id, self.surface, self.lang)


def room(workshop_id: str, surface: str, lang: str) -> str:
    """The room of everybody who sees the same screen in the same language."""
    return f"{workshop_id}/{surface}/{lang}"


def player_room(player_id: str) -> str:
    """The room of one player's phone."""
    return f"player/{player_id}"


def cookie_of(app: Flask, environ: Mapping[str, Any]) -> dict[str, Any]:
    """What the signed session cookie of a handshake holds; empty where it is missing or forged."""
    raw = parse_cookie(environ.get("HTTP_COOKIE", "")).get(app.config["SESSION_COOKIE_NAME"])
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    if not raw or serializer is None:
        return {}
    try:
        age = int(app.permanent_session_lifetime.total_seconds())
        return dict(serializer.loads(raw, max_age=age))
    except BadSignature:
        return {}


class Own(NamedTuple):
    """The player that a cookie is."""

    id: str
    nickname: str
    key: str
    workshop_id: str
    removed_at: int | None


OWN = select(*(getattr(Player, name) for name in Own._fields))


def asked(auth: Any) -> tuple[str, str, str] | None:
    """The (surface, workshop id, language) that a handshake asks for; None where it asks amiss."""
    if not isinstance(auth, dict):
        return None
    surface, workshop_id = auth.get("surface"), auth.get("workshop")
    if surface not in SURFACES or not isinstance(workshop_id, str) or len(workshop_id) > 16:
        return None
    return surface, workshop_id, auth["lang"] if auth.get("lang") in LANGS else "fr"


def player_of(reader: Any, cookie: Mapping[str, Any], workshop_id: str) -> Own | None:
    """The player that this cookie is in a workshop, removed or not; None for a stranger."""
    found = held(cookie, workshop_id)
    if found is None:
        return None
    row = reader.execute(OWN.where(Player.id == found[0])).one_or_none()
    if row is None or row.key != found[1] or row.workshop_id != workshop_id:
        return None
    return Own(*row)


def seat(session: Session, cookie: Mapping[str, Any], auth: Any) -> Seat | None:
    """The seat of a projector or a remote; None refuses the connection."""
    match asked(auth):
        case ("projector", workshop_id, _):
            return _projector(session, auth.get("key"), workshop_id)
        case ("remote", workshop_id, lang):
            return _remote(session, cookie, workshop_id, lang)
    return None


def _projector(session: Session, key: Any, workshop_id: str) -> Seat | None:
    found = session.execute(
        select(Workshop.projector_key, Workshop.lang).where(Workshop.id == workshop_id)
    ).one_or_none()
    if found is None or not isinstance(key, str) or found.projector_key != key:
        return None
    return Seat("projector", workshop_id, found.lang)


def _remote(
    session: Session, cookie: Mapping[str, Any], workshop_id: str, lang: str
) -> Seat | None:
    user = session.get(User, str(cookie.get("_user_id", "")))
    if user is None or user.disabled_at:
        return None
    try:
        policy.check(session, user, policy.RUN_WORKSHOP, workshop_id)
    except Refusal:
        return None
    return Seat("remote", workshop_id, lang)
