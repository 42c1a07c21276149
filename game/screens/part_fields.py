"""A part of content as fields of a form, read off its own model: a new part needs no new form.

A field's name is the way to its value, like `decks.cards.0.title`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args, get_origin

from flask_babel import gettext as _
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from game.base.json_object import members
from game.rules import own
from game.rules.own import KEY, OwnPart, is_one, own_parts
from game.screens.messages import text

BLANK = 3  # rows after those that are there, to be filled in
MOST = 60  # rows of a list
LONG = 200  # characters from which a text is written in an area
UNSEEN = ("key", "brief")
Form = Mapping[str, str]
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
    written: Mapping[str, object], faults: Faults, parts: Sequence[OwnPart] | None = None
) -> list[PartShown]:
    """The parts that a position may have of its own, or these, filled with what was written."""
    wanted = own_parts() if parts is None else parts
    return [_part(part, written.get(part.name), faults) for part in wanted]


def _part(part: OwnPart, raw: object, faults: Faults) -> PartShown:
    if is_one(part):
        held = raw if isinstance(raw, Mapping) else {}
        lists = [
            _list(model, _rows(held.get(name)), f"{part.name}.{name}", info.title, held, faults)
            for name, info, model in _lists(part.model)
        ]
    else:
        lists = [_list(part.model, _rows(raw), part.name, part.one, {}, faults)]
    return PartShown(part.name, _(part.title), tuple(lists))


def _lists(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo, type[BaseModel]]]:
    """The fields of a model that hold lists of items."""
    for name, info in model.model_fields.items():
        inner = _inside(info.annotation)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield name, info, inner


def _inside(kind: object) -> object:
    """What a list holds; None for what is none."""
    return get_args(kind)[0] if get_origin(kind) is tuple else None


def _rows(raw: object) -> list[Mapping[str, object]]:
    rows = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else ()
    return [row for row in rows if isinstance(row, Mapping)]


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
        value = row.get(one, "")
        lines = "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
        choices = _choices(info, beside)
        yield PartField(
            f"{name}.{one}",
            _(info.title or one),
            _control(info, choices),
            lines,
            choices,
            faults.get(f"{name}.{one}", ""),
        )


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
    rows = _rows(beside.get(of))
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


def read(form: Form) -> dict[str, object]:
    """What was written of each part, rows that were left blank dropped; parts of nothing too."""
    found: dict[str, object] = {}
    for part in own_parts():
        if is_one(part):
            lists = {
                name: _read_list(model, f"{part.name}.{name}", form)
                for name, _info, model in _lists(part.model)
            }
            if any(lists.values()):
                found[part.name] = lists
        elif rows := _read_list(part.model, part.name, form):
            found[part.name] = rows
    return found


def _read_list(model: type[BaseModel], name: str, form: Form) -> list[dict[str, object]]:
    rows = (_read_row(model, f"{name}.{n}", form) for n in range(MOST))
    return [row for row in rows if row]


def _read_row(model: type[BaseModel], name: str, form: Form) -> dict[str, object]:
    row: dict[str, object] = {}
    for one, info in model.model_fields.items():
        typed = form.get(f"{name}.{one}", "").replace("\r\n", "\n").strip()
        if one in UNSEEN or not typed:
            continue
        is_lines = get_origin(info.annotation) is tuple
        row[one] = [x.strip() for x in typed.splitlines() if x.strip()] if is_lines else typed
    return {**row, "key": form.get(f"{name}.key", "")} if row else {}


def faults(written: Mapping[str, object]) -> dict[str, str]:
    """What is wrong with what was written, in the reader's words, by field or by list."""
    found: dict[str, str] = {}
    for part in own_parts():
        for fault in own.faults(part, written.get(part.name)):
            deep = 3 if is_one(part) else 2
            name = ".".join(map(str, (part.name, *fault.loc[:deep])))
            found.setdefault(name, _said(fault))
    return found


def _said(fault: own.OwnFault) -> str:
    if fault.code == "too_few":
        return str(_("Il en faut au moins %(n)s.", n=fault.wanted))
    if fault.code == "too_many":
        return str(_("Pas plus de %(n)s.", n=fault.wanted))
    return text(fault.code)
