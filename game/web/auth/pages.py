"""Signing in and out, one's own account, and the list of users."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.accounts import policy
from game.accounts import user as accounts
from game.base.address import public_url
from game.base.clock import now_ms
from game.base.limits import Limits
from game.context import current
from game.screens.messages import text
from game.store.tables import AuditEntry, User
from game.web.auth.forms import AccountForm, LinkForm, SignInForm, UserForm
from game.web.security import needs, open_to_all, safe_next

blueprint = Blueprint("auth", __name__)
limits = Limits()


def _may_try(form: SignInForm) -> bool:
    """Attempts count for an address and a mail together."""
    mail = (form.mail.data or "").strip().lower()[:254]
    return limits.allows_sign_in(request.remote_addr or "", mail)


@blueprint.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in() -> ResponseReturnValue:
    """Mail and password."""
    form = SignInForm()
    if form.is_submitted() and not _may_try(form):
        form.mail.errors = [_("Trop d'essais. Réessayez dans une minute.")]
        return render_template("auth/sign_in.html", form=form), 429
    if form.validate_on_submit():
        with current().store.session() as s:
            user = accounts.check_password(s, form.mail.data or "", form.password.data or "")
            known = accounts.signed_in(s, user.id) if user else None
        if known:
            return _enter(known)
        form.password.errors = [_("Ce mail et ce mot de passe ne vont pas ensemble.")]
    status = 422 if form.is_submitted() else 200
    return render_template("auth/sign_in.html", form=form), status


def _enter(user: accounts.SignedIn) -> ResponseReturnValue:
    login_user(user)
    session.permanent = True
    session.setdefault("lang", user.lang)
    return redirect(safe_next(request.args.get("next")))


@blueprint.route("/sign-in/link/<token>", methods=["GET", "POST"])
@open_to_all
def link(token: str) -> ResponseReturnValue:
    """A link good for one use; a button uses it, so that a mail scanner does not."""
    game, form = current(), LinkForm()
    if not limits.allows_link(request.remote_addr or ""):
        return render_template("auth/link.html", form=None), 429
    with game.store.session() as s:
        user = accounts.user_of_link(s, game.secret, token)
        known = accounts.signed_in(s, user.id) if user else None
    if known is None:
        return render_template("auth/link.html", form=None), 410
    if not form.validate_on_submit():
        return render_template("auth/link.html", form=form, user=known)
    if game.writer.write(lambda s: accounts.use_link(s, game.secret, token) is None):
        return render_template("auth/link.html", form=None), 410
    return _enter(known)


@blueprint.post("/sign-out")
@open_to_all
def sign_out() -> ResponseReturnValue:
    """Ends the staff's sign-in; a player on the same phone stays one."""
    logout_user()
    return redirect(url_for("auth.sign_in"))


@blueprint.route("/account", methods=["GET", "POST"])
@needs(policy.BE_STAFF)
def account() -> ResponseReturnValue:
    """One's name, language and password."""
    form = AccountForm(name=current_user.name, lang=current_user.lang)
    if form.validate_on_submit():
        user_id, data = current_user.id, dict(form.data)
        current().writer.write(lambda s: _change(s.get_one(User, user_id), data))
        session["lang"] = data["lang"]
        flash(_("C'est enregistré."))
        return redirect(url_for("auth.account"))
    return render_template("auth/account.html", form=form), 422 if form.is_submitted() else 200


def _change(user: User, data: dict[str, str]) -> None:
    user.name, user.lang = data["name"] or "", data["lang"]
    if data["password"]:
        accounts.set_password(user, data["password"])


@blueprint.route("/users", methods=["GET", "POST"])
@needs(policy.MANAGE_USERS)
def users() -> ResponseReturnValue:
    """Everybody who runs things; adding one makes a sign-in link to hand over."""
    game, form, made = current(), UserForm(), ""
    if form.validate_on_submit():
        try:
            made = _add(form.mail.data or "", form.role.data, form.name.data or "")
        except accounts.AccountError as error:
            form.mail.errors = [text(str(error))]
    with game.store.session() as s:
        everybody = list(s.scalars(select(User).order_by(User.mail)))
    status = 422 if form.errors else 200
    return render_template("auth/users.html", form=form, users=everybody, made=made), status


def _add(mail: str, role: str, name: str) -> str:
    game, by = current(), current_user.id

    def job(s: Session) -> str:
        user = accounts.add_user(s, mail, role, name=name)
        s.add(AuditEntry(user_id=by, action="user_added", detail={"role": role}, at=now_ms()))
        return accounts.link_token(game.secret, user)

    return f"{public_url(game.settings)}/sign-in/link/{game.writer.write(job)}"


@blueprint.post("/users/<user_id>/<any(disable, enable, link):what>")
@needs(policy.MANAGE_USERS)
def change_user(user_id: str, what: str) -> ResponseReturnValue:
    """Disables, enables, or makes a new sign-in link, which ends the older ones."""
    game = current()
    token = game.writer.write(lambda s: accounts.change(s, game.secret, user_id, what))
    if token:
        flash(f"{public_url(game.settings)}/sign-in/link/{token}")
    return redirect(url_for("auth.users"))
