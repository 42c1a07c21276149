"""The papers that write themselves: as pages, and as files to sign."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from game.accounts.policy import KEEP_PAPERS
from game.base.languages import LANGS, NAMES
from game.context import current
from game.exports import receivers
from game.exports.paper_pdf import pdf
from game.privacy import company
from game.privacy import papers as written
from game.privacy.papers import GAP, Written
from game.web.desk.surface import attachment
from game.web.i18n import lang
from game.web.law.surface import blueprint
from game.web.security import needs


@blueprint.get("/law")
@needs(KEEP_PAPERS)
def papers() -> ResponseReturnValue:
    """All papers, and what is missing for them."""
    with current().store.session() as s:
        known, names = company.facts(s), receivers.names(s)
    return render_template(
        "law/papers.html",
        papers=written.every(known, current().packs, lang(), names),
        lacking=company.missing(known),
        languages=NAMES,
        gap=GAP,
    )


@blueprint.get("/law/papers/<string(length=2):code>/<key>")
@needs(KEEP_PAPERS)
def paper(code: str, key: str) -> ResponseReturnValue:
    """One paper, as a page."""
    return render_template("law/paper.html", paper=_paper(code, key), version=None)


@blueprint.get("/law/papers/<string(length=2):code>/<key>.pdf")
@needs(KEEP_PAPERS)
def paper_file(code: str, key: str) -> ResponseReturnValue:
    """One paper, as a PDF."""
    made = pdf(_paper(code, key))
    return attachment(iter([made]), "application/pdf", f"sourcerie-{key}-{code}.pdf")


def _paper(code: str, key: str) -> Written:
    if code not in LANGS:
        abort(404)
    with current().store.session() as s:
        known, names = company.facts(s), receivers.names(s)
    every = written.every(known, current().packs, code, names)
    return next((one for one in every if one.key == key), None) or abort(404)
