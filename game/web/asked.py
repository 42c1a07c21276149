"""What a browser sent: cleaned once, in front of every page."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Flask, Request, abort, request, url_for
from flask_wtf import FlaskForm
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.utils import cached_property

from game.base.text import FORBIDDEN, all_printable, printable

FOR_SCRIPTS = ("/move", "/hand", "/phone-link")  # what addresses end with that only scripts ask


def _texts(sent: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    return ImmutableMultiDict([(printable(k), printable(v)) for k, v in sent.items(multi=True)])


class Asked(Request):
    """A request in whose texts is nothing that no database or file can hold."""

    @cached_property
    def args(self) -> ImmutableMultiDict[str, str]:
        return _texts(super().args)

    def _load_form_data(self) -> None:
        if "form" not in self.__dict__:
            super()._load_form_data()
            self.__dict__["form"] = _texts(self.__dict__["form"])

    def get_json(self, force: bool = False, silent: bool = False, cache: bool = True) -> object:
        return all_printable(super().get_json(force, silent, cache))


class Form(FlaskForm):  # type: ignore[misc]
    """A form of texts: a file, or JSON, sent in the place of one is nothing."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """How the fields are read."""

        def wrap_formdata(self, _form: object, _data: object) -> MultiDict[str, str] | None:
            """The fields of the form that was sent, if one was."""
            return request.form if request.method == "POST" else None


def wants_json() -> bool:
    """Does a script ask, and not somebody who reads pages?"""
    if request.is_json or request.path.endswith(FOR_SCRIPTS):
        return True
    accepts = request.accept_mimetypes
    return accepts.best_match(("text/html", "application/json")) == "application/json"


def own_path(address: str | None) -> str:
    """The path and query of an address of ours; empty for any other, or for what is none."""
    try:
        parts = urlsplit(printable(address or "").strip())
    except ValueError:
        return ""
    path = parts.path.replace("\\", "/")
    if parts.netloc not in ("", request.host) or not path.startswith("/") or path[1:2] == "/":
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def address(endpoint: str, query: Mapping[str, object]) -> str:
    """The address of a page of ours that is asked so."""
    return url_for(
        endpoint, _anchor=None, _method=None, _scheme=None, _external=None, **query
    )  # what is not of the query is said, so that nothing of it can stand for that


def _no_such_address() -> None:
    if FORBIDDEN.search(request.path):
        abort(404)


def install(app: Flask) -> None:
    """Has every page asked so."""
    app.request_class = Asked
    app.before_request(_no_such_address)
