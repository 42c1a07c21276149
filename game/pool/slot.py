"""What a player put into a slot of a round, in whichever table it is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert

from game.pool.origin import Origin
from game.store.base import new_id


def replace(
    connection: Connection, table: Any, given: Sequence[tuple[Origin, str, Mapping[str, Any]]]
) -> None:
    """Puts rows in the place of what stood in their slots; empty values leave a slot empty."""
    columns = {column.name for column in table.__table__.columns}
    for origin, slot, values in given:
        connection.execute(
            delete(table).where(
                table.round_id == origin.round_id,
                table.player_id == origin.player_id,
                table.slot == slot,
            )
        )
        if values:
            row = {**origin._asdict(), **values, "slot": slot, "id": new_id()}
            connection.execute(insert(table), {k: v for k, v in row.items() if k in columns})
