"""What a form said of parts of content, as the parts are kept: the other half of `part_fields`."""

from collections.abc import Mapping
from typing import get_origin

from pydantic import BaseModel

from game.rules.own import is_one, own_parts
from game.rules.translation import UNSEEN, lists_of

MOST = 60  # rows of a list
OTHER = "other"  # ends the names of fields in the second language
Form = Mapping[str, str]


def read(form: Form) -> dict[str, object]:
    """What was written of each part, rows that were left blank dropped; parts of nothing too.

    A row of which only the second language says something is there, and lacks the rest.
    """
    return _read(form, "")


def read_texts(form: Form) -> dict[str, object]:
    """What was written in the second language, in the same shape, by the keys of the rows."""
    return _read(form, f".{OTHER}")


def _read(form: Form, ending: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for part in own_parts():
        if is_one(part):
            lists = {
                name: _read_list(model, f"{part.name}.{name}", form, ending)
                for name, _info, model in lists_of(part.model)
            }
            if any(lists.values()):
                found[part.name] = lists
        elif rows := _read_list(part.model, part.name, form, ending):
            found[part.name] = rows
    return found


def _read_list(
    model: type[BaseModel], name: str, form: Form, ending: str
) -> list[dict[str, object]]:
    rows = (_read_row(model, f"{name}.{n}", form, ending) for n in range(MOST))
    return [row for row in rows if row]


def _read_row(model: type[BaseModel], name: str, form: Form, ending: str) -> dict[str, object]:
    row: dict[str, object] = {}
    for one, info in model.model_fields.items():
        typed = _typed(form, f"{name}.{one}{ending}")
        if one in UNSEEN or not typed:
            continue
        is_lines = get_origin(info.annotation) is tuple
        row[one] = [x.strip() for x in typed.splitlines() if x.strip()] if is_lines else typed
    if not (row or _is_only_other(model, name, form)):
        return {}
    return {**row, "key": form.get(f"{name}.key", "")}


def _is_only_other(model: type[BaseModel], name: str, form: Form) -> bool:
    return any(_typed(form, f"{name}.{one}.{OTHER}") for one in model.model_fields)


def _typed(form: Form, name: str) -> str:
    return form.get(name, "").replace("\r\n", "\n").strip()
