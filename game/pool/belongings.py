"""Whatever any table holds of a lead goes with it when it is merged: none is forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

import game.store.tables  # noqa: F401  all of them are declared by then
from game.store.base import Base

# whose merging has rules of its own, and what is made anew of the lead itself
BY_HAND = frozenset(
    (
        "recommendations",
        "verdicts",
        "touchpoints",
        "lead_keys",
        "former_keys",
        "merges",
        "lead_tags",
    )
)
DERIVED = frozenset(("compared", "lead_blocks", "doubles"))
STAYS = frozenset(("imported",))  # which leads a file brought: what was merged is not taken back


@dataclass(frozen=True, eq=False)
class Belonging:
    """A table of which each row, with an id of its own, belongs to a lead by a column."""

    id: Any
    owner: Any

    def ids(self, session: Session, lead_id: str) -> list[str]:
        """The rows of a lead."""
        return list(session.scalars(select(self.id).where(self.owner == lead_id)))

    def move(self, session: Session, ids: Sequence[str], was: str, now: str) -> None:
        """These rows, where they are still the one lead's, are the other's."""
        table = self.id.table
        rows = update(table).where(self.id.in_(ids), self.owner == was)
        session.execute(rows.values({self.owner.name: now}))


def _belonging(table: Table) -> Belonging | None:
    owners = [key.parent for key in table.foreign_keys if key.target_fullname == "leads.id"]
    known = table.name in BY_HAND | DERIVED | STAYS
    return Belonging(table.c.id, owners[0]) if owners and not known else None


MORE = {
    str(table.name): found  # a name of a table is a kind of str, which JSON takes for none
    for table in Base.metadata.sorted_tables
    if (found := _belonging(table)) is not None
}
