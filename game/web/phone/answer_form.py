"""An answer as a plain form sends it, read as the phone's scripts would have read the same form."""

import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

Fields = MultiDict[str, str]
OURS = "_"  # what a form says of itself starts so
SEPARATORS = re.compile(r"[,;\n]")


def _number(texts: list[str]) -> int | str:
    text = texts[0] if texts else ""
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else text


def _words(texts: list[str]) -> list[str]:
    parts = [part.strip() for text in texts for part in SEPARATORS.split(text)]
    return [part for part in parts if part]


SHAPES: Mapping[str, Callable[[list[str]], object]] = {
    "number": _number,
    "words": _words,
    "list": list,
    "flag": bool,
}


@dataclass(frozen=True)
class Typed:
    """What was sent: the answer's id, the slot as its form names it, and the answer itself.

    The id follows from the page and what was typed in it: the same form sent twice is one answer.
    """

    id: str
    form: str
    answer: dict[str, object]
    fields: Fields

    @property
    def lines(self) -> list[str]:
        """The words that a person typed or chose."""
        return [v for k, v in self.fields.items(multi=True) if v and not k.startswith(OURS)]


def read(fields: Fields) -> Typed:
    """Reads what a form sent; whether it is an answer is for the kind's rules to say."""
    form = fields.get("_slot", "")[:60]
    id = _id(fields)
    answer: dict[str, object] = {k: v.strip() for k, v in fields.items() if not k.startswith(OURS)}
    for pair in fields.get("_as", "").split():
        name, _, shape = pair.partition(":")
        if shape in SHAPES and not name.startswith(OURS):
            answer[name] = SHAPES[shape](fields.getlist(name))
    slot = form + id[:16] if form.endswith(":") else form
    return Typed(id, form, {**answer, "slot": slot}, fields)


def _id(fields: Fields) -> str:
    if not fields.get("_page"):
        return secrets.token_hex(16)
    said = "\n".join(f"{key}={value}" for key, value in fields.items(multi=True))
    return hashlib.sha256(said.encode(errors="replace")).hexdigest()[:32]
