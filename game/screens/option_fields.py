"""A kind's options as form fields, read off its own declaration: a new kind needs no new form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from flask_babel import gettext as _
from pydantic import ValidationError
from werkzeug.datastructures import MultiDict

from game.rules.options import said_of
from game.rules.pack import Pack
from game.rules.round import kinds


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
        _field(name, info, said_of(model, name), getattr(now, name), pack)
        for name, info in model.model_fields.items()
    ]


def _field(name: str, info: Any, told: Mapping[str, Any], value: Any, pack: Pack) -> OptionField:
    choices = _choices(info.annotation, told, pack)
    return OptionField(
        name=name,
        label=_(info.title or name),
        control=_control(info.annotation, told, choices),
        value="\n".join(value) if told.get("lines") and isinstance(value, tuple) else value,
        choices=choices,
        hint=_said(told.get("hint")),
        at_once=bool(told.get("at_once")),
    )


def _said(text: str | None) -> str:
    return _(text) if text else ""


def _control(kind: object, told: Mapping[str, object], choices: tuple[object, ...]) -> str:
    if told.get("lines"):
        return "lines"
    if kind in (bool, int):
        return "check" if kind is bool else "number"
    if get_origin(kind) is tuple:
        return "many"
    return "select" if choices else "text"


def _choices(kind: Any, told: Mapping[str, Any], pack: Pack) -> tuple[tuple[str, str], ...]:
    part = told.get("part")
    if part is not None:
        nothing = [("", _said(told.get("empty")))] if told.get("empty") else []
        named = [(item.key, told["named"](item, pack)) for item in part.of(pack)]
        return (*nothing, *named)
    labels = told.get("labels", {})
    return tuple((value, _(labels.get(value, value))) for value in get_args(kind) if labels)


def read(kind: str, form: MultiDict[str, str]) -> dict[str, object]:
    """The options that a form was sent with; the rules refuse what cannot be read."""
    values: dict[str, object] = {}
    found = kinds().get(kind)
    for name, info in (found.options.model_fields if found else {}).items():
        sent = f"option-{name}"
        if info.annotation is bool:
            values[name] = sent in form
        elif get_origin(info.annotation) is tuple:
            values[name] = form.getlist(sent)
        elif sent in form:
            values[name] = form[sent].replace("\r\n", "\n")
    return values
