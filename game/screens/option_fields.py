"""A kind's options as form fields, read off its own declaration: a new kind needs no new form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import get_args, get_origin

from flask_babel import gettext as _
from pydantic import ValidationError
from pydantic.fields import FieldInfo
from werkzeug.datastructures import MultiDict

from game.rules.options import Asking, asking
from game.rules.pack import Brief, Pack
from game.rules.part import ManyOfBriefs, brief_title
from game.rules.registry import kinds


@dataclass(frozen=True)
class OptionField:
    """One option in the reader's words: its value now, and how it is asked for.

    `control` is select, number, check, many, lines or text; choices are (value, label); `at_once`
    options are asked for on the remote too.
    """

    name: str
    label: str
    control: str
    value: object
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    at_once: bool = False


def fields(kind: str, options: Mapping[str, object], pack: Pack) -> list[OptionField]:
    """The fields of a kind's options with their present values, what has gone left out.

    A kind that is not installed has none; what cannot be read any more stands at its usual value.
    """
    found = kinds().get(kind)
    if found is None:
        return []
    model = found.options
    kept = {name: value for name, value in options.items() if name in model.model_fields}
    try:
        now = model.model_validate(kept)
    except ValidationError:
        now = model()
    return [
        _field(name, info, asking(model, name), getattr(now, name), pack)
        for name, info in model.model_fields.items()
        if asking(model, name).asked
    ]


def borrowed(
    kind: str, options: Mapping[str, object], pack: Pack, brief: Brief | None
) -> list[str]:
    """The titles of other briefs than its own whose content a round plays."""
    found = kinds().get(kind)
    if found is None:
        return []
    asked = {name: asking(found.options, name).part for name in found.options.model_fields}
    parts = {n: p for n, p in asked.items() if isinstance(p, ManyOfBriefs) and p.of(pack)}
    played = [p.borrowed(pack, str(options.get(n, "")), brief) for n, p in parts.items()]
    return [brief_title(item, pack) for item in played if item]


def as_typed(asked: Iterable[OptionField], form: MultiDict[str, str]) -> list[OptionField]:
    """The same fields with what somebody typed into them, right or wrong."""
    return [replace(one, value=_typed(one, form)) for one in asked]


def _typed(one: OptionField, form: MultiDict[str, str]) -> object:
    name = f"option-{one.name}"
    if one.control == "check":
        return name in form
    return form.getlist(name) if one.control == "many" else form.get(name, "")


def _field(name: str, info: FieldInfo, asked: Asking, value: object, pack: Pack) -> OptionField:
    choices = _choices(info.annotation, asked, pack)
    return OptionField(
        name=name,
        label=_(info.title or name),
        control=_control(info.annotation, asked, choices),
        value="\n".join(value) if asked.lines and isinstance(value, tuple) else value,
        choices=choices,
        hint=_said(asked.hint),
        at_once=asked.at_once,
    )


def _said(text: str) -> str:
    return _(text) if text else ""


def _control(kind: object, asked: Asking, choices: tuple[object, ...]) -> str:
    if asked.lines:
        return "lines"
    if kind in (bool, int):
        return "check" if kind is bool else "number"
    if get_origin(kind) is tuple:
        return "many"
    return "select" if choices else "text"


def _choices(kind: object, asked: Asking, pack: Pack) -> tuple[tuple[str, str], ...]:
    if asked.part is not None and asked.named is not None:
        nothing = [("", _said(asked.empty))] if asked.empty else []
        named = [(item.key, asked.named(item, pack)) for item in asked.part.of(pack)]
        return (*nothing, *named)
    return tuple(
        (value, _(asked.labels.get(value, value))) for value in get_args(kind) if asked.labels
    )


def read(
    kind: str, form: MultiDict[str, str], kept: Mapping[str, object] | None = None
) -> dict[str, object]:
    """The options that a form was sent with; the rules refuse what cannot be read.

    What no form asks for stays as `kept`.
    """
    values: dict[str, object] = {}
    found = kinds().get(kind)
    for name, info in (found.options.model_fields if found else {}).items():
        sent = f"option-{name}"
        if found and not asking(found.options, name).asked:
            values |= {name: (kept or {})[name]} if name in (kept or {}) else {}
        elif info.annotation is bool:
            values[name] = sent in form
        elif get_origin(info.annotation) is tuple:
            values[name] = form.getlist(sent)
        elif sent in form:
            values[name] = form[sent].replace("\r\n", "\n")
    return values
