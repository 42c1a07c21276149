"""One's own account: name, language, password, and where one is signed in."""

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_timedelta
from flask_babel import gettext as _
from flask_login import current_user, login_user
from sqlalchemy.orm import Session

from game.accounts import guesses, password, policy, second_factor, sign_in
from game.accounts import user as accounts
from game.accounts.sign_in import SignedIn
from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.context import current
from game.screens.messages import text
from game.store.tables import User
from game.web.auth.entering import has_passwords
from game.web.auth.forms import AccountForm
from game.web.security import needs

blueprint = Blueprint("account", __name__)
tries = guesses.Guesses()


@blueprint.route("/account", methods=["GET", "POST"])
@needs(policy.BE_STAFF)
def page() -> ResponseReturnValue:
    """The account, and what was changed of it."""
    form, mine = AccountForm(name=current_user.name, lang=current_user.lang), me()
    with current().store.session() as s:
        proves = accounts.must_prove(s, mine)
        open_now, is_on = sign_in.of(s, mine.id), second_factor.is_on(s, mine.id)
    if form.validate_on_submit() and _may_set(form, mine, proves):
        _save(form, mine)
        flash(_("C'est enregistré."))
        return redirect(url_for("account.page"))
    shown = render_template(
        "auth/account.html",
        form=form,
        proves=proves,
        sign_ins=[(one, _ago(one.started_at)) for one in open_now],
        mine=mine.sign_in,
        in_two_steps=is_on,
    )
    return shown, 422 if form.is_submitted() else 200


def _ago(at: int) -> str:
    """How long ago a moment was, in words."""
    return str(format_timedelta(timedelta(milliseconds=at - now_ms()), add_direction=True))


def me() -> SignedIn:
    """Who is signed in, itself, for what runs without a request."""
    found: SignedIn = current_user._get_current_object()
    return found


def _may_set(form: AccountForm, mine: SignedIn, proves: bool) -> bool:
    """Is the new password, if any, one that can be taken? Says at its fields why not."""
    if not has_passwords():
        form.password.data = ""
    if not form.password.data:
        return True
    aside = current().aside
    try:
        if proves and not knows_password(form.current.data or "", mine):
            form.current.errors = [_("Ce n'est pas votre mot de passe actuel.")]
            return False
        weak = aside(password.fault, form.password.data, (mine.mail, mine.name))
    except Refusal as refusal:
        form.password.errors = [text(refusal.code)]
        return False
    form.password.errors = [text(weak)] if weak else []
    return not weak


def knows_password(typed: str, mine: SignedIn) -> bool:
    """Is it their password? Raises Refusal: too_many_tries, busy."""
    game = current()
    if not tries.allows_user(mine.id):
        raise Refusal("too_many_tries")
    with game.store.session() as s:
        kept = s.get_one(User, mine.id).password_hash
    return game.aside(password.is_right, kept, typed)


def _save(form: AccountForm, mine: SignedIn) -> None:
    """A new password ends all sign-ins; this browser goes on under a new one."""
    game, data = current(), dict(form.data)
    kept = game.aside(password.hash_of, data["password"]) if data["password"] else ""
    fresh = game.writer.write(lambda s: _change(s, mine, data, kept))
    session["lang"] = data["lang"]
    if fresh:
        login_user(fresh)
        session["known"] = guesses.remember(session.get("known"), game.secret, mine.mail)


def _change(s: Session, mine: SignedIn, data: dict[str, str], kept: str) -> SignedIn | None:
    user = s.get_one(User, mine.id)
    user.name, user.lang = data["name"] or "", data["lang"]
    return accounts.change_password(s, mine, kept) if kept else None


@blueprint.post("/account/sign-ins/end")
@needs(policy.BE_STAFF)
def end() -> ResponseReturnValue:
    """Ends one of one's sign-ins elsewhere, or all of them."""
    mine, ended = me(), request.form.get("sign_in", "")[:16]
    current().writer.write(lambda s: _end(s, mine, ended))
    return redirect(url_for("account.page", _anchor="sign-ins"))


def _end(s: Session, mine: SignedIn, ended: str) -> None:
    if ended:
        sign_in.sign_out(s, ended, mine.id)
    else:
        sign_in.end_others(s, mine)
