"""Many rows as one parameter: PostgreSQL takes one list faster than many statements."""

import re
from collections.abc import Mapping, Sequence

import orjson
from sqlalchemy.sql.dml import Insert

ONE = r"%\(\w+\)s(?:::[\w ]+(?:\(\d+\))?)?"
VALUES = re.compile(rf" VALUES \({ONE}(?:, {ONE})*\)")


def of_list(statement: object, sql: str, names: Sequence[str]) -> str | None:
    """The insert `sql` with a list of rows in the place of one; None for what is no insert.

    `names` are its columns; the list goes in as JSON under the name `rows`.
    """
    if not isinstance(statement, Insert) or not VALUES.search(sql):
        return None
    table = statement.table.name
    columns = ", ".join(f'"{name}"' for name in names)
    given = f'SELECT {columns} FROM json_populate_recordset(NULL::"{table}", %(rows)s::json)'  # noqa: S608 – the tables' own names
    head = f'INSERT INTO "{table}" ({columns}) '
    return head + given + VALUES.split(sql, maxsplit=1)[1]


def as_json(
    rows: Sequence[Mapping[str, object]], names: Sequence[str], given: Mapping[str, object]
) -> str:
    """The list; what a row does not say is as the statement has it."""
    return orjson.dumps(
        [{name: row.get(name, given.get(name)) for name in names} for row in rows],
        option=orjson.OPT_NON_STR_KEYS,
    ).decode()
