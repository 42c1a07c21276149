"""Statements compiled once and handed to the driver, for what runs a thousand times a second.

SQLAlchemy's own execution looks each statement up, copies its parameters and builds a result: a
few hundred microseconds for an answer that changes three rows. Here that work is done once; what
comes out is what SQLAlchemy would have sent, with its types' own conversions.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, exc
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPICursor

from game.store.row_lists import as_json, of_list

Convert = Callable[[Any], object] | None
Parameters = dict[str, object] | list[object]


@dataclass
class Compiled:
    """A statement in the words of one dialect."""

    sql: str
    given: Mapping[str, object]
    names: Sequence[str] | None
    into: Mapping[str, Convert]
    row: Callable[[Sequence[object]], object]
    out: Sequence[Convert]
    columns: Sequence[str] = ()  # of an insert
    list_sql: str | None = None  # the insert of a whole list, where the database has a word for it

    def __post_init__(self) -> None:
        self.converts = [(name, convert) for name, convert in self.into.items() if convert]

    def parameters(self, values: Mapping[str, object]) -> Parameters:
        """What the driver is given: by name, or in order where it counts its question marks."""
        every = {**self.given, **values}
        for name, convert in self.converts:
            every[name] = convert(every[name])
        return every if self.names is None else [every[name] for name in self.names]

    def made(self, raw: Sequence[Any]) -> object:
        if any(self.out):
            raw = [c(v) if c else v for c, v in zip(self.out, raw, strict=True)]
        return self.row(raw)


class Prepared:
    """One statement. `values` are its parameters; a row is a named tuple of its columns."""

    def __init__(self, statement: Any, columns: Sequence[str] | None = None) -> None:
        self.statement = statement
        self.columns = columns  # of an insert: those that every row has
        self.compiled: dict[str, Compiled] = {}

    def all(self, connection: Connection, **values: object) -> list[Any]:
        compiled = self._of(connection)
        return [compiled.made(raw) for raw in self.raw(connection, **values)]

    def raw(self, connection: Connection, **values: object) -> list[tuple[Any, ...]]:
        """The rows that it finds as the driver gives them, where there are very many."""
        compiled = self._of(connection)
        found = self._send(connection, compiled.sql, compiled.parameters(values)).fetchall()
        return list(found)

    def first(self, connection: Connection, **values: object) -> Any | None:
        found = self.all(connection, **values)
        return found[0] if found else None

    def run(self, connection: Connection, **values: object) -> None:
        compiled = self._of(connection)
        self._send(connection, compiled.sql, compiled.parameters(values))

    def run_each(self, connection: Connection, rows: Sequence[Mapping[str, object]]) -> None:
        compiled = self._of(connection)
        if compiled.list_sql and len(rows) > 1:
            listed = {"rows": as_json(rows, compiled.columns, compiled.given)}
            self._send(connection, compiled.list_sql, listed)
            return
        many = [compiled.parameters(row) for row in rows]
        self._send(connection, compiled.sql, many, many=True)

    def _send(
        self,
        connection: Connection,
        sql: str,
        parameters: Any,
        many: bool = False,
    ) -> DBAPICursor:
        cursor = connection.connection.cursor()
        driver: Any = connection.dialect.loaded_dbapi
        try:
            (cursor.executemany if many else cursor.execute)(sql, parameters)
        except driver.Error as error:
            raise exc.DBAPIError.instance(sql, None, error, driver.Error) from error
        return cursor

    def _of(self, connection: Connection) -> Compiled:
        name = connection.dialect.name
        if name not in self.compiled:
            self.compiled[name] = _compile(self.statement, self.columns, connection.dialect)
        return self.compiled[name]


def _compile(statement: Any, columns: Sequence[str] | None, dialect: Dialect) -> Compiled:
    made = statement.compile(dialect=dialect, column_keys=columns)
    into = {
        name: bind.type.dialect_impl(dialect).bind_processor(dialect)
        for name, bind in made.binds.items()
    }
    selected = list(getattr(statement, "selected_columns", ()))
    out = [c.type.dialect_impl(dialect).result_processor(dialect, None) for c in selected]
    keys = [c.key for c in selected]
    row: Any = namedtuple("Row", keys)  # type: ignore[misc]
    names = made.positiontup if made.positional else None
    found = Compiled(str(made), made.params, names, into, row._make, out)
    if dialect.name == "postgresql" and made.isinsert:
        found.columns = [name for name in into if name in statement.table.columns]
        found.list_sql = of_list(statement, found.sql, found.columns)
    return found
