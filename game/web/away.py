"""When the database is away: a page that comes back by itself, or a refusal that says so."""

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import InterfaceError, OperationalError, TimeoutError

from game.store.writer import Away, Busy
from game.web import faults
from game.web.asked import wants_json

SECONDS = "3"  # until it is worth trying again


def _answer(_error: Exception) -> ResponseReturnValue:
    headers = {"Retry-After": SECONDS}
    if wants_json():
        away = faults.of_away()
        error = {"code": away.code, "text": away.text, "fields": {}}
        return {"ok": False, "error": error}, 503, headers
    if request.method == "POST":  # a page that came back by itself would lose what was typed
        return faults.answer(faults.of_away(), list(headers.items()))
    return render_template("behind.html"), 503, headers


def install(app: Flask) -> None:
    """Has every page answer so."""
    for fault in (OperationalError, InterfaceError, TimeoutError, Away, Busy):
        app.register_error_handler(fault, _answer)
