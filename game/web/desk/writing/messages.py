"""Templates of messages, and what was sent to many."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import TOUCH_LEADS
from game.base.json_object import Json
from game.base.languages import NAMES
from game.base.refusal import Refusal
from game.context import current
from game.pool import template
from game.pool.letter import notice_text, with_page
from game.pool.mailing import mailings
from game.rules.letter import fields_of, fill
from game.screens import messages as texts
from game.screens.mail_words import mail_words
from game.screens.touch_words import touch_words
from game.store.tables import MessageTemplate
from game.web.desk.surface import blueprint
from game.web.i18n import lang
from game.web.security import needs

EXAMPLE = {
    "fr": ("Solenn", "Kerguelen", "Chantiers Imaginaires", "soudeuse", "Soudeur ou soudeuse TIG"),
    "en": ("Solenn", "Kerguelen", "Imaginary Shipyards", "welder", "TIG welder"),
}


@blueprint.get("/desk/messages")
@needs(TOUCH_LEADS)
def messages() -> ResponseReturnValue:
    """The templates, those to start from, and the mailings."""
    with current().store.session() as s:
        own, sent = template.templates(s), mailings(s)
    return render_template(
        "desk/messages.html",
        own=own,
        starters=current().pack(lang()).letters,
        sent=sent,
        words=touch_words(),
        mail=mail_words(),
        languages=NAMES,
        mailer=bool(current().settings.smtp_url),
    )


@blueprint.route("/desk/messages/new", methods=["GET", "POST"])
@needs(TOUCH_LEADS)
def new_template() -> ResponseReturnValue:
    """A new template, blank or from a ready-made one."""
    if request.method == "POST":
        return _saved("")
    starters = {one.key: one for one in current().pack(lang()).letters}
    start = starters.get(request.args.get("from", ""))
    typed: dict[str, object] = {"lang": lang(), "kind": "message"}
    return _page("", {**typed, **(start.model_dump() if start else {})})


@blueprint.route("/desk/messages/<template_id>", methods=["GET", "POST"])
@needs(TOUCH_LEADS)
def edit_template(template_id: str) -> ResponseReturnValue:
    """A template, changed, previewed or removed."""
    with current().store.session() as s:
        found = s.get(MessageTemplate, template_id) or abort(404)
    if request.method == "GET":
        names = ("name", "lang", "kind", "subject", "body")
        return _page(template_id, {name: getattr(found, name) for name in names})
    if request.form.get("do") == "remove":
        by = current_user.id
        current().writer.write(lambda s: template.remove(s, template_id, by))
        return redirect(url_for("desk.messages"))
    return _saved(template_id)


def _saved(id: str) -> ResponseReturnValue:
    typed, by = dict(request.form), current_user.id
    try:
        if typed.get("do") == "preview":
            return _page(id, template.checked(typed), preview=True)
        current().writer.write(lambda s: template.save(s, id, typed, by))
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return _page(id, typed, texts.refusal(refusal)["fields"]), 422
    flash(_("Le modèle est enregistré."))
    return redirect(url_for("desk.messages"))


def _page(
    id: str,
    typed: Json,
    faults: dict[str, str] | None = None,
    *,
    preview: bool = False,
) -> str:
    spoken = str(typed.get("lang") or lang())
    return render_template(
        "desk/template.html",
        id=id,
        typed=typed,
        faults=faults or {},
        fields=list(fields_of(spoken)),
        words=touch_words(),
        languages=NAMES,
        preview=_example(typed, spoken) if preview else None,
    )


def _example(typed: Json, spoken: str) -> dict[str, str]:
    """The message to an invented person."""
    names = ("first_name", "last_name", "company", "role", "brief")
    values = dict(zip(names, EXAMPLE.get(spoken, EXAMPLE["en"]), strict=True))
    values["recruiter"] = current_user.name or current_user.mail
    with current().store.session() as s:
        pack = current().pack(spoken)
        values["notice"] = with_page(notice_text(s, pack, "…"), pack, "…")
    return {name: fill(str(typed.get(name, "")), spoken, values) for name in ("subject", "body")}
