"""Idempotency keys: what a program asks again with the same key is done once, and answered alike.

The answer is kept in the transaction of what was done. The header is that of the IETF's draft
"The Idempotency-Key HTTP Header Field" (draft-ietf-httpapi-idempotency-key-header).
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.json_object import Json
from game.base.refusal import Refusal
from game.store.tables import ApiAnswer


@dataclass(frozen=True)
class Answer:
    """A status of HTTP and a body of identifiers and states; `again` where it was given before."""

    status: int
    body: Json
    again: bool = False


@dataclass(frozen=True)
class Asked:
    """A request: whose, its key, and a keyed hash of what it says."""

    token: str
    key: str
    digest: str


def asked(secret: str, token: str, key: str, method: str, path: str, body: bytes) -> Asked:
    """A request of this token; its key and its words are kept as hashes alone."""
    said = b"\n".join((method.encode(), path.encode(), body))
    digest = hmac.new(f"asked {secret}".encode(), said, hashlib.sha256).hexdigest()
    return Asked(token, hashlib.sha256(key.encode()).hexdigest(), digest)


def once(session: Session, wanted: Asked, verb: Callable[[Session], Answer]) -> Answer:
    """What the verb answers, or did when this was asked first.

    A second transaction of the same key waits for the first. Raises Refusal('key_reused') where
    the key came with another request, and what the verb raises: then nothing is kept.
    """
    if not _is_first(session, wanted):
        return _given(session, wanted)
    answer = verb(session)
    mine = update(ApiAnswer).where(ApiAnswer.token_id == wanted.token, ApiAnswer.key == wanted.key)
    session.execute(mine.values(status=answer.status, body=dict(answer.body)))
    return answer


def _is_first(session: Session, wanted: Asked) -> bool:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    row = {"token_id": wanted.token, "key": wanted.key, "asked": wanted.digest}
    new = dialect.insert(ApiAnswer).values(**row, status=0, body={}, at=now_ms())
    return session.scalar(new.on_conflict_do_nothing().returning(ApiAnswer.key)) is not None


def _given(session: Session, wanted: Asked) -> Answer:
    mine = (ApiAnswer.token_id == wanted.token, ApiAnswer.key == wanted.key)
    found = session.scalars(select(ApiAnswer).where(*mine)).one()
    if found.asked != wanted.digest:
        raise Refusal("key_reused")
    return Answer(found.status, found.body, again=True)
