"""What programs are told of each refusal: its status, and its words."""

from collections.abc import Mapping

from flask import Response
from flask_babel import gettext as _

from game.base.refusal import Refusal
from game.screens import messages
from game.web.problem import problem

STATUSES: Mapping[str, int] = {
    "lead_merged": 308,
    **{"bad_json": 400, "bad_key": 400},
    **{"token_missing": 401, "token_unknown": 401},
    **{"scope_missing": 403, "not_allowed": 403},
    **{"objected": 409, "lead_objected": 409, "lead_overdue": 409, "lead_uninformed": 409},
    **{"notice_unpublished": 409, "not_planned": 409},
    **{"not_json": 415, "throttled": 429, "busy": 503, "catching_up": 503},
}
LATER = 5  # seconds


def titles() -> dict[int, str]:
    """What a status is called."""
    return {
        308: _("C'est ailleurs"),
        400: _("La demande n'a pas pu être lue"),
        401: _("Il faut un jeton"),
        403: _("Ce jeton n'y a pas droit"),
        404: _("Il n'y a rien ici"),
        409: _("L'état des choses ne le permet pas"),
        415: _("Seul du JSON est lu ici"),
        422: _("Des champs sont à corriger"),
        429: _("Un peu vite"),
        503: _("Le serveur rattrape son retard"),
    }


def details() -> dict[str, str]:
    """What a code says, where its usual reader is somebody else."""
    merged = _("Cette piste est réunie avec une autre : voyez Location et « merged_into ».")
    again = _("Rien n'a été pris : renvoyez la même demande dans un instant.")
    return {
        "lead_merged": merged,
        "bad_input": _("Voyez « errors » : chaque champ en faute y est dit."),
        "throttled": _("Trop de demandes à la fois : voyez Retry-After."),
        **{"busy": again, "catching_up": again},
    }


def status_of(code: str) -> int:
    """The status that a code is answered with."""
    return STATUSES.get(code, 404 if code.startswith("unknown_") else 422)


def said(refusal: Refusal) -> str:
    """What a refusal says of the whole."""
    return details().get(refusal.code) or messages.text(refusal.code)


def told(
    refusal: Refusal,
    headers: tuple[tuple[str, str], ...] = (),
    more: Mapping[str, str] | None = None,
) -> Response:
    """A refusal as an answer; `more` are members of its own."""
    code = refusal.code
    status = status_of(code)
    if status == 401:
        headers = (*headers, ("WWW-Authenticate", "Bearer"))
    if status in (429, 503) and not any(name == "Retry-After" for name, _value in headers):
        headers = (*headers, ("Retry-After", str(LATER)))
    errors = [
        {"at": at, "code": why, "detail": messages.text(why)} for at, why in refusal.fields.items()
    ]
    return problem(status, code, titles()[status], said(refusal), errors, headers, more)
