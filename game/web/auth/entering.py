"""Coming in, once somebody has shown who they are: to the page asked for, or to the second step."""

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_user

from game.accounts import guesses
from game.accounts.sign_in import SignedIn
from game.context import current
from game.web.auth.forms import SignInForm

HALF, THEN = "half", "then"  # in the signed cookie: whose second step is awaited, and what is next


def go_in(user: SignedIn, target: str) -> ResponseReturnValue:
    """Lets somebody in and on to a page of ours, or has them do their second step before."""
    session.permanent = True
    session.setdefault("lang", user.lang)
    if user.owes_code:
        session[HALF], session[THEN] = user.sign_in, target
        return redirect(url_for("second.step"))
    be_in(user)
    return redirect(target)


def be_in(user: SignedIn) -> None:
    """This browser is signed in, and known as one of theirs."""
    login_user(user)
    session["known"] = guesses.remember(session.get("known"), current().secret, user.mail)


def in_two_steps() -> bool:
    """Has the house decided that nobody comes in with one step?"""
    return current().settings.two_factor == "required"


def has_passwords() -> bool:
    """Does anybody come in with a password here?"""
    return current().settings.passwords == "on"


def sign_in_shown(form: SignInForm | None, fault: str = "") -> str:
    """The page to sign in on, with the ways in that there are here."""
    shown = form if has_passwords() else None
    return render_template("auth/sign_in.html", form=shown, fault=fault)
