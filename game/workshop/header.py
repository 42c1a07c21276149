"""What every request asks of a workshop, remembered for a moment."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select

from game.store.engine import Store
from game.store.tables import Workshop

MOMENT = 0.5  # seconds; a change that this worker hears of is known at once


class Header(NamedTuple):
    """A workshop as it stands, without its texts."""

    id: str
    code: str
    lang: str
    stage: str
    version: int
    round_id: str | None
    door_open: bool
    code_expires_at: int | None
    projector_key: str

    def has_expired(self, now: int) -> bool:
        """Is its code out of date at `now` (milliseconds)?"""
        return bool(self.code_expires_at and self.code_expires_at < now)

    def shut(self, now: int) -> str:
        """Why nobody new comes in at `now`, as a refusal's code; empty while the door is open."""
        if self.stage == "ended":
            return "workshop_over"
        if not self.door_open:
            return "door_locked"
        return "code_expired" if self.has_expired(now) else ""


COLUMNS = select(*(getattr(Workshop, name) for name in Header._fields))

BY_ID = COLUMNS.where(Workshop.id == bindparam("wanted"))
BY_CODE = COLUMNS.where(Workshop.code == bindparam("wanted"))


def spelled(code: str) -> str:
    """A join code as it is kept, however it was typed: in capitals, without gaps or dashes."""
    return "".join(c for c in code.upper() if c.isalnum())


class Headers:
    """Workshops by id and by code, each at most a moment old."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self.store = store
        self.clock = clock
        self.kept: dict[str, tuple[float, Header]] = {}

    def by_id(self, workshop_id: str) -> Header | None:
        return self._get(workshop_id, BY_ID, workshop_id)

    def by_code(self, code: str) -> Header | None:
        """The workshop of a code, typed in whatever case."""
        code = spelled(code)
        if not code.isalnum() or len(code) > 8:
            return None
        return self._get(f"code {code}", BY_CODE, code)

    def forget(self, workshop_id: str) -> None:
        _, known = self.kept.pop(workshop_id, (0, None))
        found = known or next((k for _, k in self.kept.values() if k.id == workshop_id), None)
        if found:
            self.kept.pop(f"code {found.code}", None)

    def _get(self, name: str, rows: Select[*tuple[Any, ...]], wanted: str) -> Header | None:
        at, known = self.kept.get(name, (0.0, None))
        if known is not None and self.clock() - at < MOMENT:
            return known
        with self.store.reading.connect() as connection:
            row = connection.execute(rows, {"wanted": wanted}).one_or_none()
        if row is None:
            self.kept.pop(name, None)
            return None
        known = Header(*row)
        self.kept[name] = (self.clock(), known)
        return known
