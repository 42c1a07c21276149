"""Links that sign somebody in once: handed over by who administers, or mailed to who forgot.

A link is signed and nothing of it is kept; its nonce, which changes when one is used, makes it
good for one use.
"""

from typing import NamedTuple

from itsdangerous import BadSignature, URLSafeTimedSerializer

GIVEN, MAILED = "", "mailed"
LASTS = {GIVEN: 86_400, MAILED: 1_800}  # seconds: a mailbox is read by more than its owner


class Named(NamedTuple):
    """Whom a link names, with which nonce, and how it travelled."""

    user_id: str
    nonce: str
    way: str


def _signer(secret: str) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(secret, salt="sign-in-link")


def token(secret: str, user_id: str, nonce: str, way: str = GIVEN) -> str:
    """What stands at the end of a link."""
    return str(_signer(secret).dumps([user_id, nonce, way]))


def named(secret: str, token: str) -> Named | None:
    """What a token says; None where it is forged or too old. Whether it was used, its nonce tells.

    A token of an earlier release says nothing of its way: it was handed over.
    """
    try:
        said = Named(*[*_signer(secret).loads(token), GIVEN][:3])
        _signer(secret).loads(token, max_age=LASTS[said.way])
    except (BadSignature, ValueError, TypeError, KeyError):
        return None
    return said


def path(token: str) -> str:
    """Where on our site a token signs in."""
    return f"/sign-in/link/{token}"
