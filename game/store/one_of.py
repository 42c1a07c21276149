"""The condition that a column is one of many values, which are sent as one."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import ARRAY, ColumnElement, String, any_, func, literal, select
from sqlalchemy.orm import Session


def one_of(
    session: Session, column: Any, values: Sequence[str] | Sequence[int]
) -> ColumnElement[bool]:
    """Is this column one of these texts, or of SQLite's own numbers?

    A thousand parameters cost more than what they find.
    """
    if session.get_bind().dialect.name == "sqlite":
        listed = func.json_each(orjson.dumps(list(values)).decode()).table_valued("value")
        return column.in_(select(listed.c.value))  # type: ignore[no-any-return]
    return column == any_(literal(list(values), ARRAY(String)))  # type: ignore[no-any-return]
