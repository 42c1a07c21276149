"""What a job is given to work with."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from game.base.config import Settings
from game.jobs import queue
from game.privacy import chain
from game.rules.pack import Pack
from game.store.engine import Store


class Run:
    """One try at a job: its transactions, and how far it is."""

    def __init__(
        self,
        store: Store,
        packs: Mapping[str, Pack],
        held: queue.Claim,
        settings: Settings | None = None,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self.store = store
        self.packs = packs
        self.settings = settings or Settings()
        self.held = held
        self.is_stopping = is_stopping  # does the worker end?

    @property
    def given(self) -> Mapping[str, object]:
        """What the job was asked with."""
        return self.held.given

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """One transaction; keep it short, since a live room writes to the same database."""
        with self.store.writing.begin() as connection:
            yield connection

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A session in one transaction; what it notes in the audit is linked at its end."""
        with self.transaction() as connection, Session(connection) as session:
            yield session
            session.flush()
            chain.link(session)  # the transaction is committed, not this session

    def step(self, connection: Connection, done: int, total: int = 0) -> None:
        """Notes progress with what was done. Raises where the job is to stop."""
        queue.step(connection, self.held, done, total)
