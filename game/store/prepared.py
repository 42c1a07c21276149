"""Statements compiled once and handed to the driver, for what runs a thousand times a second.

SQLAlchemy's own execution looks each statement up, copies its parameters and builds a result: a
few hundred microseconds for an answer that changes three rows. Here that work is done once; what
comes out is what SQLAlchemy would have sent, with its types' own conversions.
"""

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import ARRAY, ColumnElement, Connection, String, bindparam, exc
from sqlalchemy.engine import Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import NullType

from game.store.row_lists import as_json, of_list

Convert = Callable[[Any], object] | None
Parameters = dict[str, object] | list[object]


class Among(ColumnElement[Any]):
    """`column` is one of a list that is given when the statement runs, under `name`."""

    inherit_cache = False
    type = NullType()  # a Boolean would become '… = 1', for which SQLite uses no index

    def __init__(self, column: Any, name: str) -> None:
        self.column = column
        self.name = name


@compiles(Among, "sqlite")
def _in_json(element: Among, compiler: SQLCompiler, **more: object) -> str:
    column = compiler.process(element.column, **more)
    listed = compiler.process(bindparam(element.name, type_=Json()), **more)
    return f"{column} IN (SELECT value FROM json_each({listed}))"  # noqa: S608 – both are the compiler's own words


@compiles(Among, "postgresql")
def _any(element: Among, compiler: SQLCompiler, **more: object) -> str:
    column = compiler.process(element.column, **more)
    listed = compiler.process(bindparam(element.name, type_=ARRAY(String)), **more)
    return f"{column} = ANY({listed})"


class Json(String):
    """A list, as the text that SQLite takes apart again."""

    def bind_processor(self, _dialect: object) -> Convert:
        return lambda value: orjson.dumps(value).decode()


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
