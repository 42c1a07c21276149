"""One item against its model: every fault, with its key and in plain words."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from pydantic import AfterValidator, TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from game.content.files import Problem, Source
from game.rules.pack import (
    Agenda,
    Brief,
    Choice,
    Criterion,
    Family,
    Nicknames,
    Notices,
    Paper,
    Phrase,
    Relationship,
    Starter,
    Theme,
)
from game.rules.person import fold
from game.rules.registry import parts, points_model
from game.rules.rude import DOUBT

WORDS = {
    "missing": "is missing",
    "extra_forbidden": "nobody expects this key",
    "string_type": "text is expected; put it between quotes",
    "string_too_short": "is empty",
    "string_too_long": "is too long: {max_length} characters at most",
    "string_pattern_mismatch": "small letters without accents, digits, - and _ only, 40 at most",
    "literal_error": "must be {expected}",
    "too_short": "has too few items: {min_length} at least",
    "too_long": "has too many items: {max_length} at most",
    "int_type": "a whole number is expected",
    "int_parsing": "a whole number is expected",
    "int_from_float": "a whole number is expected",
    "bool_type": "true or false is expected",
    "bool_parsing": "true or false is expected",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "model_type": "keys with values are expected here",
    "dict_type": "keys with values are expected here",
    "tuple_type": "a list is expected",
    "value_error": "{error}",
}


def _word(text: str) -> str:
    plain = text.removesuffix(DOUBT)
    if not plain or fold(plain) != plain or (" " in plain and plain != text):
        raise ValueError("write it in small letters without accents or signs")
    return text


MODELS: Mapping[str, TypeAdapter[object]] = {
    "agendas": TypeAdapter(Agenda),
    "briefs": TypeAdapter(Brief),
    "families": TypeAdapter(Family),
    "relationships": TypeAdapter(Relationship),
    "reasons": TypeAdapter(Choice),
    "papers": TypeAdapter(Paper),
    "lexicon": TypeAdapter(Criterion),
    "letters": TypeAdapter(Starter),
    "questions": TypeAdapter(Choice),
    "phrases": TypeAdapter(Phrase),
    "themes": TypeAdapter(Theme),
    "rude": TypeAdapter(Annotated[str, AfterValidator(_word)]),
    "notices": TypeAdapter(Notices),
    "nicknames": TypeAdapter(Nicknames),
    "points": TypeAdapter(points_model()),
    **{part.name: TypeAdapter(part.model) for part in parts()},
}


def shaped(source: Source) -> tuple[object, list[Problem]]:
    """The item as its model makes it, and no problem; or None, and all that is wrong."""
    try:
        return MODELS[source.part].validate_python(source.raw), []
    except ValidationError as error:
        return None, faults(source, error)


def faults(source: Source, error: ValidationError, *inside: str | int) -> list[Problem]:
    """What a model found; `inside` leads from the item to the value that was looked at."""
    return [
        Problem(source.file, position(source, [*inside, *fault["loc"]]), _plain(fault))
        for fault in error.errors(include_url=False, include_input=False)
    ]


def position(source: Source, loc: Sequence[str | int]) -> str:
    """The dotted way to a value; what stands in a list goes by its key, else its number from 1."""
    names, here = [source.at] if source.at else [], source.raw
    for part in loc:
        inner = _inner(here, part)
        key = inner.get("key") if isinstance(part, int) and isinstance(inner, dict) else None
        number = part + 1 if isinstance(part, int) else part
        names.append(key if isinstance(key, str) else str(number))
        here = inner
    return ".".join(names)


def _inner(here: object, part: str | int) -> object:
    if isinstance(here, dict):
        return here.get(part)
    if isinstance(here, list) and isinstance(part, int) and part < len(here):
        return here[part]
    return None


def _plain(fault: ErrorDetails) -> str:
    words = WORDS.get(fault["type"])
    return words.format(**fault.get("ctx", {})) if words else str(fault["msg"])
