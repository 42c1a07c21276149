"""The second step: a code at the sign-in, and where one sets it up, renews it, turns it off."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from game.accounts import guesses, policy, second_factor, sign_in
from game.accounts import user as accounts
from game.accounts.sign_in import SignedIn
from game.base.refusal import Refusal
from game.context import current
from game.screens.messages import text
from game.screens.qr import qr_svg
from game.web.auth.entering import HALF, THEN, be_in, has_passwords, in_two_steps
from game.web.auth.forms import CodeForm, ProvingForm
from game.web.auth.own_account import knows_password, me
from game.web.security import needs, open_to_all, safe_next

blueprint = Blueprint("second", __name__)
tries = guesses.Guesses()


def _waiting() -> SignedIn | None:
    """Whose second step this browser is at."""
    with current().store.session() as s:
        return sign_in.waiting(s, str(session.get(HALF, ""))[:16])


@blueprint.route("/sign-in/second", methods=["GET", "POST"])
@open_to_all
def step() -> ResponseReturnValue:
    """The second step of a sign-in: a code, or setting it up for who has none yet."""
    who = _waiting()
    if who is None:
        flash(_("La connexion a attendu trop longtemps : recommencez."))
        return redirect(url_for("auth.sign_in_page"))
    with current().store.session() as s:
        is_on = second_factor.is_on(s, who.id)
    return _prove(who) if is_on else _set_up(who, CodeForm(), at_the_door=True)


def _prove(who: SignedIn) -> ResponseReturnValue:
    form = CodeForm()
    if form.validate_on_submit():
        fault = _too_often(who)
        entered = None if fault else _enter(who, form.one_time.data or "")
        if isinstance(entered, SignedIn):
            be_in(entered)
            session.pop(HALF, None)
            return redirect(safe_next(session.pop(THEN, None)))
        form.one_time.errors = [fault or text(str(entered))]
    return render_template("auth/second_step.html", form=form), 422 if form.errors else 200


def _too_often(who: SignedIn) -> str:
    """What is said to who tries too often; counted before anything is compared."""
    browser = guesses.browser_of(session.get("known"), current().secret, who.mail)
    return "" if tries.allows_code(who.id, browser) else text("too_many_tries")


def _enter(who: SignedIn, typed: str) -> SignedIn | str:
    """Who is in with this code, or the code of why not."""
    secret = current().secret

    def job(s: Session) -> SignedIn | str:
        if sign_in.waiting(s, who.sign_in) is None:  # used by somebody faster
            return "code_wrong"
        proof = second_factor.proof(s, secret, who.id, typed)
        return sign_in.complete(s, who, proof) if proof else "code_wrong"

    try:
        return current().writer.write(job)
    except Refusal as refusal:
        return refusal.code


def _set_up(who: SignedIn, form: CodeForm, *, at_the_door: bool) -> ResponseReturnValue:
    """Setting it up: the key is shown as a QR code until a code of it was typed."""
    game = current()
    if request.form.get("do") == "begin":
        game.writer.write(lambda s: second_factor.begin(s, game.secret, who.id))
        return redirect(url_for(request.endpoint or ""))
    codes = _confirmed(who, form) if form.validate_on_submit() else None
    if codes:
        return _told(who, codes, at_the_door=at_the_door)
    with game.store.session() as s:
        key = second_factor.offered(s, game.secret, who.id)
    shown = render_template(
        "auth/second_set_up.html",
        form=form,
        key=key,
        qr=qr_svg(second_factor.address(key, who.mail)) if key else "",
        at_the_door=at_the_door,
        required=in_two_steps(),
    )
    return shown, 422 if form.errors else 200


def _confirmed(who: SignedIn, form: CodeForm) -> list[str] | None:
    """The codes to keep on paper, once a code was right; says at its field why not."""
    game, typed = current(), form.one_time.data or ""
    fault = _too_often(who)
    codes = None
    if not fault and _may_set_up(who, form):
        codes = game.writer.write(lambda s: second_factor.confirm(s, game.secret, who.id, typed))
        fault = "" if codes else text("code_wrong")
    form.one_time.errors = [fault] if fault else []
    return codes


def _may_set_up(who: SignedIn, form: CodeForm) -> bool:
    """Is it them who sets it up, and not somebody at their open desk?"""
    try:
        if not isinstance(form, ProvingForm) or knows_password(form.current.data or "", who):
            return True
        fault = _("Ce n'est pas votre mot de passe actuel.")
    except Refusal as refusal:
        fault = text(refusal.code)
    form.current.errors = [fault]
    return False


def _told(who: SignedIn, codes: list[str], *, at_the_door: bool) -> ResponseReturnValue:
    """The codes on paper, shown once; who set it up at the door is in, everywhere else it ends."""
    game = current()
    target = url_for("second.page")
    if at_the_door:
        fresh = game.writer.write(lambda s: sign_in.complete(s, who, second_factor.APP))
        be_in(fresh)
        session.pop(HALF, None)
        target = safe_next(session.pop(THEN, None))
    else:
        game.writer.write(lambda s: sign_in.end_others(s, who))
    return render_template("auth/recovery_codes.html", codes=codes, target=target)


@blueprint.route("/account/second", methods=["GET", "POST"])
@needs(policy.BE_STAFF)
def page() -> ResponseReturnValue:
    """One's own second step: set up, or its codes renewed, or turned off."""
    mine = me()
    with current().store.session() as s:
        is_on, left = second_factor.is_on(s, mine.id), second_factor.left(s, mine.id)
        must_prove = has_passwords() and accounts.must_prove(s, mine)
    if not is_on:
        form = ProvingForm() if must_prove else CodeForm()
        return _set_up(mine, form, at_the_door=False)
    form = CodeForm()
    if form.validate_on_submit():
        done = _changed(mine, form)
        if done is not None:
            return done
    shown = render_template("auth/second.html", form=form, left=left, required=in_two_steps())
    return shown, 422 if form.errors else 200


def _changed(mine: SignedIn, form: CodeForm) -> ResponseReturnValue | None:
    """New codes on paper, or no second step any more; says at the field why not."""
    fault, done = _too_often(mine), None
    off = request.form.get("do") == "off" and not in_two_steps()
    try:
        if not fault:
            done = (_turned_off if off else _renewed)(mine, form.one_time.data or "")
    except Refusal as refusal:
        fault = text(refusal.code)
    form.one_time.errors = [] if done else [fault or text("code_wrong")]
    return done


def _turned_off(mine: SignedIn, typed: str) -> ResponseReturnValue | None:
    game = current()
    if not game.writer.write(lambda s: second_factor.turn_off(s, game.secret, mine.id, typed)):
        return None
    flash(_("Un mot de passe suffit de nouveau pour entrer."))
    return redirect(url_for("account.page"))


def _renewed(mine: SignedIn, typed: str) -> ResponseReturnValue | None:
    game = current()
    codes = game.writer.write(lambda s: second_factor.renew_codes(s, game.secret, mine.id, typed))
    if not codes:
        return None
    return render_template("auth/recovery_codes.html", codes=codes, target=url_for("second.page"))
