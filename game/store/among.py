"""The condition that a column is one of many values, which are sent as one.

A thousand parameters cost more than what they find.
"""

from collections.abc import Sequence

import orjson
from sqlalchemy import ARRAY, Dialect, SQLColumnExpression, String, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine


class Listed(TypeDecorator[Sequence[str]]):
    """A list as one parameter: an array, or the text that SQLite takes apart again."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[object]:
        return dialect.type_descriptor(
            ARRAY(String) if dialect.name == "postgresql" else String()  # type: ignore[arg-type]
        )

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> object:
        listed = list(value or ())
        return listed if dialect.name == "postgresql" else orjson.dumps(listed).decode()


class Among(FunctionElement[bool]):
    """`column` is one of a list: that one, or the one given by a name when the statement runs."""

    inherit_cache = True
    name = "among"
    type = NullType()  # type: ignore[assignment]  # a Boolean would become “… = 1”, without an index

    def __init__(
        self, column: SQLColumnExpression[object], listed: str | Sequence[str] | Sequence[int]
    ) -> None:
        given = (
            bindparam(listed, type_=Listed())
            if isinstance(listed, str)
            else bindparam(None, list(listed), type_=Listed())
        )
        super().__init__(column, given)


@compiles(Among, "sqlite")
def _in_json(element: Among, compiler: SQLCompiler, **more: object) -> str:
    column, listed = (compiler.process(one, **more) for one in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({listed}))"  # noqa: S608 – both are the compiler's own words


@compiles(Among, "postgresql")
def _any(element: Among, compiler: SQLCompiler, **more: object) -> str:
    column, listed = (compiler.process(one, **more) for one in element.clauses)
    return f"{column} = ANY({listed})"
