"""The API's description: for programs, and as a page that is made of it."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import orjson
from flask import Response, render_template
from flask_babel import gettext as _
from markupsafe import Markup

from game.base.address import public_url
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
def _made(_lang: str, server: str) -> dict[str, Any]:
    from game.web.api.document import document  # its library is large, and few ask

    return document(server)


def _document() -> dict[str, Any]:
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
    return render_template("api/docs.html", title=made["info"]["title"], reference=reference)


@cache
def _reference(language: str, server: str) -> Markup:
    """What the page tells, drawn once: anybody may ask, and it is long."""
    from game.web.api.document import codes

    made = _made(language, server)
    told = made["webhooks"].items()
    text = render_template(
        "api/reference.html",
        made=made,
        groups=[(tag["name"], list(_of(made, tag["name"]))) for tag in made["tags"]],
        codes=codes(),
        told=[
            (name, list(_fields(made, _schema(item["post"]["requestBody"])))) for name, item in told
        ],
        signed=next(iter(made["webhooks"].values()))["post"]["description"],
    )
    return Markup(text)  # noqa: S704 – our own template, escaped


def _of(made: Mapping[str, Any], tag: str) -> Iterator[dict[str, Any]]:
    for path, item in made["paths"].items():
        for method in METHODS:
            told = item.get(method)
            if told and tag in told["tags"]:
                yield _shown(made, path, method, told)


def _shown(made: Mapping[str, Any], path: str, method: str, told: dict[str, Any]) -> dict[str, Any]:
    good = next(answer for status, answer in told["responses"].items() if status < "300")
    body = told.get("requestBody")
    return {
        **{"id": told["operationId"], "path": path, "method": method.upper()},
        **{"summary": told["summary"], "scope": told["description"].strip("`")},
        "parameters": [_parameter(made, one) for one in told.get("parameters", ())],
        "body": list(_fields(made, _schema(body))) if body else [],
        "answer": list(_fields(made, _schema(good))),
        "refusals": {
            status: answer["description"].replace("`", "").split(", ")
            for status, answer in told["responses"].items()
            if status >= "300"
        },
    }


def _schema(part: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Mapping[str, Any] = part["content"]["application/json"]["schema"]
    return found


def _parameter(made: Mapping[str, Any], one: Mapping[str, Any]) -> Field:
    said = one.get("description", "")
    return Field(one["name"], _type(made, one["schema"]), one["required"], said)


def _fields(
    made: Mapping[str, Any], schema: Mapping[str, Any], before: str = ""
) -> Iterator[Field]:
    """The fields of a shape, those within others after them."""
    shape = _resolved(made, schema)
    needed = shape.get("required", ())
    for name, told in shape.get("properties", {}).items():
        said = told.get("description", "")
        yield Field(before + name, _type(made, told), name in needed, said)
        inner, mark = _inner(made, told)
        if inner:
            yield from _fields(made, inner, f"{before}{name}{mark}.")


def _resolved(made: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    ref = schema.get("$ref", "")
    if not ref:
        return schema
    found: Mapping[str, Any] = made["components"]["schemas"][ref.removeprefix(REF)]
    return found


def _inner(made: Mapping[str, Any], told: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    """The shape in a field, if it has one, and '[]' where it is a list of them."""
    options = [told, *told.get("anyOf", ())]
    for option in options:
        if "properties" in _resolved(made, option):
            return option, ""
        items = option.get("items", {})
        if "properties" in _resolved(made, items):
            return items, "[]"
    return {}, ""


def _type(made: Mapping[str, Any], told: Mapping[str, Any]) -> str:
    """What a field holds, in few words."""
    if "anyOf" in told:
        return " | ".join(_type(made, one) for one in told["anyOf"])
    if "enum" in told:
        return " | ".join(map(str, told["enum"]))
    if told.get("type") == "array":
        return str(_("liste de %(what)s", what=_type(made, told.get("items", {}))))
    if "properties" in _resolved(made, told):
        return str(_("objet"))
    return str(told.get("format") or told.get("type") or _("objet"))
