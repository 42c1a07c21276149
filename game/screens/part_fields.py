"""A part of content as fields of a form, read off its own model: a new part needs no new form.

A field's name is the way to its value, like `decks.cards.0.title`; what is said in a second
language stands beside it, as `decks.cards.0.title.other`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args, get_origin

from flask_babel import gettext as _
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from game.base.json_object import members
from game.rules import own, translation
from game.rules.own import KEY, OwnPart, is_one, own_parts
from game.rules.translation import UNSEEN, is_text, lists_of, rows_of
from game.screens.messages import text
from game.screens.part_form import MOST, OTHER

BLANK = 3  # rows after those that are there, to be filled in
LONG = 200  # characters from which a text is written in an area
Faults = Mapping[str, str]  # what is wrong, in the reader's words, by a field's name


@dataclass(frozen=True)
class PartField:
    """One value: `control` is line, area, lines (one a line), or select with (value, label)s."""

    name: str
    label: str
    control: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    fault: str = ""
    is_text: bool = False  # is said in each language
    other: "PartField | None" = None  # the same in the second language, where there is one


@dataclass(frozen=True)
class PartRow:
    """One item of a list, with the key that it keeps."""

    key_name: str
    key: str
    fields: tuple[PartField, ...]
    is_blank: bool


@dataclass(frozen=True)
class PartList:
    """A list of items; `fault` is what is wrong with it as a whole."""

    name: str
    label: str
    rows: tuple[PartRow, ...]
    fault: str = ""


@dataclass(frozen=True)
class PartShown:
    """A part: its lists, one below the other."""

    name: str
    label: str
    lists: tuple[PartList, ...] = field(default_factory=tuple)


def shown(
    written: Mapping[str, object],
    faults: Faults,
    parts: Sequence[OwnPart] | None = None,
    texts: Mapping[str, object] | None = None,
) -> list[PartShown]:
    """The parts that a position may have of its own, or these, filled with what was written.

    `texts` are those of a second language; without them there is none.
    """
    wanted = own_parts() if parts is None else parts
    every = [_part(part, written.get(part.name), faults) for part in wanted]
    if texts is None:
        return every
    return [_beside(part, texts.get(part.name), faults) for part in every]


def _part(part: OwnPart, raw: object, faults: Faults) -> PartShown:
    if is_one(part):
        held = raw if isinstance(raw, Mapping) else {}
        lists = [
            _list(model, rows_of(held.get(name)), f"{part.name}.{name}", info.title, held, faults)
            for name, info, model in lists_of(part.model)
        ]
    else:
        lists = [_list(part.model, rows_of(raw), part.name, part.one, {}, faults)]
    return PartShown(part.name, _(part.title), tuple(lists))


def _beside(part: PartShown, texts: object, faults: Faults) -> PartShown:
    """A part each of whose texts has its field in the second language."""
    lists = tuple(
        replace(one, rows=_rows_beside(one, _texts_of(one, texts), faults)) for one in part.lists
    )
    return replace(part, lists=lists)


def _texts_of(one: PartList, texts: object) -> dict[object, Mapping[str, object]]:
    """What the second language says in a list, by the keys of its items."""
    _part_name, _dot, inside = one.name.partition(".")
    held = texts.get(inside) if inside and isinstance(texts, Mapping) else texts
    return {row.get("key"): row for row in rows_of(held)}


def _rows_beside(
    one: PartList, texts: Mapping[object, Mapping[str, object]], faults: Faults
) -> tuple[PartRow, ...]:
    return tuple(
        replace(
            row, fields=tuple(_field_beside(f, texts.get(row.key, {}), faults) for f in row.fields)
        )
        for row in one.rows
    )


def _field_beside(made: PartField, texts: Mapping[str, object], faults: Faults) -> PartField:
    if not made.is_text:
        return made
    name = f"{made.name}.{OTHER}"
    value = _lines(texts.get(made.name.rpartition(".")[2], ""))
    return replace(made, other=replace(made, name=name, value=value, fault=faults.get(name, "")))


def _list(
    model: type[BaseModel],
    rows: list[Mapping[str, object]],
    name: str,
    title: str | None,
    beside: Mapping[str, object],
    faults: Faults,
) -> PartList:
    blank = range(min(BLANK, MOST - len(rows)))
    every: list[Mapping[str, object]] = [*rows, *({} for _one in blank)]
    keys = _keys([str(row.get("key", "")) for row in every])
    made = tuple(
        PartRow(
            f"{name}.{n}.key",
            key,
            tuple(_fields(model, row, f"{name}.{n}", beside, faults)),
            not row,
        )
        for n, (row, key) in enumerate(zip(every, keys, strict=True))
    )
    return PartList(name, _(title or name), made, faults.get(name, ""))


def _keys(held: Sequence[str]) -> list[str]:
    """The keys of a list's rows: those that they have, and new ones for the others."""
    taken = set(filter(None, held))
    fresh = (key for n in range(1, 1000) if (key := f"{KEY}-{n}") not in taken)
    return [key or next(fresh) for key in held]


