"""The chain of the audit: each entry carries a hash over itself and the hash of the one before.

Whoever changes, takes out or puts in an entry breaks every link behind it. The hash is keyed with
the house's secret, so that who can write to the database and knows no secret cannot write the chain
anew. The newest link is shown to the data-protection officer and stands in every export: kept
elsewhere, it shows also a chain that was written anew by somebody who does. Entries before
`keyed_from` are of a version whose hashes had no key; that number is part of all keyed ones.
Entries are linked as the last thing before a commit, in one order for all workers: the row of the
newest link is locked, and nothing else is after it.
"""

import hashlib
import hmac
from dataclasses import dataclass

import orjson
from sqlalchemy import event, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from game.store.engine import Store
from game.store.tables import AuditEntry, AuditHead

WAITING = "audit entries to link"  # in a session's `info`
NONE = "0" * 64  # what stands before the first
AT_ONCE = 1_000
KEY = "key of the audit"  # among the options of a database's connections
LAST = update(AuditHead).where(AuditHead.id == 1).execution_options(synchronize_session=False)


@dataclass(frozen=True)
class Found:
    """What a look at the whole chain found; `broken` is the number of the first bad link."""

    count: int
    seal: str
    broken: int | None
    keyed_from: int


def key_with(store: Store, secret: str) -> None:
    """From now on, what this store writes and verifies is keyed with the house's secret."""
    options = {KEY: hmac.digest(secret.encode(), b"the chain of the audit", "sha256")}
    for engine in (store.reading, store.writing):
        engine.update_execution_options(**options)


def note(session: Session, entry: AuditEntry) -> None:
    """The entry is linked before this session's commit."""
    session.add(entry)
    session.info.setdefault(WAITING, []).append(entry)


def link(session: Session) -> None:
    """Links what waits; whoever does not commit the session itself calls it at the end."""
    waiting: list[AuditEntry] = session.info.pop(WAITING, [])
    if not waiting:
        return
    session.flush()
    seq, seal, keyed_from = _lock(session, len(waiting))
    sealed = Seals(session, keyed_from)
    for number, entry in enumerate(waiting, seq - len(waiting) + 1):
        entry.seq, entry.seal = number, sealed.of(number, seal, entry)
        seal = entry.seal
    session.flush()
    session.execute(LAST.values(seal=seal))


def _lock(session: Session, count: int) -> tuple[int, str, int]:
    """Keeps the newest link for this transaction: (its number and `count` more, its hash, ...)."""
    told = (AuditHead.seq, AuditHead.seal, AuditHead.keyed_from)
    taken = LAST.values(seq=AuditHead.seq + count).returning(*told)
    found = session.execute(taken).one_or_none()
    if found is None:
        dialect = sqlite if session.connection().dialect.name == "sqlite" else postgresql
        first = dialect.insert(AuditHead).values(id=1, seq=0, seal=NONE, keyed_from=1)
        session.execute(first.on_conflict_do_nothing())
        found = session.execute(taken).one()
    return int(found.seq), str(found.seal), int(found.keyed_from)


class Seals:
    """The hashes of a chain whose entries are keyed from a number on."""

    def __init__(self, session: Session, keyed_from: int) -> None:
        self.key = bytes(session.connection().get_execution_options().get(KEY, b""))
        self.keyed_from = keyed_from

    def of(self, seq: int, before: str, entry: AuditEntry) -> str:
        """The hash of an entry that follows the hash `before`."""
        told = (entry.id, entry.user_id, entry.action, entry.detail, entry.at)
        if seq < self.keyed_from:
            return hashlib.sha256(_written(seq, before, *told)).hexdigest()
        return hmac.digest(self.key, _written(self.keyed_from, seq, before, *told), "sha256").hex()


def _written(*said: object) -> bytes:
    return orjson.dumps(said, option=orjson.OPT_SORT_KEYS)


def verify(session: Session) -> Found:
    """Walks the whole chain."""
    seq, seal, head = 0, NONE, session.get(AuditHead, 1)
    keyed_from = head.keyed_from if head else 1
    sealed = Seals(session, keyed_from)
    while True:
        page = select(AuditEntry).where(AuditEntry.seq > seq).order_by(AuditEntry.seq)
        rows = session.scalars(page.limit(AT_ONCE)).all()
        for row in rows:
            if row.seq != seq + 1 or row.seal != sealed.of(seq + 1, seal, row):
                return Found(seq, seal, seq + 1, keyed_from)
            seq, seal = seq + 1, str(row.seal)
        session.expunge_all()
        if len(rows) < AT_ONCE:
            return Found(seq, seal, _end(session, seq, seal), keyed_from)


def _end(session: Session, seq: int, seal: str) -> int | None:
    """Is the last entry the newest link, and does none stand outside the chain?"""
    head = session.get(AuditHead, 1)
    outside = session.scalar(select(AuditEntry.id).where(AuditEntry.seq.is_(None)).limit(1))
    newest = (head.seq, head.seal) if head else (0, NONE)
    whole = newest == (seq, seal) and outside is None
    return None if whole else seq + 1


@event.listens_for(Session, "before_commit")
def _before_commit(session: Session) -> None:
    link(session)


@event.listens_for(Session, "after_rollback")
def _after_rollback(session: Session) -> None:
    session.info.pop(WAITING, None)
