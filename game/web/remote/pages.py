"""The remote: the facilitator's own page, on a laptop or a phone."""

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_login import current_user, login_user

from game.accounts import policy, remote_link
from game.base.address import public_url
from game.base.clock import now_ms
from game.base.limits import Limits
from game.base.refusal import Refusal
from game.context import current
from game.screens import messages
from game.screens.build import build
from game.screens.insertable import insertable
from game.screens.people import people
from game.screens.qr import qr_svg
from game.screens.render import next_words, people_lines, template
from game.store.tables import Player, Workshop
from game.web.auth.forms import LinkForm
from game.web.i18n import lang
from game.web.security import needs, open_to_all
from game.workshop import handover
from game.workshop.state import teams_of

blueprint = Blueprint("remote", __name__)
limits = Limits()
blueprint.add_app_template_global(people_lines)


@blueprint.get("/remote/<string(length=16):workshop_id>")
@needs(policy.RUN_WORKSHOP)
def page(workshop_id: str) -> ResponseReturnValue:
    """The controls of a workshop."""
    game = current()
    with game.store.session() as s:
        shown = build(game, s, workshop_id, "remote", lang()) or abort(404)
        insert = insertable(s, workshop_id, game.pack(lang()))
    return render_template(
        "remote/page.html",
        show=shown,
        insert=insert,
        screen="remote/screen.html",
        surface="remote",
        next_label=next_words(shown),
        now=now_ms(),
    )


@blueprint.get("/remote/<string(length=16):workshop_id>/small")
@needs(policy.RUN_WORKSHOP)
def small(workshop_id: str) -> ResponseReturnValue:
    """What the room sees, for the frame in the remote."""
    game = current()
    with game.store.session() as s:
        workshop = s.get(Workshop, workshop_id) or abort(404)
        shown = build(game, s, workshop_id, "projector", workshop.lang) or abort(404)
    with force_locale(workshop.lang):
        return render_template(
            "remote/small.html",
            show=shown,
            screen=template("projector", shown),
            surface="projector",
            key=workshop.projector_key,
            lang=workshop.lang,
            now=now_ms(),
        )


@blueprint.post("/remote/<string(length=16):workshop_id>/phone-link")
@needs(policy.RUN_WORKSHOP)
def link(workshop_id: str) -> ResponseReturnValue:
    """A link that brings this remote onto a phone, once; one that came by it makes no other."""
    game, by = current(), current_user.id
    if policy.bound(current_user):
        abort(403)
    token = game.writer.write(lambda s: remote_link.make(s, by, workshop_id))
    url = public_url(game.settings) + url_for("remote.take", token=token)
    return {"ok": True, "url": url, "qr_svg": str(qr_svg(url))}


@blueprint.route("/remote/by/<token>", methods=["GET", "POST"])
@open_to_all
def take(token: str) -> ResponseReturnValue:
    """The remote for whoever holds the link, after a press of a button."""
    game, form, agent = current(), LinkForm(), request.user_agent.string
    limits.check_link(request.remote_addr or "")
    if not form.validate_on_submit():
        with game.store.session() as s:
            good = remote_link.is_good(s, token)
        return render_template("remote/take.html", good=good), 200 if good else 410
    user = game.writer.write(lambda s: remote_link.use(s, token, agent))
    if user is None:
        return render_template("remote/take.html", good=False), 410
    login_user(user)
    session.permanent = True
    session.setdefault("lang", user.lang)
    return redirect(url_for("remote.page", workshop_id=user.workshop_id))


@blueprint.post("/remote/<string(length=16):workshop_id>/hand")
@needs(policy.RUN_WORKSHOP)
def hand(workshop_id: str) -> ResponseReturnValue:
    """A code with which a player whose phone died goes on with another: for that person alone."""
    game, by, player_id = current(), current_user.id, request.form.get("player", "")
    with game.store.session() as s:
        player, workshop = s.get(Player, player_id), s.get(Workshop, workshop_id)
    if player is None or workshop is None or player.workshop_id != workshop_id:
        return {"ok": False, "error": messages.refusal(Refusal("unknown_player"))}, 422
    if player.removed_at:
        return {"ok": False, "error": messages.refusal(Refusal("removed"))}, 422
    code = game.writer.write(lambda s: handover.to_type(s, player_id, by))
    url = public_url(game.settings) + url_for("moving.ask", code=workshop.code, given=code)
    return {"ok": True, "nickname": player.nickname, "code": code, "qr_svg": str(qr_svg(url))}


@blueprint.get("/remote/<string(length=16):workshop_id>/people")
@needs(policy.RUN_WORKSHOP)
def found(workshop_id: str) -> ResponseReturnValue:
    """The lines of those in the room whose name holds `?find=`."""
    with current().store.session() as s:
        teams = teams_of(s, workshop_id)
        players, others = people(s, workshop_id, teams, request.args.get("find", "")[:24])
    return render_template("remote/people_list.html", players=players, others=others)
