"""The API's own description, as OpenAPI 3.1: made of the operations and shapes that serve it.

openapi-pydantic assembles it of the same models that check what is sent. The libraries that would
also route and check (flask-openapi, APIFlask, SpecTree) were looked at and not taken: the first
two want a Flask application of their own class, which is not what `live/` serves; the third reads
a body that is no JSON as an empty one and knows one form of fault, neither of which can say what
went wrong as `application/problem+json` in the reader's language.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import openapi_pydantic as openapi
from flask_babel import gettext
from openapi_pydantic.util import PydanticSchema, construct_open_api_with_schema_class
from pydantic import BaseModel

from game.accounts.api_token import SCOPES
from game.base.json_object import members, objects
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.web.api import words
from game.web.api.shapes import ID, Problem
from game.web.api.surface import BASE, Operation, operations
from game.web.api.webhook_shapes import MESSAGES
from game.web.problem import MEDIA_TYPE

TITLE = _("API de Sourcerie")
ABOUT = _(
    "Ce que les programmes lisent et écrivent du vivier. Une piste n'en sort que comme d'un "
    "export : jamais qui s'est opposé, qui n'a pas été informé à temps, ni les essais des "
    "démonstrations et répétitions. Qui n'est pas encore informé ne se lit que si l'entreprise a "
    "dit que ses exports restent chez elle. Chaque lecture et chaque changement est au journal, "
    "avec le propriétaire du jeton. Les moments sont en UTC."
)
KEY = _("La même demande avec la même clé, un jour durant, est faite une fois et répondue pareil.")
SIGNED = _(
    "Signé selon Standard Webhooks : webhook-id, webhook-timestamp et webhook-signature. "
    "Refusez ce qui a plus de cinq minutes ; le même webhook-id peut revenir."
)
ALWAYS = ("token_missing", "token_unknown", "scope_missing", "throttled", "catching_up")
OF_BODIES = ("bad_json", "not_json", "bad_input")
IN_PATH = re.compile(r"\{(\w+)\}")
SAID = ("summary", "description", "title", "name")  # where a text of ours may stand


def document(server: str) -> dict[str, object]:
    """The description in the reader's language; `server` is our address."""
    paths: dict[str, openapi.PathItem] = {}
    for one, _view in operations:
        item = paths.setdefault(BASE + one.path, openapi.PathItem())
        setattr(item, one.method.lower(), _operation(one))
    made = openapi.OpenAPI(
        info=openapi.Info(title=TITLE, version="1", description=ABOUT),
        servers=[openapi.Server(url=server)],
        paths=paths,
        webhooks={name: _webhook(name) for name in MESSAGES},
        components=openapi.Components(securitySchemes={"token": _scheme()}),
        tags=[openapi.Tag(name=tag) for tag in dict.fromkeys(one.tag for one, _v in operations)],
    )
    whole = construct_open_api_with_schema_class(made)
    return _spoken(whole.model_dump(mode="json", by_alias=True, exclude_none=True))


def _scheme() -> openapi.SecurityScheme:
    scopes = ", ".join(f"`{name}`" for name in SCOPES)
    return openapi.SecurityScheme(type="http", scheme="bearer", description=scopes)


def _webhook(name: str) -> openapi.PathItem:
    """A message of ours to whoever declared an address; any 2xx takes it."""
    taken = openapi.Response(description=_("Reçu. Toute autre réponse : renvoyé plus tard."))
    told = openapi.Operation(
        operationId=name,
        description=SIGNED,
        requestBody=_sent(MESSAGES[name]),
        responses={"2XX": taken},
    )
    return openapi.PathItem(post=told)


def _operation(one: Operation) -> openapi.Operation:
    return openapi.Operation(
        tags=[one.tag],
        summary=one.summary,
        description=f"`{one.scope}`",
        operationId=one.name,
        parameters=[*_parameters(one)] or None,
        requestBody=_sent(one.body) if one.body else None,
        responses={**_answers(one), **_problems(one)},
        security=[{"token": []}],
    )


