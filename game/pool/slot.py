"""What a player put into a slot of a round, in whichever table it is kept."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert

from game.pool.origin import Origin
from game.store.base import new_id


def keep(
    table: Any,
    kept: type,
    connection: Connection,
    _secret: str,
    given: Sequence[tuple[Origin, Any]],
) -> None:
    """Keeps facts of the type `kept` as rows, each in the place of what stood in its slot.

    They come in order of arrival; any other fact leaves its slot empty.
    """
    columns = {column.name for column in table.__table__.columns}
    for origin, fact in given:
        connection.execute(
            delete(table).where(
                table.round_id == origin.round_id,
                table.player_id == origin.player_id,
                table.slot == fact.slot,
            )
        )
        if isinstance(fact, kept):
            row = {**origin._asdict(), **vars(fact), "id": new_id()}
            connection.execute(insert(table), {k: v for k, v in row.items() if k in columns})
