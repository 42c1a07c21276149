"""Signing what is told, as Standard Webhooks has it, so that a receiver checks it with any library.

`webhook-signature: v1,BASE64(HMAC-SHA256(key, "ID.TIMESTAMP.BODY"))`, after the specification of
standardwebhooks.com. A receiver refuses a timestamp more than five minutes from its own clock, so
that nothing can be played again; each try is signed anew.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable

PREFIX = "whsec_"
WINDOW = 300  # seconds: for receivers to refuse what is older


def key(secret: str, webhook_id: str, nonce: str) -> bytes:
    """The key of a webhook: made of our secret, so that no copy of the database tells it."""
    said = f"webhook {webhook_id} {nonce}".encode()
    return hmac.new(secret.encode(), said, hashlib.sha256).digest()


def shown(key: bytes) -> str:
    """A key as its receiver is given it."""
    return PREFIX + base64.b64encode(key).decode()


def headers(id: str, at: int, body: bytes, keys: Iterable[bytes]) -> dict[str, str]:
    """The three headers of a message of this moment (seconds), signed with each key."""
    said = b".".join((id.encode(), str(at).encode(), body))
    signatures = (hmac.new(key, said, hashlib.sha256).digest() for key in keys)
    signed = " ".join(f"v1,{base64.b64encode(one).decode()}" for one in signatures)
    return {"webhook-id": id, "webhook-timestamp": str(at), "webhook-signature": signed}