def _parameters(one: Operation) -> Iterator[openapi.Parameter]:
    for name in IN_PATH.findall(one.path):
        schema = openapi.Schema(type=openapi.DataType.STRING, pattern=ID)
        yield _parameter(name, "path", schema, required=True)
    if one.is_once:
        schema = openapi.Schema(
            type=openapi.DataType.STRING, minLength=1, maxLength=255, pattern="^[!-~]+$"
        )
        yield _parameter("Idempotency-Key", "header", schema, KEY)
    properties = one.query.model_json_schema()["properties"] if one.query else {}
    for name, told in properties.items():
        schema = openapi.Schema.model_validate(_in_query(told))
        yield _parameter(name, "query", schema, told.get("description"))


def _parameter(
    name: str,
    where: str,
    schema: openapi.Schema,
    said: str | None = None,
    *,
    required: bool = False,
) -> openapi.Parameter:
    given = {"name": name, "in": where, "schema": schema, "description": said}
    return openapi.Parameter.model_validate({**given, "required": required})


def _in_query(told: Mapping[str, object]) -> dict[str, object]:
    """A field as an address has it: there, or not; nothing stands for null."""
    kept = {key: value for key, value in told.items() if key not in ("title", "description")}
    if kept.get("default") in ("", None):
        kept.pop("default", None)
    options = [one for one in objects(kept.pop("anyOf", None)) if one.get("type") != "null"]
    return {**kept, **(options[0] if options else {})}


def _sent(shape: type[BaseModel]) -> openapi.RequestBody:
    content = {"application/json": openapi.MediaType(schema=PydanticSchema(schema_class=shape))}
    return openapi.RequestBody(required=True, content=content)


def _answers(one: Operation) -> dict[str, openapi.Response]:
    schema: Any = PydanticSchema(schema_class=one.answer)
    content = {"application/json": openapi.MediaType(schema=schema)}
    return {
        str(status): openapi.Response(description=str(status), content=content)
        for status in one.statuses
    }


def codes_of(one: Operation) -> dict[int, list[str]]:
    """The codes that an operation may refuse with, by status."""
    own = (*ALWAYS, *(OF_BODIES if one.body else ("bad_input",) if one.query else ()))
    own = (*own, *(("bad_key",) if one.is_once else ()), *one.refusals)
    found: dict[int, list[str]] = {}
    for code in dict.fromkeys(own):
        found.setdefault(words.status_of(code), []).append(code)
    return dict(sorted(found.items()))


def _problems(one: Operation) -> dict[str, openapi.Response]:
    content = {MEDIA_TYPE: openapi.MediaType(schema=PydanticSchema(schema_class=Problem))}
    told = {status: ", ".join(f"`{c}`" for c in codes) for status, codes in codes_of(one).items()}
    if one.body:
        told[413] = "`too_large`"
    return {
        str(status): openapi.Response(description=said, content=content)
        for status, said in told.items()
    }


def codes() -> dict[str, str]:
    """All codes that the API refuses with, and what each says."""
    every = {code for one, _view in operations for own in codes_of(one).values() for code in own}
    return {code: words.said(Refusal(code)) for code in sorted(every)}


def _spoken(value: dict[str, object]) -> dict[str, object]:
    """The document with our texts in the reader's language, and without those that are for us."""
    whole = members(_translated(value))
    components = members(whole["components"])
    schemas = {
        name: {key: told for key, told in members(shape).items() if key != "description"}
        for name, shape in members(components["schemas"]).items()  # what is left out: a docstring
    }
    return {**whole, "components": {**components, "schemas": schemas}}


def _translated(value: object) -> object:
    match value:
        case dict():
            return {
                key: gettext(inner)
                if key in SAID and isinstance(inner, str) and inner
                else _translated(inner)
                for key, inner in value.items()
            }
        case list():
            return [gettext(one) if isinstance(one, str) else _translated(one) for one in value]
        case _:
            return value
