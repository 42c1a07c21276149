"""The database's clock, which all processes share."""

import time

from sqlalchemy import Connection, func, literal, select
from sqlalchemy.orm import Session


def clock(reader: Session | Connection) -> int:
    """Now, in milliseconds since the epoch. SQLite is on this machine, and so is its clock."""
    connection = reader.connection() if isinstance(reader, Session) else reader
    if connection.dialect.name == "sqlite":
        return time.time_ns() // 1_000_000
    seconds: object = func.extract("epoch", func.clock_timestamp())
    return int(connection.execute(select(literal(1000) * seconds)).scalar_one())
