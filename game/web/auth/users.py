"""Everybody who runs things: added, disabled, given a link."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.accounts import policy, second_factor
from game.accounts import user as accounts
from game.base.address import public_url
from game.context import current
from game.screens.messages import text
from game.store.tables import User
from game.web.auth.forms import ROLE_NAMES, UserForm
from game.web.security import needs

blueprint = Blueprint("users", __name__)


@blueprint.route("/users", methods=["GET", "POST"])
@needs(policy.MANAGE_USERS)
def page() -> ResponseReturnValue:
    """The list; adding somebody makes a sign-in link to hand over."""
    form, made = UserForm(), ""
    if form.validate_on_submit():
        try:
            made = _add(form.mail.data or "", form.role.data, form.name.data or "")
        except accounts.AccountError as error:
            form.mail.errors = [text(str(error))]
    return _page(form, made), 422 if form.errors else 200


def _page(form: UserForm, made: str) -> str:
    """The list; a link that was made stands in this answer alone, and in no cookie."""
    game = current()
    with game.store.session() as s:
        everybody = list(s.scalars(select(User).order_by(User.mail)))
        in_two_steps = second_factor.all_on(s)
    return render_template(
        "auth/users.html",
        form=form,
        users=everybody,
        made=made,
        roles=ROLE_NAMES,
        in_two_steps=in_two_steps,
    )


def _add(mail: str, role: str, name: str) -> str:
    game, by = current(), current_user.id

    def job(s: Session) -> str:
        return accounts.link_token(game.secret, accounts.add_user(s, mail, role, name, by))

    return f"{public_url(game.settings)}/sign-in/link/{game.writer.write(job)}"


@blueprint.post("/users/<user_id>/<any(disable, enable, link, second):what>")
@needs(policy.MANAGE_USERS)
def change(user_id: str, what: str) -> ResponseReturnValue:
    """Disables, enables, makes a sign-in link, which ends the older ones, or resets two steps."""
    game, by = current(), current_user.id
    with game.store.session() as s:
        if s.get(User, user_id) is None:
            abort(404)
    if what == "link":
        token = game.writer.write(
            lambda s: accounts.new_link(s, game.secret, s.get_one(User, user_id), by)
        )
        return _page(UserForm(formdata=None), f"{public_url(game.settings)}/sign-in/link/{token}")
    if what == "second":
        game.writer.write(lambda s: accounts.reset_second(s, user_id, by))
        flash(_("Sa validation en deux étapes est retirée. La personne peut la remettre en place."))
    elif user_id == by:
        flash(_("Vous ne pouvez pas vous désactiver vous-même."))
    else:
        disabled = what == "disable"
        game.writer.write(lambda s: accounts.set_disabled(s, user_id, by, disabled=disabled))
    return redirect(url_for("users.page"))
