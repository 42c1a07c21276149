"""Backups: everything the database holds, in one file, made while the game is played.

The file is a zip: `about.json` and one `NAME.jsonl` a table, one row a line. It is the same for
SQLite and PostgreSQL, so that a house that grows can move from one to the other with it.
"""

import base64
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import (
    Column,
    Connection,
    RowMapping,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from game.base.broken_zip import DAMAGED
from game.base.clock import now_ms
from game.base.private import private_file
from game.store.base import Base
from game.store.ended import held_now, keep_ended
from game.store.engine import Store
from game.store.migrate import head
from game.store.statistics import count_anew
from game.store.tables import Letter, Objection, PushItem, Suppression

FORMAT = 1
AT_ONCE = 500
# keyed hashes of who was erased, and of who objected: they outlive any restore
KEPT_OUT = tuple(Base.metadata.tables[t.__tablename__] for t in (Suppression, Objection))
FROM_JSON: dict[type, Callable[[Any], object]] = {  # by what a column holds
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
    time: time.fromisoformat,
    timedelta: lambda seconds: timedelta(seconds=seconds),
    bytes: base64.b64decode,
    Decimal: Decimal,
    UUID: UUID,
}
PASSING = frozenset(
    ("workers", "sign_ins", "remote_links", "projector_lines")
)  # tables of which tomorrow knows nothing


class BackupError(Exception):
    """Why a backup cannot be restored; its text is for a person."""


def tables() -> list[Table]:
    """What is kept, each table after those it refers to."""
    return [table for table in Base.metadata.sorted_tables if table.name not in PASSING]


def backup(store: Store, file: Path, secret: str = "") -> int:
    """Writes everything as it is at one moment; returns how many rows. Only the owner may read it.

    With the `secret` that signs cookies, phones stay who they are after a restore.
    """
    with private_file(file) as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as made:
        with store.snapshot() as connection:
            counts = {table.name: _write(connection, table, made) for table in tables()}
        about = {"format": FORMAT, "tables": head(), "made_at": now_ms(), "rows": counts}
        made.writestr("about.json", _json({**about, "secret": secret}))
    return sum(counts.values())


def _json(value: dict[str, object]) -> bytes:
    options = orjson.OPT_NON_STR_KEYS  # names are a kind of str
    return orjson.dumps(value, option=options, default=_plain)


def _plain(value: object) -> object:
    """What JSON has no word for, as FROM_JSON reads it; orjson knows dates, times and UUIDs."""
    match value:
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
        case Decimal():
            return str(value)
        case timedelta():
            return value.total_seconds()
        case _:
            raise TypeError(f"a backup cannot hold {type(value).__name__}")


def _write(connection: Connection, table: Table, made: zipfile.ZipFile) -> int:
    count = 0
    with made.open(f"{table.name}.jsonl", "w") as lines:
        rows = connection.execution_options(yield_per=AT_ONCE).execute(select(table))
        for row in rows.mappings():
            lines.write(_json(dict(row)) + b"\n")
            count += 1
    return count


def restore(
    store: Store,
    file: Path,
    *,
    replace: bool = False,
    secret: str = "",
    then: Callable[[Connection], object] = lambda _: None,
) -> tuple[int, str]:
    """Brings a backup into this database, whole or not at all: (rows, the secret it held).

    Links, keys and rights that were taken away since stay so (`ended`). Whoever was erased here
    stays so, and who objected is not contacted: the hashes that tell are
    kept, and `then` is called in the same transaction to erase again whom the backup brought
    back. What waited in it to be sent counts as doubtful, and is not sent a second time.
    `secret` is the one that the hashes were made with. Raises BackupError for a file that is none,
    for one of other tables, and, unless `replace`, where something would be lost.
    """
    try:
        with zipfile.ZipFile(file) as made:
            about = orjson.loads(made.read("about.json"))
            _check(about)
            with store.writing.begin() as connection:
                out = _kept_out(connection)
                if out and secret != (about.get("secret") or secret):
                    raise BackupError(
                        "it has another secret: people who were erased here or objected could come "
                        "back; restore it into an empty instance"
                    )
                held = held_now(connection, tables())
                _make_room(connection, replace=replace)
                counts = {table.name: _read(connection, table, made) for table in tables()}
                if counts != about["rows"]:
                    raise BackupError(f"{file}: not whole; nothing was changed")
                _keep_out(connection, out)
                same = secret == (about.get("secret") or secret)
                keep_ended(connection, held, same_secret=same)
                _send_nothing_twice(connection)
                then(connection)
                count_anew(connection, "")
    except (*DAMAGED, KeyError, orjson.JSONDecodeError, FileNotFoundError) as fault:
        raise BackupError(f"{file}: not a backup of ours ({type(fault).__name__})") from None
    return sum(counts.values()), str(about.get("secret", ""))


def _kept_out(connection: Connection) -> dict[Table, Sequence[RowMapping]]:
    held = [table for table in KEPT_OUT if table in tables()]
    found = {table: connection.execute(select(table)).mappings().all() for table in held}
    return {table: rows for table, rows in found.items() if rows}


def _keep_out(connection: Connection, before: dict[Table, Sequence[RowMapping]]) -> None:
    """Puts back the hashes of who was erased here or objected, beside those of the backup."""
    for table, held in before.items():
        came = set(connection.scalars(select(table.c.digest)))
        rows = [dict(row) for row in held if row["digest"] not in came]
        if rows:
            connection.execute(insert(table), rows)


def _send_nothing_twice(connection: Connection) -> None:
    """What waited to be sent when the backup was made may have left since: nobody knows."""
    for table in (Letter, PushItem):
        if Base.metadata.tables[table.__tablename__] in tables():
            open_then = update(table).where(table.state.in_(("waiting", "sending")))
            connection.execute(open_then.values(state="unsure"))


def _check(about: dict[str, object]) -> None:
    if about["format"] != FORMAT or about["tables"] != head():
        told = f"format {about['format']}, tables {about['tables']}"
        raise BackupError(f"made by another version ({told}; this one has {head()})")


def _make_room(connection: Connection, *, replace: bool) -> None:
    held = sum(connection.scalar(select(func.count()).select_from(t)) or 0 for t in tables())
    if held and not replace:
        raise BackupError(f"the database holds {held} rows; --replace would delete them")
    for table in reversed(tables()):
        connection.execute(delete(table))


def _read(connection: Connection, table: Table, made: zipfile.ZipFile) -> int:
    count = 0
    for rows in _batches(table, made):
        connection.execute(insert(table), rows)
        count += len(rows)
    return count


def _batches(table: Table, made: zipfile.ZipFile) -> Iterator[list[dict[str, object]]]:
    rows: list[dict[str, object]] = []
    with made.open(f"{table.name}.jsonl") as lines:
        for line in lines:
            found = orjson.loads(line)
            rows.append({c.name: _value(c, found[c.name]) for c in table.columns})
            if len(rows) == AT_ONCE:
                yield rows
                rows = []
    if rows:
        yield rows


def _value(column: Column[object], value: object) -> object:
    """What a column holds, from what JSON made of it."""
    made_from = FROM_JSON.get(column.type.python_type)
    return value if value is None or made_from is None else made_from(value)
