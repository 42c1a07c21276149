"""Protections of all pages: headers, cross-site requests, floods, and who may see what."""

import secrets
from collections.abc import Callable
from typing import TypeVar

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from game.accounts import policy, sign_in
from game.accounts.policy import Right
from game.base.address import is_https
from game.base.config import Settings
from game.base.refusal import Refusal
from game.context import current
from game.web.asked import own_path
from game.web.faults import SignInFirst

View = TypeVar("View", bound=Callable[..., object])
NOBODY = Right(())
csrf = CSRFProtect()
logins = LoginManager()


def csp_nonce() -> str:
    """This answer's nonce, for the few scripts that stand in a page."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(12)
    return str(g.csp_nonce)


POLICY = (
    "default-src 'self'; img-src 'self' data:; media-src 'self' blob:; object-src 'none'; "
    "base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'; connect-src 'self' ws: wss:"
)
UNUSED = (
    *("camera", "microphone", "display-capture", "geolocation"),
    *("payment", "usb", "serial", "midi"),
)


def permissions(*used: str) -> str:
    """What a page may use of a device: nothing but these, and those for itself alone."""
    return ", ".join(f"{name}=({'self' if name in used else ''})" for name in UNUSED)


PLAIN = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": permissions(),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",  # whoever serves what may be kept says so itself
}
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}  # a year, this host alone


def plain(*, https: bool) -> dict[str, str]:
    """The headers that protect any answer."""
    return {**PLAIN, **HTTPS_ONLY} if https else PLAIN


def protections(nonce: str, *, https: bool) -> dict[str, str]:
    """The headers that protect a page whose scripts carry this nonce."""
    return {
        **plain(https=https),
        "Content-Security-Policy": f"{POLICY}; script-src 'self' 'nonce-{nonce}'",
    }


def _headers(response: Response) -> Response:
    is_page, https = response.mimetype == "text/html", request.is_secure or is_https(_settings())
    added = protections(csp_nonce(), https=https) if is_page else plain(https=https)
    for name, value in added.items():
        response.headers.setdefault(name, value)
    return response


def _settings() -> Settings:
    return current().settings


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


def takes(most: int) -> Callable[[View], View]:
    """Marks a page as one that takes files of so many bytes, where others take forms."""

    def mark(view: View) -> View:
        view.most = most  # type: ignore[attr-defined]
        return view

    return mark


def _allow() -> None:
    """Before anything of a form is read."""
    most = getattr(current_app.view_functions.get(request.endpoint or ""), "most", None)
    if most is not None:
        request.max_content_length = most


def _guard() -> ResponseReturnValue | None:
    """Lets in who has the page's right; a page of which nobody said who may see it is shut."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None:
        return None
    right = getattr(view, "right", NOBODY)
    if right is None:
        return None
    if not current_user.is_authenticated:
        if request.method == "POST":
            raise SignInFirst
        return redirect(url_for("auth.sign_in_page", next=request.full_path.rstrip("?")))
    workshop_id = str((request.view_args or {}).get("workshop_id", ""))
    try:
        with current().store.session() as session:
            policy.check(session, current_user, right, workshop_id)
    except Refusal as refusal:
        abort(404 if refusal.code == "unknown_workshop" else 403)
    return None


def safe_next(target: str | None) -> str:
    """The page to go on to after signing in, if it is one of ours; else the workshops."""
    return own_path(target) or url_for("prepare.workshops")


def install(app: Flask) -> None:
    """Puts all protections onto an application."""
    proxies = current_proxies(app)
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies
        )
    app.before_request(_allow)
    csrf.init_app(app)
    logins.init_app(app)
    logins.user_loader(_user)
    app.before_request(_guard)
    app.after_request(_headers)
    app.jinja_env.globals["csp_nonce"] = csp_nonce
    app.jinja_env.globals["may"] = _may
    app.jinja_env.globals["has_house"] = lambda: current().provider is not None
    app.jinja_env.globals["has_passwords"] = lambda: current().settings.passwords == "on"


def _may(right: str) -> bool:
    """For templates: has the reader this right, by its name in the policy?"""
    return bool(current_user.is_authenticated and policy.may(current_user, getattr(policy, right)))


def current_proxies(app: Flask) -> int:
    """How many proxies in front of us are trusted to say who calls."""
    return int(app.extensions["sourcerie"].settings.trusted_proxies)


def _user(sign_in_id: str) -> "sign_in.SignedIn | None":
    with current().store.session() as session:
        return sign_in.who(session, sign_in_id)
