"""Sessions: Flask's signed cookie, whose signer is made once and not for each request."""

from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode
from itsdangerous.serializer import Serializer


class Steady(TimestampSigner):
    """Signs with the time, and takes a time to come for now: a server's clock may be set back."""

    def unsign(self, signed_value: Any, max_age: Any = None, return_timestamp: bool = False) -> Any:
        """The value, with its time if asked. Raises BadSignature, also for what is too old."""
        value, at = super().unsign(signed_value, None, True)
        if max_age is not None and (datetime.now(UTC) - at).total_seconds() > max_age:
            raise SignatureExpired("too old", payload=value, date_signed=at)
        return (value, at) if return_timestamp else value


class Signer(URLSafeTimedSerializer):
    """Reads every cookie that Flask's signer reads; does not try to compress a hundred bytes."""

    default_signer = Steady

    kept: Any = None

    def make_signer(self, salt: Any = None) -> Any:
        """The one signer with the one key derived; of a given salt, another."""
        if salt not in (None, self.salt):
            return super().make_signer(salt)
        if self.kept is None:
            self.kept = super().make_signer()
            key = self.kept.derive_key()
            self.kept.derive_key = lambda *_: key
        return self.kept

    def dump_payload(self, *args: Any, **kwargs: Any) -> bytes:
        """The payload as it stands in the cookie."""
        return base64_encode(Serializer.dump_payload(self, *args, **kwargs))


class Sessions(SecureCookieSessionInterface):
    """The cookie is Flask's; the key does not change while the application runs."""

    signer: Signer | None = None

    def get_signing_serializer(self, app: Flask) -> Any:
        """The signer of this application."""
        if self.signer is None:
            self.signer = Signer(
                app.secret_key or "",
                salt=self.salt,
                serializer=self.serializer,
                signer_kwargs={
                    "key_derivation": self.key_derivation,
                    "digest_method": self.digest_method,
                },
            )
        return self.signer
