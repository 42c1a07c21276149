"""The lexicon, for the script that warns at the keyboard."""

from functools import cache

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from game.base.languages import lang_of
from game.context import current
from game.rules import lexicon
from game.web.security import open_to_all

blueprint = Blueprint("lexicon", __name__)
KEEP = "public, max-age=3600"


@blueprint.get("/lexicon/<string(length=2):code>.json")
@open_to_all
def words(code: str) -> ResponseReturnValue:
    """What each criterion is called and how it is found; nothing of anybody."""
    answer: Response = jsonify(_lines(lang_of(code)))
    answer.headers["Cache-Control"] = KEEP
    return answer


@cache
def _lines(code: str) -> list[dict[str, str]]:
    found = lexicon.grounds(current().pack(code).lexicon)
    return [{"label": one.label, "says": one.says, "unless": one.unless} for one in found]
