"""Free texts that wait to be read, by the officer alone."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import KEEP_PAPERS
from game.context import current
from game.pool import held_text
from game.privacy.audit import audit
from game.rules import lexicon
from game.web.i18n import lang
from game.web.law.surface import blueprint
from game.web.security import needs


@blueprint.get("/law/texts")
@needs(KEEP_PAPERS)
def texts() -> ResponseReturnValue:
    """What waits, and what it touches on; neither who said it nor of whom."""
    criteria = current().pack(lang()).lexicon
    labels = {criterion.key: criterion.label for criterion in criteria}
    by = current_user.id
    with current().store.session() as s:
        found = held_text.waiting(s)
    count = len(found)
    if found:
        current().writer.write(lambda s: audit(s, by, "texts_listed", {"count": count}))
    rows = []
    for one in found:
        said = [", ".join(t) if isinstance(t, list) else str(t) for t in one.texts.values()]
        keys = dict.fromkeys(key for text in said for key in lexicon.touched(text, criteria))
        rows.append((one, said, [labels[key] for key in keys]))
    return render_template("law/texts.html", rows=rows)


@blueprint.post("/law/texts/<recommendation_id>/pass")
@needs(KEEP_PAPERS)
def pass_text(recommendation_id: str) -> ResponseReturnValue:
    """Lets a text through."""
    by = current_user.id
    current().writer.write(lambda s: held_text.let_through(s, recommendation_id, by))
    flash(_("Le texte passe."))
    return redirect(url_for("law.texts"))


@blueprint.post("/law/texts/<recommendation_id>/strike")
@needs(KEEP_PAPERS)
def strike_text(recommendation_id: str) -> ResponseReturnValue:
    """Forgets a text."""
    by = current_user.id
    current().writer.write(lambda s: held_text.strike(s, recommendation_id, by))
    flash(_("Le texte est rayé."))
    return redirect(url_for("law.texts"))
