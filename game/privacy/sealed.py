"""Secrets of others that we must use again, such as keys of their systems: encrypted where kept."""

import base64
import hashlib
from functools import cache

from cryptography.fernet import Fernet, InvalidToken


@cache
def _seal(secret: str) -> Fernet:
    key = hashlib.sha256(b"keys of other systems\0" + secret.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def seal(secret: str, text: str) -> str:
    """The text, to be kept: without the secret nobody reads it in the database or its backups."""
    return _seal(secret).encrypt(text.encode()).decode()


def unseal(secret: str, sealed: str) -> str:
    """What was sealed; empty for nothing, and for what was sealed under another secret."""
    try:
        return _seal(secret).decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken:
        return ""
