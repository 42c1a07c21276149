"""Documents about a post: brought in as text, PDF or DOCX, and taken out."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from game.accounts.policy import JUDGE_LEADS
from game.base.days import today
from game.base.languages import LANGS
from game.base.refusal import Refusal
from game.base.sizes import MEGABYTE
from game.context import current
from game.helpers.passages import passages
from game.pool import document
from game.screens import messages
from game.web.desk.posts.page import MOST, dossier_page, topic_of
from game.web.desk.surface import blueprint, given_text
from game.web.desk.touch import forms as touch_forms
from game.web.i18n import lang
from game.web.security import needs, takes


@blueprint.post("/desk/posts/documents")
@needs(JUDGE_LEADS)
@takes(MOST * MEGABYTE)
def bring_document() -> ResponseReturnValue:
    """Takes in a document about a post, pasted or a file."""
    by, form = current_user.id, request.form
    topic, file = topic_of(form.get("topic", "")), request.files.get("file")
    name = form.get("name", "").strip() or (file.filename or "" if file else "")
    spoken = form["lang"] if form.get("lang") in LANGS else lang()
    try:
        if not topic:
            raise Refusal("bad_input", {"topic": "missing"})
        text = given_text(file, form.get("text", ""))
        pieces = [document.Piece(one.text, one.page, one.place) for one in passages(text)]
        day = touch_forms.day(form, "day") or today()
        current().writer.write(lambda s: document.bring(s, topic, name, spoken, day, pieces, by))
    except Refusal as refusal:
        told = messages.refusal(refusal)
        return dossier_page(topic, told["fields"] or {"text": told["text"]}), 422
    return redirect(url_for("desk.dossier", topic=topic) + "#documents")


@blueprint.post("/desk/posts/documents/<document_id>/remove")
@needs(JUDGE_LEADS)
def remove_document(document_id: str) -> ResponseReturnValue:
    """Takes a document out."""
    by = current_user.id
    topic = current().writer.write(lambda s: document.take_out(s, document_id, by))
    return redirect(url_for("desk.dossier", topic=topic) + "#documents")
