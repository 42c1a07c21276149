"""The audit's chain: whatever is changed, taken out, put in or cut off shows."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from game.privacy import chain
from game.privacy.audit import audit
from game.store.engine import Store
from game.store.tables import AuditEntry, AuditHead
from tests.databases import opened

Tamper = Callable[[Session], object]


@pytest.fixture
def chained(either: str) -> Iterator[Store]:
    """A database with some entries, in transactions of one and of several."""
    with opened(either) as store:
        with Session(store.writing) as s:
            for table in (AuditEntry, AuditHead):
                s.execute(delete(table))
            s.commit()
        write(store, 3)
        write(store, 1)
        yield store


def write(store: Store, count: int) -> None:
    with Session(store.writing) as s:
        for n in range(count):
            audit(s, f"user{n}", "lead_shown", {"lead": f"l{n}", "b": [1, "é"], "a": None})
        s.commit()


def found(store: Store) -> chain.Found:
    with store.session() as s:
        return chain.verify(s)


def test_an_untouched_chain_is_whole(chained: Store) -> None:
    seen = found(chained)
    assert (seen.count, seen.broken) == (4, None)
    write(chained, 2)
    after = found(chained)
    assert (after.count, after.broken) == (6, None)
    assert after.seal != seen.seal


def test_who_has_no_secret_cannot_write_the_chain_anew(chained: Store) -> None:
    """Every hash computed again, as the code does it: what lacks is the key."""
    chain.key_with(chained, "the secret of the house")
    with Session(chained.writing) as s:
        s.execute(delete(AuditEntry))
        s.execute(delete(AuditHead))
        s.commit()
    write(chained, 3)
    assert found(chained).broken is None
    thief = Store(chained.url.render_as_string(hide_password=False))
    for keyed_from in (1, 4):
        with Session(thief.writing) as s:
            s.execute(update(AuditHead).values(keyed_from=keyed_from))
            before, seals = chain.NONE, chain.Seals(s, keyed_from)
            for entry in s.scalars(select(AuditEntry).order_by(AuditEntry.seq)):
                entry.detail = {"lead": "nobody"}
                before = entry.seal = seals.of(entry.seq or 0, before, entry)
            s.execute(update(AuditHead).values(seal=before))
            s.commit()
        seen = found(chained)
        assert (seen.broken, seen.keyed_from) == (1 if keyed_from == 1 else None, keyed_from)
    write(chained, 1)  # the number from which entries are keyed is what tells
    with Session(thief.writing) as s:
        s.execute(update(AuditHead).values(keyed_from=1))
        s.commit()
    thief.close()
    assert found(chained).broken == 1


def test_entries_of_an_earlier_version_are_still_verified(chained: Store) -> None:
    with Session(chained.writing) as s:
        before, seals = chain.NONE, chain.Seals(s, 5)
        for entry in s.scalars(select(AuditEntry).order_by(AuditEntry.seq)):
            before = entry.seal = seals.of(entry.seq or 0, before, entry)
        s.execute(update(AuditHead).values(seal=before, keyed_from=5))  # as the migration does
        s.commit()
    chain.key_with(chained, "the secret of the house")
    write(chained, 2)
    seen = found(chained)
    assert (seen.count, seen.broken, seen.keyed_from) == (6, None, 5)
    with Session(chained.writing) as s:
        s.execute(update(AuditEntry).where(AuditEntry.seq == 2).values(at=1))
        s.commit()
    assert found(chained).broken == 2


def tampers() -> dict[str, tuple[Tamper, int]]:
    first, second, entry = AuditEntry.seq == 1, AuditEntry.seq == 2, update(AuditEntry)
    alien = AuditEntry(id="x" * 16, user_id=None, action="nothing", detail={}, at=1)
    return {
        "another user": (lambda s: s.execute(entry.where(second).values(user_id="other")), 2),
        "another detail": (lambda s: s.execute(entry.where(second).values(detail={})), 2),
        "another moment": (lambda s: s.execute(entry.where(second).values(at=1)), 2),
        "taken out": (lambda s: s.execute(delete(AuditEntry).where(second)), 2),
        "the first taken out": (lambda s: s.execute(delete(AuditEntry).where(first)), 1),
        "the end cut off": (lambda s: s.execute(delete(AuditEntry).where(AuditEntry.seq > 2)), 3),
        "all taken out": (lambda s: s.execute(delete(AuditEntry)), 1),
        "put beside it": (lambda s: s.add(alien), 5),
    }  # fmt: skip


@pytest.mark.parametrize("how", tampers())
def test_whatever_is_done_to_it_shows(chained: Store, how: str) -> None:
    tamper, where = tampers()[how]
    with Session(chained.writing) as s:
        tamper(s)
        s.commit()
    assert found(chained).broken == where


def test_what_is_rolled_back_leaves_no_gap(chained: Store) -> None:
    with Session(chained.writing) as s:
        audit(s, None, "lead_shown", {})
        s.rollback()
        audit(s, None, "lead_shown", {})
        s.commit()
    seen = found(chained)
    assert (seen.count, seen.broken) == (5, None)


def test_workers_that_write_at_once_make_one_chain(chained: Store) -> None:
    """Each worker has a writer of its own: the row of the newest link puts them in one order."""
    url = chained.url.render_as_string(hide_password=False)

    def worker(_: int) -> None:
        own = Store(url)
        for _ in range(10):
            write(own, 2)
        own.close()

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(worker, range(3)))
    seen = found(chained)
    assert (seen.count, seen.broken) == (64, None)
