"""Leads that may be one person, side by side: made one, kept apart, or put off."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy.orm import Session

from game.accounts.policy import JUDGE_LEADS
from game.context import current
from game.pool import doubles as found
from game.pool import merge as merges
from game.pool import seen
from game.store.tables import Lead
from game.web.desk.surface import blueprint, show, usual_points, words
from game.web.security import needs

REASONS = {
    "same_mail": _l("même mail"),
    "same_phone": _l("même téléphone"),
    "same_link": _l("même profil"),
    "near_mail": _l("mails à une faute près"),
    "near_phone": _l("numéros à une faute près"),
    "same_name": _l("même nom"),
    "name": _l("même nom"),
    "name_order": _l("même nom, dans un autre ordre"),
    "particle": _l("particule écrite autrement"),
    "short_name": _l("prénom ou diminutif"),
    "initials": _l("initiale"),
    "typo": _l("noms à une faute près"),
    "part_of_name": _l("un nom de plus"),
    "new_name": _l("même prénom, autre nom"),
    "same_company": _l("même entreprise"),
    "near_company": _l("entreprises voisines"),
}
STATES = (found.OPEN, found.LATER, found.APART)


@blueprint.get("/desk/doubles")
@needs(JUDGE_LEADS)
def doubles() -> ResponseReturnValue:
    """The pairs that wait for somebody; the worker compares who was never compared."""
    state = request.args.get("state", found.OPEN)
    state = state if state in STATES else found.OPEN
    by = current_user.id
    with current().store.session() as s:
        pairs, counts, stale = found.listed(s, state), found.counts(s), found.is_stale(s)
    current().writer.write(lambda s: seen.note_doubles(s, len(pairs), by))
    return render_template(
        "desk/doubles.html",
        pairs=pairs,
        counts=counts,
        state=state,
        looking=stale,
        reasons=REASONS,
        same=_same,
        words=words(),
    )


def _same(one: Lead, other: Lead) -> Sequence[str]:
    """The fields that say the same of both."""
    names = ("name", "role", "company", "mail", "phone", "link", "skills", "channel", "verdict")
    return [name for name in names if getattr(one, name) == getattr(other, name)]


@blueprint.post("/desk/doubles/<double_id>")
@needs(JUDGE_LEADS)
def decide(double_id: str) -> ResponseReturnValue:
    """Makes one of them, keeps them apart, puts them off, or proposes them again."""
    by, choice = current_user.id, request.form.get("choice", "")
    if choice == "merge":
        _merge(double_id, by)
    else:
        current().writer.write(lambda s: found.decide(s, double_id, choice, by))
    return redirect(url_for("desk.doubles", state=request.args.get("state")))


def _merge(double_id: str, by: str) -> None:
    usual = usual_points()

    def write(session: Session) -> tuple[str, set[str]]:
        pair = found.pair(session, double_id)
        both = (session.get_one(Lead, id) for id in (pair.one_id, pair.other_id))
        kept, gone = merges.which_stays(*both)
        kept_id = kept.id
        return kept_id, merges.merge(session, kept_id, gone.id, by, usual, pair.reasons)

    _kept_id, followed = current().writer.write(write)
    show(followed)
    flash(_("Les deux fiches n'en font plus qu'une. La fiche permet de les séparer de nouveau."))
