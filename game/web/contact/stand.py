"""The screen of a stand: a visitor enters themselves, and it is clean for the next one.

It works without a line: what was typed waits in the browser, under the id that its form made, and
is sent when there is one. A script without any of that leaves a plain form.
"""

from collections.abc import Callable, Mapping

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale

from game.base import paths
from game.base.languages import LANGS
from game.base.refusal import Refusal
from game.context import current
from game.pool import occasion
from game.screens import messages
from game.store.tables import Occasion
from game.web.contact import guest
from game.web.contact.nominee import blueprint
from game.web.contact.own_page import private
from game.web.security import csrf, open_to_all

WORKER = "stand_worker.js"
CLEAN_AFTER = 8  # seconds for thanks, where no script runs
AT = "/stand/<string(length=32):key>/"


@blueprint.get(AT)
@open_to_all
def stand(key: str) -> ResponseReturnValue:
    """The screen, in the stand's language or in the one that a visitor has chosen."""
    where = _stand(key)
    with force_locale(_lang(where)):
        if request.args.get("done") == "yes":
            answer = private(render_template("contact/stand_done.html", **_base(where)))
            answer.headers["Refresh"] = f"{CLEAN_AFTER}; url={url_for('contact.stand', key=key)}"
            return answer
        return private(_page(where, {}, {}))


@blueprint.post(AT)
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # the key in the address is the right, and no cookie is
def enter(key: str) -> ResponseReturnValue:
    """Takes a visitor in: answers a script with JSON, a form with a page."""
    where = _stand(key)
    request.max_content_length = guest.MOST
    typed = dict(request.form)
    late = typed.get("late") == "1"
    by_script = request.headers.get("Accept") == "application/json"
    with force_locale(_lang(where)):
        try:
            if not (occasion.takes_late if late else occasion.is_open)(where):
                raise Refusal("unknown_page")
            at = _at(typed) if late else None
            guest.take((where, None), typed, typed.get("page", ""), at, late=late)
        except Refusal as refusal:
            if not refusal.fields and not by_script:
                raise
            told = messages.refusal(refusal)
            status = 422 if refusal.fields else 503 if refusal.code in AGAIN else 409
            if by_script:
                return {"ok": False, "error": told}, status
            return private(_page(where, told["fields"], guest.kept(typed, refusal))), 422
    if by_script:
        return {"ok": True}
    return redirect(url_for("contact.stand", key=key, done="yes"), 303)


AGAIN = ("busy", "catching_up", "too_often", "failed")


@blueprint.get(f"{AT}worker.js")
@open_to_all
def stand_worker(key: str) -> ResponseReturnValue:
    """What keeps the screen when there is no line; it must stand below the screen's own address."""
    _stand(key)
    address: Callable[[str], str] = current_app.jinja_env.globals["built"]  # type: ignore[assignment]
    name = address(WORKER).rpartition("/")[2]
    return Response((paths.built() / name).read_bytes(), mimetype="text/javascript")


def _at(typed: Mapping[str, str]) -> int | None:
    at = typed.get("at", "")
    return int(at) if at.isascii() and at.isdecimal() and len(at) < 16 else None


def _lang(where: Occasion) -> str:
    asked = request.args.get("lang", "")
    return asked if asked in LANGS else where.lang


def _stand(key: str) -> Occasion:
    guest.check_pace()
    with current().store.session() as s:
        return occasion.of_stand(s, key)


def _base(where: Occasion) -> dict[str, object]:
    lang = _lang(where)
    return {"occasion": where, "lang": lang, "others": [one for one in LANGS if one != lang]}


def _page(where: Occasion, faults: Mapping[str, str], typed: Mapping[str, str]) -> str:
    shown = guest.shown(faults, typed)
    is_open = occasion.is_open(where) and shown["paper"] is not None
    return render_template("contact/stand.html", is_open=is_open, **_base(where), **shown)
