"""What people read for each code that the rules and verbs answer with, in their language."""

from functools import cache
from typing import TypedDict

from flask_babel import get_locale
from flask_babel import gettext as _

from game.base.refusal import Refusal
from game.rules.registry import kinds
from game.screens import desk_messages, room_messages


class RefusalTold(TypedDict):
    """A refusal as it goes over the wire, in the reader's words."""

    code: str
    text: str
    fields: dict[str, str]


def texts() -> dict[str, str]:
    """Every code and its text, in the current language."""
    of_kinds = {code: _(text) for kind in kinds().values() for code, text in kind.refusals.items()}
    parts = (
        room_messages.of_the_room(),
        room_messages.of_fields(),
        desk_messages.of_leads(),
        desk_messages.of_sign_in(),
        desk_messages.of_talks_and_files(),
        desk_messages.of_sending(),
        desk_messages.of_programs(),
    )
    return {code: text for part in (*parts, of_kinds) for code, text in part.items()}


@cache  # some hundreds, and a refusal needs one or two
def _texts_in(_lang: str) -> dict[str, str]:
    """The same, made once a language."""
    return texts()


def text(code: str) -> str:
    """The text of a code; an unknown one reads as a value that is not possible."""
    sayings = _texts_in(str(get_locale()))
    return sayings.get(code) or sayings["invalid"]


def refusal(error: Refusal) -> RefusalTold:
    """A refusal as it goes over the wire; what is wrong with the whole answer is its text."""
    fields = {name: text(code) for name, code in error.fields.items()}
    return {"code": error.code, "text": fields.get("answer", text(error.code)), "fields": fields}
