"""The second language of a position's spreadsheet: its columns, and what they say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from game.content.tabular import Table, tables
from game.rules import translation
from game.rules.own import OwnFault, OwnPart, is_one, own_parts
from game.rules.translation import TEXTS, lists_of, texts_of

BRIEFS = "briefs"
BRIEF = (*TEXTS, "must_haves")


def sheets_of(lang: str) -> list[Table]:
    """The sheets of a position; beside each text's column is the one in this second language."""
    said = dict(_said())
    return [
        _beside(table, said.get((table.part, table.inside), ()), lang)
        for table in tables()
        if table.part in {BRIEFS, *(part.name for part in own_parts())}
    ]


def _said() -> Iterator[tuple[tuple[str, str], Sequence[str]]]:
    """The texts of each sheet, by its part and the list that it shows."""
    yield (BRIEFS, ""), BRIEF
    for part in own_parts():
        if is_one(part):
            inner = list(lists_of(part.model))
            yield (part.name, ""), [name for name, _info, _model in inner]
            yield from (((part.name, name), texts_of(model)) for name, _info, model in inner)
        else:
            yield (part.name, ""), texts_of(part.model)


def _beside(table: Table, said: Sequence[str], lang: str) -> Table:
    both = [
        (one, replace(one, needed=False, lang=lang)) if one.name in said else (one,)
        for one in table.columns
    ]
    return replace(table, columns=tuple(column for pair in both for column in pair))


def beside(rows: object, texts: object, lang: str) -> list[dict[str, object]]:
    """The rows of a list with their texts in the second language beside the others."""
    said = {row.get("key"): row for row in translation.rows_of(texts)}
    return [
        {**row, **named(said.get(row.get("key"), {}), lang)} for row in translation.rows_of(rows)
    ]


def named(texts: Mapping[str, object], lang: str) -> dict[str, object]:
    """Texts by the names of their columns."""
    return {f"{name}.{lang}": value for name, value in texts.items() if name != "key"}


def parted(row: Mapping[str, object], lang: str) -> tuple[dict[str, object], dict[str, object]]:
    """A row's own values, and its texts in the second language."""
    ending = f".{lang}"
    own = {name: value for name, value in row.items() if not name.endswith(ending)}
    texts = {name.removesuffix(ending): v for name, v in row.items() if name.endswith(ending) and v}
    return own, texts


def rows_parted(rows: object, lang: str) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """The rows of a list, and those texts in the second language that there are, by key."""
    both = [parted(row, lang) for row in translation.rows_of(rows)]
    texts = [{"key": own.get("key"), **said} for own, said in both if said]
    return [own for own, _said in both], texts


def faults(part: OwnPart, raw: object, texts: object, lang: str) -> Iterator[OwnFault]:
    """What is wrong in the second language, the way to it that of its column."""
    deep = 2 if is_one(part) else 1
    for fault in translation.faults(part, raw, texts):
        way = list(fault.loc)
        way[deep] = f"{way[deep]}.{lang}"
        yield fault._replace(loc=tuple(way))
