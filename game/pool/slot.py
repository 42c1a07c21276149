"""What a player put into a slot of a round, in whichever table it is kept."""

from collections.abc import Sequence
from dataclasses import fields

from sqlalchemy import Connection, bindparam, delete, insert

from game.pool.origin import Origin
from game.rules.facts import Fact
from game.store.base import new_id
from game.store.prepared import Prepared
from game.store.tables import Nomination, Place

Given = tuple[Origin, Fact]
Slot = tuple[str, str, str]  # player, round, slot
SLOT = ("player_id", "round_id", "slot")


class SlotKeeper:
    """Keeps facts of one type as rows of a table, each in the place of what stood in its slot."""

    def __init__(self, table: type[Place] | type[Nomination], kept: type) -> None:
        self.kept = kept
        told = {*Origin._fields, *(field.name for field in fields(kept)), "id"}
        columns = table.__table__.columns
        self.told = [column.name for column in columns if column.name in told]
        self.rest = {
            column.name: column.default.arg
            for column in columns
            if column.name not in told and column.default is not None
        }
        taken = (getattr(table, name) == bindparam(f"was_{name}") for name in SLOT)
        self.gone = Prepared(delete(table).where(*taken))
        self.new = Prepared(insert(table), (*self.told, *self.rest))

    def __call__(self, connection: Connection, _secret: str, given: Sequence[Given]) -> None:
        """Takes facts in order of arrival; any but those of its type leave their slot empty."""
        last = {
            (origin.player_id, origin.round_id, fact.slot): (origin, fact) for origin, fact in given
        }
        self.gone.run_each(connection, [_was(slot) for slot in last])
        rows = [self._row(*said) for said in last.values() if isinstance(said[1], self.kept)]
        if rows:
            self.new.run_each(connection, rows)

    def _row(self, origin: Origin, fact: Fact) -> dict[str, object]:
        row = {**origin._asdict(), **vars(fact), "id": new_id()}
        return {**self.rest, **{name: row[name] for name in self.told}}


def _was(slot: Slot) -> dict[str, str]:
    return {f"was_{name}": value for name, value in zip(SLOT, slot, strict=True)}
