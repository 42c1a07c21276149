"""What is wrong around us, said in one line that names the setting to look at."""

import sqlite3

from sqlalchemy.exc import DBAPIError

from game.base.config import ConfigError


def line(error: Exception) -> str | None:
    """The line for a fault of settings, database, folder or disk; None for a fault of our own."""
    match error:
        case ConfigError():
            return str(error)
        case DBAPIError():
            return f"DATABASE_URL: {_database(error.orig)}"
        case OSError() if error.filename:
            return f"INSTANCE_DIR: {error.strerror}: {error.filename}"
        case _:
            return None


def _database(said: BaseException | None) -> str:
    first = str(said).partition("\n")[0].strip() or type(said).__name__
    if isinstance(said, sqlite3.DatabaseError) and "not a database" in first:
        return f"{first}; restore a backup, or move it away to begin anew"
    return f"the database cannot be used ({first})"
