"""Protections of all pages: headers, cross-site requests, floods, and who may see what."""

import secrets
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from game.accounts import policy
from game.accounts import user as accounts
from game.accounts.policy import Right
from game.base.refusal import Refusal
from game.context import current

View = TypeVar("View", bound=Callable[..., Any])
NOBODY = Right(())
csrf = CSRFProtect()
logins = LoginManager()


def csp_nonce() -> str:
    """This answer's nonce, for the few scripts that stand in a page."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(12)
    return str(g.csp_nonce)


POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'; connect-src 'self' ws: wss:"
)
PLAIN = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def protections(nonce: str) -> dict[str, str]:
    """The headers that protect a page whose scripts carry this nonce."""
    return {
        **PLAIN,
        "Content-Security-Policy": f"{POLICY}; script-src 'self' 'nonce-{nonce}'",
        "Cache-Control": "no-store",
    }


def _headers(response: Response) -> Response:
    is_page = response.mimetype == "text/html"
    for name, value in (protections(csp_nonce()) if is_page else PLAIN).items():
        response.headers.setdefault(name, value)
    return response


def needs(right: Right) -> Callable[[View], View]:
    """Marks a page as one for those who have this right; the guard reads the mark."""

    def mark(view: View) -> View:
        view.right = right  # type: ignore[attr-defined]
        return view

    return mark


def open_to_all(view: View) -> View:
    """Marks a page as one for everybody, or for whoever holds the key that it asks for."""
    view.right = None  # type: ignore[attr-defined]
    return view


def role_required(*roles: str) -> Callable[[View], View]:
    """Marks a page as one for these roles, whatever it is about."""
    return needs(Right(roles))


def _guard() -> ResponseReturnValue | None:
    """Lets in who has the page's right; a page of which nobody said who may see it is shut."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static":
        return None
    right = getattr(view, "right", NOBODY)
    if right is None:
        return None
    if not current_user.is_authenticated:
        return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")))
    workshop_id = str((request.view_args or {}).get("workshop_id", ""))
    try:
        with current().store.session() as session:
            policy.check(session, current_user, right, workshop_id)
    except Refusal as refusal:
        abort(404 if refusal.code == "unknown_workshop" else 403)
    return None


def safe_next(target: str | None) -> str:
    """The page to go on to after signing in, if it is one of ours; else the workshops."""
    parts = urlsplit(target or "")
    here = target and target.startswith("/") and not target.startswith(("//", "/\\"))
    return str(target) if here and not parts.netloc else url_for("prepare.workshops")


def install(app: Flask) -> None:
    """Puts all protections onto an application."""
    proxies = current_proxies(app)
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
    csrf.init_app(app)
    logins.init_app(app)
    logins.user_loader(_user)
    app.before_request(_guard)
    app.after_request(_headers)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.jinja_env.globals["may"] = _may


def _may(right: str) -> bool:
    """For templates: has the reader this right, by its name in the policy?"""
    return bool(current_user.is_authenticated and policy.may(current_user, getattr(policy, right)))


def current_proxies(app: Flask) -> int:
    """How many proxies in front of us are trusted to say who calls."""
    return int(app.extensions["sourcerie"].settings.trusted_proxies)


def _user(user_id: str) -> "accounts.SignedIn | None":
    with current().store.session() as session:
        return accounts.signed_in(session, user_id)
