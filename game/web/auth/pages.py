"""Signing in, by password or by link, and out; and asking for a link."""

import threading

from flask import (
    Blueprint,
    Response,
    abort,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, logout_user

from game.accounts import forgotten as asked
from game.accounts import guesses, password, sign_in
from game.accounts import user as accounts
from game.accounts.sign_in import SignedIn
from game.base import sign_in_link
from game.base.limits import Limits
from game.base.refusal import Refusal
from game.context import current
from game.store.writer import Away, Busy
from game.web.auth.entering import go_in, has_passwords, in_two_steps, sign_in_shown
from game.web.auth.forms import ForgottenForm, LinkForm, SignInForm
from game.web.i18n import lang
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
    if form.is_submitted() and not has_passwords():
        abort(404)
    if form.is_submitted() and not _may_try(form.mail.data or ""):
        return _too_often(form)
    if form.validate_on_submit():
        try:
            user = _try(form.mail.data or "", form.password.data or "")
        except (Away, Busy):
            raise
        except Refusal:
            form.mail.errors = [_("Beaucoup de connexions à la fois. Réessayez dans un instant.")]
            return sign_in_shown(form), 503
        if user:
            return go_in(user, safe_next(request.args.get("next")))
        form.password.errors = [_("Ce mail et ce mot de passe ne vont pas ensemble.")]
    status = 422 if form.is_submitted() else 200
    return sign_in_shown(form), status


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
    return sign_in_shown(form), 429


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
    twice = in_two_steps()
    return game.writer.write(
        lambda s: accounts.enter(s, user_id, kept, agent, new, in_two_steps=twice)
    )


@blueprint.route("/sign-in/link/<token>", methods=["GET", "POST"])
@open_to_all
def link(token: str) -> ResponseReturnValue:
    """A link good for one use; a button uses it, so that a mail scanner does not."""
    game, form, agent, twice = current(), LinkForm(), request.user_agent.string, in_two_steps()
    limits.check_link(request.remote_addr or "")
    with game.store.session() as s:
        user = accounts.user_of_link(s, game.secret, token)
        mail = user.mail if user else ""
    if not mail:
        return render_template("auth/link.html", form=None), 410
    if not form.validate_on_submit():
        return render_template("auth/link.html", form=form, mail=mail)
    found = game.writer.write(
        lambda s: accounts.use_link(s, game.secret, token, agent, in_two_steps=twice)
    )
    if found is None:
        return render_template("auth/link.html", form=None), 410
    return go_in(found, _next(token))


def _next(token: str) -> str:
    """Who had forgotten their password comes to where they set one."""
    said = sign_in_link.named(current().secret, token)
    if said is not None and said.way == sign_in_link.MAILED:
        return url_for("account.page")
    return safe_next(request.args.get("next"))


@blueprint.route("/sign-in/forgotten", methods=["GET", "POST"])
@open_to_all
def forgotten() -> ResponseReturnValue:
    """Asks for a link by mail; the answer is the same whoever asks."""
    if not has_passwords():
        abort(404)
    form, can = ForgottenForm(), bool(current().settings.smtp_url)
    if can and form.validate_on_submit():
        mail = (form.mail.data or "").strip().lower()
        if tries.allows_mail(request.remote_addr or "", mail):
            _mail_a_link(mail)
            return render_template("auth/forgotten.html", form=None, can=can)
        form.mail.errors = [_("Trop de demandes pour cette adresse. Réessayez plus tard.")]
        return render_template("auth/forgotten.html", form=form, can=can), 429
    status = 422 if can and form.is_submitted() else 200
    return render_template("auth/forgotten.html", form=form, can=can), status


def _mail_a_link(mail: str) -> None:
    subject, said = _("Votre lien pour vous connecter à Sourcerie"), lang()
    text = _(
        "Bonjour,\n\nquelqu'un, sans doute vous, a demandé un lien pour entrer dans Sourcerie "
        "sans mot de passe. Il sert une fois, pendant une demi-heure :\n\n{link}\n\n"
        "Vous y choisirez un nouveau mot de passe. Si vous n'avez rien demandé, "
        "il n'y a rien à faire : sans ce lien, personne n'entre.\n"
    )
    current().writer.write(lambda s: asked.ask(s, mail, subject, text, said))


@blueprint.post("/sign-out")
@open_to_all
def sign_out() -> ResponseReturnValue:
    """Ends the staff's sign-in, also for a copy of its cookie; a player here stays one."""
    if current_user.is_authenticated:
        ended, by = current_user.sign_in, current_user.id
        current().writer.write(lambda s: sign_in.sign_out(s, ended, by))
    logout_user()
    return redirect(url_for("auth.sign_in_page"))
