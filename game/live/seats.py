"""Seats: who a connection belongs to, read from its signed cookie or its projector's key."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple
from wsgiref.types import WSGIEnvironment

from flask import Flask
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session
from werkzeug.http import parse_cookie

from game.accounts import policy, sign_in
from game.base.languages import lang_of
from game.base.refusal import Refusal
from game.live import player_cookie
from game.store.tables import Player, Workshop

SURFACES = ("phone", "projector", "remote")


@dataclass(frozen=True)
class Seat:
    """One connection: its surface, its workshop and its language.

    A phone has its player too, a remote the sign-in that its cookie named, a projector its key; a
    `small` one is the remote's own picture of it.
    """

    surface: str
    workshop_id: str
    lang: str
    player_id: str = ""
    sign_in: str = ""
    key: str = ""
    small: bool = False

    @property
    def room(self) -> str:
        """The room in which this surface hears of its screens."""
        return room(self.workshop_id, self.surface, self.lang)


def room(workshop_id: str, surface: str, lang: str) -> str:
    """The room of everybody who sees the same screen in the same language."""
    return f"{workshop_id}/{surface}/{lang}"


def cookie_of(app: Flask, environ: WSGIEnvironment) -> dict[str, object]:
    """What the signed session cookie of a handshake holds; empty where it is missing or forged."""
    cookies = parse_cookie(environ.get("HTTP_COOKIE", ""))
    found: dict[str, object] = app.session_interface.read(app, cookies)  # type: ignore[attr-defined]
    return found


def signed(app: Flask, environ: WSGIEnvironment) -> str:
    """Whom the cookies of a handshake name, a player or a sign-in; "" for a stranger.

    Of several players the first by id counts: leaving some cookies out makes nobody somebody else
    more than once a player.
    """
    cookies = parse_cookie(environ.get("HTTP_COOKIE", ""))
    players = player_cookie.players(str(app.secret_key), cookies)
    return players[0] if players else str(cookie_of(app, environ).get("_user_id", ""))


class Own(NamedTuple):
    """The player that a cookie is; who is `waiting` is out until somebody lets them in."""

    id: str
    nickname: str
    key: str
    workshop_id: str
    removed_at: int | None
    waiting: bool

    @property
    def out(self) -> str:
        """Why they are not in the room, as a refusal's code; empty for who is."""
        if not self.removed_at:
            return ""
        return "waiting" if self.waiting else "removed"


OWN = select(*(getattr(Player, name) for name in Own._fields))


def asked(auth: object) -> tuple[str, str, str] | None:
    """The (surface, workshop id, language) that a handshake asks for; None where it asks amiss."""
    if not isinstance(auth, dict):
        return None
    surface, workshop_id = auth.get("surface"), auth.get("workshop")
    if surface not in SURFACES or not isinstance(workshop_id, str) or len(workshop_id) > 16:
        return None
    return surface, workshop_id, lang_of(auth.get("lang"))


def player_of(
    reader: Connection | Session, credential: tuple[str, str], workshop_id: str
) -> Own | None:
    """The player of a credential (id, key) in a workshop, removed or not; None for a stranger."""
    row = reader.execute(OWN.where(Player.id == credential[0])).one_or_none()
    if row is None or row.key != credential[1] or row.workshop_id != workshop_id:
        return None
    return Own(*row)


def seat(session: Session, cookie: Mapping[str, object], auth: object) -> Seat | None:
    """The seat of a projector or a remote; None refuses the connection."""
    match asked(auth):
        case ("projector", workshop_id, _):
            key, small = (auth.get("key"), auth.get("small")) if isinstance(auth, dict) else ("", 0)
            return _projector(session, key, workshop_id, small=small is True)
        case ("remote", workshop_id, lang):
            return _remote(session, cookie, workshop_id, lang)
    return None


def _projector(
    session: Session, key: object, workshop_id: str, *, small: bool = False
) -> Seat | None:
    found = session.execute(
        select(Workshop.projector_key, Workshop.lang).where(Workshop.id == workshop_id)
    ).one_or_none()
    if found is None or not isinstance(key, str) or found.projector_key != key:
        return None
    return Seat("projector", workshop_id, found.lang, key=key, small=small)


def _remote(
    session: Session, cookie: Mapping[str, object], workshop_id: str, lang: str
) -> Seat | None:
    found = Seat("remote", workshop_id, lang, sign_in=str(cookie.get("_user_id", ""))[:16])
    try:
        check_runs(session, found)
    except Refusal:
        return None
    return found


def check_runs(session: Session, found: Seat) -> None:
    """Lets pass a remote whose user is signed in and may run its workshop now. Raises Refusal."""
    user = sign_in.who(session, found.sign_in)
    if user is None:
        raise Refusal("signed_out")
    policy.check(session, user, policy.RUN_WORKSHOP, found.workshop_id)
