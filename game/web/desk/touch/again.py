"""The pool used again for a brief: its words, where they were found, and whom to contact."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from game.accounts.policy import TOUCH_LEADS
from game.base.days import today
from game.base.languages import LANGS
from game.base.refusal import Refusal
from game.context import current
from game.pool import again as pool
from game.rules.quotes import words_of
from game.rules.translation import brief_in
from game.screens import messages
from game.screens.touch_words import touch_words
from game.store.tables import BriefRow
from game.web.desk.surface import blueprint
from game.web.desk.touch import forms as touch_forms
from game.web.security import needs


@blueprint.get("/desk/again")
@needs(TOUCH_LEADS)
def again() -> ResponseReturnValue:
    """The briefs to look into the pool for."""
    with current().store.session() as s:
        return render_template("desk/again.html", briefs=pool.briefs(s))


@blueprint.route("/desk/again/<brief_id>", methods=["GET", "POST"])
@needs(TOUCH_LEADS)
def again_for(brief_id: str) -> ResponseReturnValue:
    """Who has which words of the brief; the words can be changed, and people be chosen."""
    with current().store.session() as s:
        brief = s.get(BriefRow, brief_id) or abort(404)
    if request.method == "POST" and request.form.get("do") == "plan":
        return _plan(brief)
    return _page(brief, {})


def _plan(brief: BriefRow) -> ResponseReturnValue:
    secret, by, typed, day = current().secret, current_user.id, request.form, today()
    ids = typed.getlist("lead")
    try:
        wanted = touch_forms.wanted(typed, by, brief.id)
        planned = current().writer.write(lambda s: pool.plan_for(s, secret, ids, wanted, by, day))
    except Refusal as refusal:
        return _page(brief, messages.refusal(refusal)["fields"]), 422
    flash(ngettext("%(num)s contact est prévu.", "%(num)s contacts sont prévus.", planned))
    return redirect(url_for("desk.agenda"))


def _must_haves(brief: BriefRow) -> list[str]:
    """In each language that they are said in: files are in any."""
    musts = [brief_in(brief, brief.translations, lang).must_haves for lang in LANGS]
    return list(dict.fromkeys([*brief.must_haves, *(one for every in musts for one in every)]))


def _page(brief: BriefRow, faults: dict[str, str]) -> str:
    typed, by = request.form, current_user.id
    words = words_of([typed["words"]] if "words" in typed else _must_haves(brief))
    with current().store.session() as s:
        found = pool.find(s, words, today())
    current().writer.write(lambda s: pool.note_shown(s, brief.id, len(found), by))
    return render_template(
        "desk/again_for.html",
        brief=brief,
        sought=" ".join(words),
        found=found,
        full=len(found) == pool.MOST,
        labels={"role": _("Métier"), "company": _("Entreprise"), "skills": _("Compétences")},
        chosen=typed.getlist("lead"),
        typed=typed,
        faults=faults,
        words=touch_words(),
    )
