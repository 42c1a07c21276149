"""What went wrong, said by us: in the reader's language, with a way on, and nothing typed lost."""

import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType

import structlog
from flask import Flask, render_template, request, url_for
from flask.typing import HeadersValue, ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, SQLAlchemyError
from werkzeug.exceptions import Forbidden, HTTPException

from game.base.refusal import Refusal
from game.base.sizes import MEGABYTE
from game.base.speech import marked as _l
from game.screens import messages
from game.web.asked import own_path, wants_json
from game.web.problem import API, problem

STAFF = (
    *("/desk", "/law", "/integrations", "/workshops", "/positions", "/users", "/account"),
    *("/remote", "/sign-in", "/sign-out"),
)
SECRET = ("password", "token", "current", "one_time")
POINTLESS = (404, 405, 413)  # sending the same again cannot help
MOST_FIELDS = 1000  # as many as a form may have
log = structlog.get_logger()


class SignInFirst(Forbidden):
    """A form came from somebody who is not signed in, or not any more."""


@dataclass(frozen=True)
class Fault:
    """What a reader is told: `code` is for scripts, `title` and `text` for people."""

    status: int
    code: str
    title: str
    text: str


KNOWN: Mapping[int, tuple[str, str, str]] = {
    403: (
        "not_allowed",
        _l("Cette page est pour d'autres"),
        _l("Ce compte n'y a pas accès. Une personne qui administre peut l'ouvrir."),
    ),
    404: (
        "not_found",
        _l("Il n'y a rien ici"),
        _l("Cette page n'existe pas, ou n'existe plus."),
    ),
    405: (
        "wrong_method",
        _l("Cette adresse ne s'ouvre pas ainsi"),
        _l("On y arrive par un bouton d'une autre page."),
    ),
    413: (
        "too_large",
        _l("C'est trop lourd"),
        _l("%(n)d Mo au plus. Revenir en arrière rend ce qui était tapé."),
    ),
    429: (
        "too_often",
        _l("Un peu vite"),
        _l("Trop de demandes à la fois. Dans une minute, tout ira bien."),
    ),
}
USUAL = (
    "bad_request",
    _l("Cette demande n'a pas été comprise"),
    _l("Quelque chose y manque ou n'a pas la bonne forme."),
)
OURS = (
    "failed",
    _l("Ça n'a pas marché de notre côté"),
    _l("C'est noté, et rien de ce qui était enregistré n'est perdu."),
)


def of_status(status: int) -> Fault:
    """What is said of a status of HTTP."""
    code, title, text = KNOWN.get(status, OURS if status >= 500 else USUAL)
    return Fault(status, code, _(title), _(text, n=_most() // MEGABYTE))


def _most() -> int:
    return request.max_content_length or 0


def of_expired() -> Fault:
    """What is said where a form's token is missing or has had its time."""
    text = _("La page est restée ouverte longtemps. Rien n'est perdu : il suffit de renvoyer.")
    return Fault(400, "form_expired", _("À envoyer une nouvelle fois"), text)


def of_stranger() -> Fault:
    """What is said to somebody whose form needs a sign-in."""
    text = _("Connectez-vous dans un autre onglet, puis renvoyez : rien n'est perdu.")
    return Fault(403, "sign_in_first", _("Il faut être connecté"), text)


def of_outsider() -> Fault:
    """What is said to a phone that sends an answer and is nobody's in that workshop."""
    text = _("Entre d'abord avec le code de l'atelier, dans un autre onglet, puis renvoie.")
    return Fault(403, "not_in", _("Cette page ne te reconnaît pas"), text)


def of_away() -> Fault:
    """What is said to somebody who sent a form while the database was away."""
    text = _("Le serveur revient dans un instant. Rien n'est perdu : il suffit de renvoyer.")
    return Fault(503, "catching_up", _("On rattrape le retard…"), text)


def of_refusal(refusal: Refusal) -> Fault:
    """What is said of a refusal that no page has a field for."""
    special = {"not_allowed": 403, "too_often": 429}
    unknown = refusal.code.startswith("unknown_")
    status = special.get(refusal.code, 404 if unknown else 422)
    said = messages.refusal(refusal)
    text = " ".join([said["text"], *said["fields"].values()])
    return Fault(status, refusal.code, of_status(status).title, text)


def _is_ours() -> bool:
    """Was the form on a page of ours? What another site sent is not offered to be sent again."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return False
    came_from = request.headers.get("Origin") or request.headers.get("Referer")
    return not came_from or bool(own_path(came_from if "/" in came_from[8:] else f"{came_from}/"))


def _typed() -> list[tuple[str, str]]:
    """The fields of the form that was sent, without its token; of secrets, the names alone."""
    if request.method != "POST" or not _is_ours():
        return []
    try:
        sent = list(request.form.items(multi=True))[:MOST_FIELDS]
    except HTTPException:  # too large to be read
        return []
    hidden = [(k, "" if any(s in k for s in SECRET) else v) for k, v in sent]
    return [(name, value) for name, value in hidden if name != "csrf_token"]


def _is_staff() -> bool:
    """Is it a page of those who run things? Where that cannot be asked, it is nobody's."""
    try:
        return bool(current_user.is_authenticated) or request.path.startswith(STAFF)
    except SQLAlchemyError:
        return False


def answer(fault: Fault, headers: HeadersValue = ()) -> ResponseReturnValue:
    """The page of a fault, its JSON for a script of ours, or its problem for a program."""
    if request.path.startswith(API):
        said = tuple(headers) if isinstance(headers, list | tuple) else ()
        return problem(fault.status, fault.code, fault.title, fault.text, (), said)
    if wants_json():
        error = {"code": fault.code, "text": fault.text, "fields": {}}
        return {"ok": False, "error": error}, fault.status, headers
    staff = _is_staff()
    page = render_template(
        "faults/staff.html" if staff else "faults/phone.html",
        fault=fault,
        typed=_typed(),
        again=fault.status not in POINTLESS,
        action=request.full_path.rstrip("?"),
        secret=SECRET,
        back=own_path(request.referrer),
        home="/workshops" if staff else "/",
        sign_in=url_for("auth.sign_in_page") if staff and not current_user.is_authenticated else "",
    )
    return page, fault.status, headers


def _on_http(error: HTTPException) -> ResponseReturnValue | HTTPException:
    status = error.code or 500
    if status < 400 or error.response is not None:
        return error  # it is on its way elsewhere, or said already
    kept = [(k, v) for k, v in error.get_headers() if k in ("Allow", "Retry-After")]
    if isinstance(error, CSRFError):
        return answer(of_expired())
    return answer(of_stranger() if isinstance(error, SignInFirst) else of_status(status), kept)


def _on_refusal(refusal: Refusal) -> ResponseReturnValue:
    return answer(of_refusal(refusal))


def _on_data(_error: DataError) -> ResponseReturnValue:
    """A value that its column cannot hold, where no field said so before."""
    return answer(of_refusal(Refusal("bad_input")))


def _log(error: tuple[type[BaseException], BaseException, TracebackType]) -> None:
    """Where it happened: no address, no values, which could be somebody's."""
    kind, _fault, trace = error
    frames = traceback.extract_tb(trace)[-8:]
    where = [f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames]
    log.error("page_failed", page=request.endpoint, fault=getattr(kind, "__name__", ""), at=where)


def install(app: Flask) -> None:
    """Has every page answer so."""
    app.log_exception = _log  # type: ignore[method-assign,assignment]
    app.register_error_handler(HTTPException, _on_http)
    app.register_error_handler(Refusal, _on_refusal)
    app.register_error_handler(DataError, _on_data)
