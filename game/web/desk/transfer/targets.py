"""Where a list may go: the choice of a target, who is ready for it, and what is set for it."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import CONNECT_TARGETS, EXPORT_LEADS
from game.base.days import today
from game.base.refusal import Refusal
from game.context import current
from game.exports import mapping, push, target_settings
from game.exports.targets import targets
from game.pool import lead_list, seen
from game.privacy import inform
from game.privacy.audit import audit
from game.screens import messages
from game.screens.target_words import target_words
from game.web.desk.leads.table import query, wanted
from game.web.desk.surface import blueprint
from game.web.desk.transfer.target_look import chosen, look, target_of
from game.web.security import needs


@blueprint.route("/desk/export", methods=["GET", "POST"])
@needs(EXPORT_LEADS)
def export_page() -> ResponseReturnValue:
    """The targets there are; with one chosen, how the list stands to it."""
    return target_page(request.values.get("target", ""))


def target_page(
    key: str, faults: Mapping[str, str] | None = None, typed: Mapping[str, str] | None = None
) -> str:
    """The page; with faults, what was typed stays in its fields. Raises Refusal."""
    game, by, asked = current(), current_user.id, wanted()
    untold, again = (bool(request.values.get(name)) for name in ("untold", "again"))
    with game.store.session() as s:
        own, recent = mapping.mappings(s, by), push.pushes(s)
        what = chosen(s, key, by, untold=untold, again=again) if key else None
        count = lead_list.count(s, asked, today())
        goes_out = inform.discloses(s)
        inside = inform.stays_inside(s)
    looked = look(what, asked) if what else None
    if looked is not None:
        told = {"target": key, "count": looked.names, **seen.narrowed(asked)}
        game.writer.write(lambda s: audit(s, by, "targets_shown", told))
    return render_template(
        "desk/targets.html",
        targets=targets().values(),
        mappings=own,
        pushes=recent,
        titles={one.key: _(one.title) for one in targets().values()},
        chosen=what,
        looked=looked,
        count=count,
        untold=untold,
        again=again,
        goes_out=goes_out,
        inside=inside,
        query=query(asked),
        words=target_words(),
        faults=faults or {},
        typed=typed or {},
        most=push.MOST,
    )


@blueprint.get("/desk/targets/<target>", endpoint="of_target", defaults={"more": ""})
@blueprint.get("/desk/targets/<target>/<more>", endpoint="of_target")
@blueprint.get("/desk/export/<target>/<more>", endpoint="of_target")
@needs(EXPORT_LEADS)
def of_target(target: str, more: str) -> ResponseReturnValue:
    """Where a form of a target was sent to is its page, asked for again, as in another language."""
    del more
    return redirect(url_for("desk.export_page", target=target))


@blueprint.post("/desk/targets/<target>")
@needs(EXPORT_LEADS)
def set_target(target: str) -> ResponseReturnValue:
    """Keeps the options of a target."""
    typed, by = dict(request.form), current_user.id
    try:
        current().writer.write(
            lambda s: target_settings.save(s, target_of(s, target, by), typed, by)
        )
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return target_page(target, messages.refusal(refusal)["fields"], typed), 422
    flash(_("C'est enregistré."))
    return target_page(target)


@blueprint.post("/desk/targets/<target>/key")
@needs(CONNECT_TARGETS)
def connect_target(target: str) -> ResponseReturnValue:
    """Keeps the key that opens a target, or forgets it."""
    key, by, game = request.form.get("key", ""), current_user.id, current()
    try:
        game.writer.write(
            lambda s: target_settings.connect(s, game.secret, target_of(s, target, by), key, by)
        )
    except Refusal as refusal:
        if not refusal.fields:
            raise
        return target_page(target, messages.refusal(refusal)["fields"]), 422
    flash(
        _("La clé est gardée, et ne se montre plus.") if key.strip() else _("La clé est oubliée.")
    )
    return target_page(target)
