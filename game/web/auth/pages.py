"""Signing in, by password or by link, and out."""

import threading

from flask import Blueprint, Response, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from game.accounts import guesses, password, sign_in
from game.accounts import user as accounts
from game.accounts.sign_in import SignedIn
from game.base.limits import Limits
from game.base.refusal import Refusal
from game.context import current
from game.store.writer import Away, Busy
from game.web.auth.forms import LinkForm, SignInForm
from game.web.security import open_to_all, safe_next

blueprint = Blueprint("auth", __name__)
limits = Limits()
tries = guesses.Guesses()
PAUSE = 1.0  # seconds
held_back = threading.Semaphore(100)  # answers that wait at once; more get a word and no page


@blueprint.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in_page() -> ResponseReturnValue:
    """Mail and password."""
    form = SignInForm()
    if form.is_submitted() and not _may_try(form.mail.data or ""):
        return _too_often(form)
    if form.validate_on_submit():
        try:
            user = _try(form.mail.data or "", form.password.data or "")
        except (Away, Busy):
            raise
        except Refusal:
            form.mail.errors = [_("Beaucoup de connexions à la fois. Réessayez dans un instant.")]
            return render_template("auth/sign_in.html", form=form), 503
        if user:
            return _enter(user)
        form.password.errors = [_("Ce mail et ce mot de passe ne vont pas ensemble.")]
    status = 422 if form.is_submitted() else 200
    return render_template("auth/sign_in.html", form=form), status


def _too_often(form: SignInForm) -> ResponseReturnValue:
    """Who tries too often waits for the answer: drawing pages as fast as they ask costs players."""
    said = _("Trop d'essais. Réessayez dans une minute, ou demandez un lien.")
    if not held_back.acquire(blocking=False):
        return Response(said, 429, mimetype="text/plain")
    try:
        current().socketio.sleep(PAUSE)
    finally:
        held_back.release()
    form.mail.errors = [said]
    return render_template("auth/sign_in.html", form=form), 429


def _may_try(mail: str) -> bool:
    """Counted before anything is looked up or hashed."""
    browser = guesses.browser_of(session.get("known"), current().secret, mail)
    return tries.allows(request.remote_addr or "", mail.strip().lower()[:254], browser)


def _try(mail: str, typed: str) -> SignedIn | None:
    """Who mail and password name; an unknown mail takes as long as a known one."""
    game, agent = current(), request.user_agent.string
    with game.store.session() as s:
        user = accounts.named(s, mail)
        user_id, kept = (user.id, user.password_hash) if user else (None, "")
    if not game.aside(password.is_right, kept, typed) or user_id is None:
        game.writer.write(lambda s: sign_in.note_failure(s, user_id))
        return None
    new = game.aside(password.hash_of, typed) if password.is_outdated(kept) else ""
    return game.writer.write(lambda s: accounts.enter(s, user_id, kept, agent, new))


def _enter(user: SignedIn) -> ResponseReturnValue:
    login_user(user)
    session.permanent = True
    session.setdefault("lang", user.lang)
    session["known"] = guesses.remember(session.get("known"), current().secret, user.mail)
    return redirect(safe_next(request.args.get("next")))


@blueprint.route("/sign-in/link/<token>", methods=["GET", "POST"])
@open_to_all
def link(token: str) -> ResponseReturnValue:
    """A link good for one use; a button uses it, so that a mail scanner does not."""
    game, form, agent = current(), LinkForm(), request.user_agent.string
    if not limits.allows_link(request.remote_addr or ""):
        return render_template("auth/link.html", form=None), 429
    with game.store.session() as s:
        user = accounts.user_of_link(s, game.secret, token)
        mail = user.mail if user else ""
    if not mail:
        return render_template("auth/link.html", form=None), 410
    if not form.validate_on_submit():
        return render_template("auth/link.html", form=form, mail=mail)
    user = game.writer.write(lambda s: accounts.use_link(s, game.secret, token, agent))
    if user is None:
        return render_template("auth/link.html", form=None), 410
    return _enter(user)


@blueprint.post("/sign-out")
@open_to_all
def sign_out() -> ResponseReturnValue:
    """Ends the staff's sign-in, also for a copy of its cookie; a player here stays one."""
    if current_user.is_authenticated:
        ended, by = current_user.sign_in, current_user.id
        current().writer.write(lambda s: sign_in.sign_out(s, ended, by))
    logout_user()
    return redirect(url_for("auth.sign_in_page"))
