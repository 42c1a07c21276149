"""The API's description: for programs, and as a page that is made of it."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

import orjson
from flask import Response, render_template
from flask_babel import gettext as _
from markupsafe import Markup

from game.base.address import public_url
from game.base.json_object import Json, at, members, objects, texts
from game.context import current
from game.web.api.surface import blueprint
from game.web.i18n import lang
from game.web.security import open_to_all

REF = "#/components/schemas/"
METHODS = ("get", "post", "put", "patch", "delete")


class Field(NamedTuple):
    """One field as a reader sees it."""

    name: str
    type: str
    needed: bool
    said: str


@cache
def _made(_lang: str, server: str) -> dict[str, object]:
    from game.web.api.document import document  # its library is large, and few ask

    return document(server)


def _document() -> dict[str, object]:
    return _made(lang(), public_url(current().settings))


@blueprint.get("/api/openapi.json")
@open_to_all
def description() -> Response:
    """The document."""
    answer = Response(orjson.dumps(_document()), content_type="application/json")
    answer.headers["Content-Language"] = lang()
    answer.headers["Vary"] = "Accept-Language, Cookie"
    return answer


@blueprint.get("/api/docs")
@open_to_all
def docs() -> str:
    """The page, made of the document."""
    made = _document()
    reference = _reference(lang(), public_url(current().settings))
    return render_template("api/docs.html", title=at(made, "info", "title"), reference=reference)


@cache
def _reference(language: str, server: str) -> Markup:
    """What the page tells, drawn once: anybody may ask, and it is long."""
    from game.web.api.document import codes

    made = _made(language, server)
    told = {name: at(one, "post") for name, one in members(made["webhooks"]).items()}
    text = render_template(
        "api/reference.html",
        made=made,
        groups=[
            (name, list(_of(made, name))) for tag in objects(made["tags"]) if (name := tag["name"])
        ],
        codes=codes(),
        told=[
            (name, list(_fields(made, _schema(members(one)["requestBody"]))))
            for name, one in told.items()
        ],
        signed=next(at(one, "description") for one in told.values()),
    )
    return Markup(text)  # noqa: S704 – our own template, escaped


def _of(made: Json, tag: object) -> Iterator[dict[str, object]]:
    for path, item in members(made["paths"]).items():
        for method in METHODS:
            told = members(at(item, method))
            if told and tag in texts(told["tags"]):
                yield _shown(made, path, method, told)


def _shown(made: Json, path: str, method: str, told: Json) -> dict[str, object]:
    answers = members(told["responses"])
    good = next(answer for status, answer in answers.items() if status < "300")
    body = told.get("requestBody")
    return {
        **{"id": told["operationId"], "path": path, "method": method.upper()},
        **{"summary": told["summary"], "scope": str(told["description"]).strip("`")},
        "parameters": [_parameter(made, one) for one in objects(told.get("parameters"))],
        "body": list(_fields(made, _schema(body))) if body else [],
        "answer": list(_fields(made, _schema(good))),
        "refusals": {
            status: str(at(answer, "description")).replace("`", "").split(", ")
            for status, answer in answers.items()
            if status >= "300"
        },
    }


def _schema(part: object) -> Json:
    return members(at(part, "content", "application/json", "schema"))


def _parameter(made: Json, one: Json) -> Field:
    said, shape = str(one.get("description", "")), members(one["schema"])
    return Field(str(one["name"]), _type(made, shape), bool(one["required"]), said)


def _fields(made: Json, schema: Json, before: str = "") -> Iterator[Field]:
    """The fields of a shape, those within others after them."""
    shape = _resolved(made, schema)
    needed = texts(shape.get("required"))
    for name, one in members(shape.get("properties")).items():
        told = members(one)
        said = str(told.get("description", ""))
        yield Field(before + name, _type(made, told), name in needed, said)
        inner, mark = _inner(made, told)
        if inner:
            yield from _fields(made, inner, f"{before}{name}{mark}.")


def _resolved(made: Json, schema: Json) -> Json:
    ref = str(schema.get("$ref", ""))
    if not ref:
        return schema
    return members(at(made, "components", "schemas", ref.removeprefix(REF)))


def _inner(made: Json, told: Json) -> tuple[Json, str]:
    """The shape in a field, if it has one, and '[]' where it is a list of them."""
    for option in (told, *objects(told.get("anyOf"))):
        if "properties" in _resolved(made, option):
            return option, ""
        items = members(option.get("items"))
        if "properties" in _resolved(made, items):
            return items, "[]"
    return {}, ""


def _type(made: Json, told: Json) -> str:
    """What a field holds, in few words."""
    if "anyOf" in told:
        return " | ".join(_type(made, one) for one in objects(told["anyOf"]))
    if isinstance(among := told.get("enum"), list):
        return " | ".join(map(str, among))
    if told.get("type") == "array":
        return str(_("liste de %(what)s", what=_type(made, members(told.get("items")))))
    if "properties" in _resolved(made, told):
        return str(_("objet"))
    return str(told.get("format") or told.get("type") or _("objet"))
