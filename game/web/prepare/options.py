"""A kind's options as form fields, read off its own model, so that a new kind needs no new form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from werkzeug.datastructures import MultiDict

from game.rules.pack import Pack
from game.rules.round import kinds


@dataclass(frozen=True)
class OptionField:
    """One option: `control` is select, number, check or many; choices are (value, label)."""

    name: str
    control: str
    value: Any
    choices: tuple[tuple[str, str], ...] = ()


def fields(kind: str, options: Mapping[str, Any], pack: Pack) -> list[OptionField]:
    """The fields of a kind's options, with their present values."""
    model = kinds()[kind].options
    now = model.model_validate(dict(options))
    return [
        _field(name, info.annotation, getattr(now, name), pack)
        for name, info in model.model_fields.items()
    ]


def _field(name: str, kind: Any, value: Any, pack: Pack) -> OptionField:
    if get_origin(kind) is Literal:
        return OptionField(name, "select", value, tuple((v, v) for v in get_args(kind)))
    if kind is bool:
        return OptionField(name, "check", value)
    if kind is int:
        return OptionField(name, "number", value)
    choices = tuple((item.key, _label(item, pack)) for item in _content(name, pack))
    return OptionField(name, "many" if get_origin(kind) is tuple else "select", value, choices)


def _content(name: str, pack: Pack) -> Any:
    """An option named like a part of the pack chooses from it: `deck` from decks."""
    return getattr(pack, name, None) or getattr(pack, f"{name}s", ())


def _label(item: Any, pack: Pack) -> str:
    """A prompt's text, a title; a deck goes by the title of its brief."""
    briefs = {brief.key: brief.title for brief in pack.briefs}
    brief = briefs.get(getattr(item, "brief", ""))
    return str(brief or getattr(item, "text", None) or getattr(item, "title", None) or item.key)


def read(kind: str, form: MultiDict[str, str]) -> dict[str, Any]:
    """The options that a form was sent with; the rules refuse what cannot be read."""
    values: dict[str, Any] = {}
    for name, info in kinds()[kind].options.model_fields.items():
        sent = f"option-{name}"
        if info.annotation is bool:
            values[name] = sent in form
        elif get_origin(info.annotation) is tuple:
            values[name] = form.getlist(sent)
        elif sent in form:
            values[name] = form[sent]
    return values
