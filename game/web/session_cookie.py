"""Sessions: Flask's signed cookie, by whatever name it was set, on a clock that may be set back.

A signer kept from one request to the next was measured at 20 µs less for each, 2 % of a join, and
left out.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, SignatureExpired, TimestampSigner, URLSafeTimedSerializer


class Steady(TimestampSigner):
    """Signs with the time, and takes a time to come for now: a server's clock may be set back."""

    def unsign(
        self, signed_value: str | bytes, max_age: int | None = None, return_timestamp: bool = False
    ) -> Any:
        """The value, with its time if asked. Raises BadSignature, also for what is too old."""
        value, at = super().unsign(signed_value, None, True)
        if max_age is not None and (datetime.now(UTC) - at).total_seconds() > max_age:
            raise SignatureExpired("too old", payload=value, date_signed=at)
        return (value, at) if return_timestamp else value


PLAIN = "sourcerie"
BOUND = f"__Host-{PLAIN}"  # by its name, browsers let only this very host set it, over https
HARMLESS = ("lang",)  # what a cookie of the plain name is still good for, over https


def cookie_name(*, https: bool) -> str:
    """The name of our cookie."""
    return BOUND if https else PLAIN


class Sessions(SecureCookieSessionInterface):
    """The cookie is Flask's."""

    def read(self, app: Flask, cookies: Mapping[str, str]) -> dict[str, object]:
        """What our signed cookie holds; empty where it is missing, forged or too old."""
        name = self.get_cookie_name(app)
        if name in cookies:
            return self._loads(app, cookies[name])
        held = self._loads(app, cookies.get(PLAIN, ""))
        return {key: held[key] for key in HARMLESS if key in held}

    def _loads(self, app: Flask, raw: str) -> dict[str, object]:
        if not raw:
            return {}
        try:
            age = int(app.permanent_session_lifetime.total_seconds())
            signer = self.get_signing_serializer(app)
            return dict(signer.loads(raw, max_age=age)) if signer else {}
        except BadSignature:
            return {}

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession:
        held = self.session_class(self.read(app, request.cookies))
        held.modified = bool(held) and self.get_cookie_name(app) not in request.cookies
        return held

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Sets the cookie if it changed; never with what others may keep and be given, too."""
        if not response.cache_control.public:
            super().save_session(app, session, response)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        made = super().get_signing_serializer(app)
        if made is not None:
            made.signer = Steady
        return made