def _fields(
    model: type[BaseModel],
    row: Mapping[str, object],
    name: str,
    beside: Mapping[str, object],
    faults: Faults,
) -> Iterator[PartField]:
    for one, info in model.model_fields.items():
        if one in UNSEEN:
            continue
        choices = _choices(info, beside)
        yield PartField(
            f"{name}.{one}",
            _(info.title or one),
            _control(info, choices),
            _lines(row.get(one, "")),
            choices,
            faults.get(f"{name}.{one}", ""),
            is_text(one, info),
        )


def _lines(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _extra(info: FieldInfo, name: str) -> object:
    extra = info.json_schema_extra
    return extra.get(name) if isinstance(extra, dict) else None


def _choices(info: FieldInfo, beside: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Of a fixed choice its words; of a key, the items of the list beside it that it names."""
    labels = members(_extra(info, "labels"))
    if get_origin(info.annotation) is Literal:
        values = get_args(info.annotation)
        return (("", "–"), *((value, _(str(labels.get(value, value)))) for value in values))
    of = _extra(info, "of")
    if not isinstance(of, str):
        return ()
    rows = rows_of(beside.get(of))
    keys = _keys([*(str(row.get("key", "")) for row in rows), *[""] * BLANK])
    named = [str(row.get("label", "")) for row in rows]
    words = [*named, *(_("la ligne %(n)s", n=len(rows) + n + 1) for n in range(BLANK))]
    return (("", "–"), *zip(keys, words, strict=True))


def _control(info: FieldInfo, choices: tuple[object, ...]) -> str:
    if choices:
        return "select"
    if get_origin(info.annotation) is tuple:
        return "lines"
    return "area" if _most(info) > LONG else "line"


def _most(info: FieldInfo) -> int:
    """How long a text may be; 0 where nothing says."""
    found = (getattr(one, "max_length", None) for one in info.metadata)
    return next((int(most) for most in found if most), 0)


def faults(
    written: Mapping[str, object], texts: Mapping[str, object] | None = None
) -> dict[str, str]:
    """What is wrong with what was written, in the reader's words, by field or by list.

    `texts` are those of a second language.
    """
    found: dict[str, str] = {}
    for part in own_parts():
        raw = written.get(part.name)
        for fault in own.faults(part, raw):
            found.setdefault(_name(part, fault), _said(fault))
        for fault in translation.faults(part, raw, (texts or {}).get(part.name)):
            found.setdefault(f"{_name(part, fault)}.{OTHER}", _said(fault))
    return found


def _name(part: OwnPart, fault: own.OwnFault) -> str:
    """The name of the field, or of the list, at fault."""
    deep = 3 if is_one(part) else 2
    return ".".join(map(str, (part.name, *fault.loc[:deep])))


def _said(fault: own.OwnFault) -> str:
    if fault.code == "too_few":
        return str(_("Il en faut au moins %(n)s.", n=fault.wanted))
    if fault.code == "too_many":
        return str(_("Pas plus de %(n)s.", n=fault.wanted))
    return text(fault.code)
