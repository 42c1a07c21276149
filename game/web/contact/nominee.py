"""The contact's own pages: here, the nominee who answers 'my expert of …'."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from game.context import current
from game.pool import nomination
from game.web.security import csrf, open_to_all

blueprint = Blueprint("contact", __name__)


@blueprint.route("/expert/<string(length=22):key>", methods=["GET", "POST"])
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # the key in the address is the right, and no cookie is
def expert(key: str) -> ResponseReturnValue:
    """Shows a nominee what was said of them; they accept, edit, stay anonymous or decline."""
    game = current()
    with game.store.session() as s:
        found = nomination.of_key(s, key)
    if found is None:
        abort(404)
    if request.method == "GET":
        return render_template("contact/expert.html", nomination=found, done="")
    answer = request.form.get("answer", "")
    if answer not in nomination.ANSWERS:
        return render_template("contact/expert.html", nomination=found, done=""), 422
    subject = request.form.get("subject", found.subject)
    why = request.form.get("why", found.why)
    game.writer.write(lambda s: nomination.answer(s, key, answer, subject=subject, why=why))
    return render_template("contact/expert.html", nomination=found, done=answer)
