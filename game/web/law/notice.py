"""The notice to contacts: written, and published in versions."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import KEEP_PAPERS, WRITE_NOTICE
from game.base.languages import NAMES
from game.base.refusal import Refusal
from game.context import current
from game.privacy import company, notice
from game.privacy.papers import SOURCE
from game.screens import messages
from game.web.i18n import lang
from game.web.law.surface import blueprint
from game.web.security import needs


@blueprint.route("/law/notice", methods=["GET", "POST"])
@needs(WRITE_NOTICE)
def write_notice() -> ResponseReturnValue:
    """The working texts, a part a point of article 14; and what was published."""
    if request.method == "GET":
        return _page({})
    packs, by = current().packs, current_user.id
    typed = {
        code: {s.key: request.form.get(f"{code}.{s.key}", "") for s in notice.paper(pack).sections}
        for code, pack in packs.items()
    }
    try:
        current().writer.write(lambda s: notice.save(s, packs, typed, by))
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return _page(messages.refusal(refusal)["fields"], typed), 422
    flash(_("C'est enregistré, pas encore publié."))
    return redirect(url_for("law.write_notice"))


@blueprint.post("/law/notice/publish")
@needs(KEEP_PAPERS)
def publish_notice() -> ResponseReturnValue:
    """Makes the working texts the version that people are given from now on."""
    packs, by = current().packs, current_user.id
    version = current().writer.write(lambda s: notice.publish(s, packs, by))
    flash(_("La notice n° %(n)s est publiée.", n=version))
    return redirect(url_for("law.write_notice"))


@blueprint.get("/law/notice/<int(max=9999):version>")
@needs(WRITE_NOTICE)
def published_notice(version: int) -> ResponseReturnValue:
    """A published version, as a contact reads it."""
    source = _(SOURCE)
    with current().store.session() as s:
        found = notice.given(s, version, lang(), source)
    if found is None:
        abort(404)
    return render_template("law/paper.html", paper=found, version=version)


def _page(faults: dict[str, str], typed: notice.Texts | None = None) -> str:
    packs = current().packs
    with current().store.session() as s:
        texts = typed or notice.working(s, packs)
        lacking = company.missing(company.facts(s))
        versions = notice.versions(s)
    return render_template(
        "law/notice.html",
        papers={one: notice.paper(pack) for one, pack in packs.items()},
        texts=texts,
        names=NAMES,
        places=notice.PLACES,
        lacking=lacking,
        versions=versions,
        faults=faults,
    )
