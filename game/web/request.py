"""What comes in over HTTP: each text of it can be stored and written to any file."""

from typing import Any

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

from game.base.text import all_printable, printable


class Printable(ImmutableMultiDict[str, Any]):
    """The fields of a form or an address, without signs that XML forbids; files stay as sent."""

    def __init__(self, mapping: Any = None) -> None:
        given = ImmutableMultiDict(mapping).items(multi=True)
        super().__init__((k, printable(v) if isinstance(v, str) else v) for k, v in given)


class PrintableRequest(Request):
    """A request whose form, address and JSON hold no sign that XML forbids."""

    parameter_storage_class = Printable

    def get_json(self, *args: Any, **named: Any) -> Any:
        return all_printable(super().get_json(*args, **named))
