"""The parts of a pack that fit into a spreadsheet, and their columns, as the models say them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args, get_origin

from annotated_types import MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from game.content.files import MANY
from game.rules.pack import Brief, Choice

Holds = Literal["text", "number", "truth", "texts", "choices"]
SIMPLE: Mapping[object, Holds] = {str: "text", int: "number", bool: "truth"}
INSIDE = "in"  # the column that says which item a row of an inner list belongs to


@dataclass(frozen=True)
class Column:
    """One field of an item: a cell, or for `texts` and `choices` a cell for each that it lists.

    `only` are the values that it may have, where they are few; `most` how many a list may hold.
    With a `lang` it says in that language what the column of the same name says.
    """

    name: str
    holds: Holds = "text"
    needed: bool = True
    only: tuple[str, ...] = ()
    most: int | None = None
    lang: str = ""

    @property
    def field(self) -> str:
        """What its value goes by in a row."""
        return f"{self.name}.{self.lang}" if self.lang else self.name

    @property
    def is_list(self) -> bool:
        """Does it take several cells?"""
        return self.holds in ("texts", "choices")


@dataclass(frozen=True)
class Table:
    """A sheet: the items of a part, or those of the list `inside` each of its items."""

    name: str
    part: str
    columns: tuple[Column, ...]
    inside: str = ""

    def column(self, name: str, lang: str = "") -> Column | None:
        """The column of that name, or the one that says the same in a second language."""
        return next((one for one in self.columns if (one.name, one.lang) == (name, lang)), None)


def tables() -> tuple[Table, ...]:
    """The sheets that a pack makes; a part that is no table has none."""
    models: dict[str, type[BaseModel]] = {"briefs": Brief}
    models |= {part.name: part.model for part in MANY}
    return tuple(table for name, model in models.items() for table in _of(name, model))


def _of(part: str, model: type[BaseModel]) -> tuple[Table, ...]:
    own, inner = list[Column](), list[Table]()
    for name, field in model.model_fields.items():
        column = _column(name, field)
        table = None if column else _inner(part, name, field)
        if column:
            own.append(column)
        elif table:
            inner.append(table)
        else:
            return ()
    return Table(part, part, tuple(own)), *inner


def _inner(part: str, name: str, field: FieldInfo) -> Table | None:
    items = _items(field.annotation)
    if items is None or not (isinstance(items, type) and issubclass(items, BaseModel)):
        return None
    columns = [_column(each, inner) for each, inner in items.model_fields.items()]
    if None in columns or "key" not in items.model_fields:
        return None
    found = tuple(column for column in columns if column)
    return Table(name, part, (Column(INSIDE), *found), name)


def _column(name: str, field: FieldInfo) -> Column | None:
    """The column of a field; None for what is no cell and no list of cells."""
    kind, needed = _bare(field.annotation), field.is_required()
    if get_origin(kind) is Literal:
        return Column(name, "text", needed, tuple(map(str, get_args(kind))))
    if kind in SIMPLE:
        return Column(name, SIMPLE[kind], needed)
    items = _items(kind)
    if items is str:
        return Column(name, "texts", needed, most=_most(kind, field))
    if items is Choice:
        return Column(name, "choices", needed, most=_most(kind, field))
    return None


def _bare(kind: Any) -> Any:
    return get_args(kind)[0] if get_origin(kind) is Annotated else kind


def _items(kind: Any) -> Any:
    """What a list holds, where all of it is alike."""
    inner = {_bare(arg) for arg in get_args(kind) if arg is not Ellipsis}
    return inner.pop() if get_origin(kind) is tuple and len(inner) == 1 else None


def _most(kind: Any, field: FieldInfo) -> int | None:
    if Ellipsis not in get_args(kind):
        return len(get_args(kind))
    return next((limit.max_length for limit in field.metadata if isinstance(limit, MaxLen)), None)


def listed(raw: object, name: str) -> Iterator[Mapping[str, object]]:
    """The items of a list of something as written."""
    found = raw.get(name) if isinstance(raw, dict) else None
    yield from (each for each in found or () if isinstance(each, dict))
