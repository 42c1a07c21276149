"""Who was erased and stays out: keyed hashes of what recognised them, and nothing else of them."""

import hmac
from collections.abc import Iterable

from sqlalchemy import Connection, select

from game.store.among import Among
from game.store.prepared import Prepared
from game.store.tables import Suppression

ERASED = Prepared(select(Suppression.digest).where(Among(Suppression.digest, "digests")))


def digest(secret: str, key: str) -> str:
    """The keyed hash under which an erased person's key is remembered."""
    return hmac.digest(secret.encode(), key.encode(), "sha256").hex()


def id_key(lead_id: str) -> str:
    """What recognises a lead in our own files, even one of whom no more than a name is known."""
    return f"d:{lead_id}"


def suppressed_among(connection: Connection, secret: str, keys: Iterable[str]) -> set[str]:
    """Those of the keys by which an erased person was known."""
    by_digest = {digest(secret, key): key for key in keys}
    rows = ERASED.raw(connection, digests=list(by_digest)) if by_digest else ()
    return {by_digest[row[0]] for row in rows}
