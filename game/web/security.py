"""Protections of all pages: headers, cross-site requests, floods, and who may see what."""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from game.accounts import user as accounts
from game.context import current

P = ParamSpec("P")
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


def role_required(*roles: str) -> Callable[[Callable[P, Any]], Callable[P, ResponseReturnValue]]:
    """Lets in signed-in users of these roles; others are refused, strangers asked to sign in."""

    def decorate(view: Callable[P, Any]) -> Callable[P, ResponseReturnValue]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return redirect(url_for("auth.sign_in", next=request.full_path.rstrip("?")))
            if current_user.role not in roles:
                abort(403)
            result: ResponseReturnValue = view(*args, **kwargs)
            return result

        return guarded

    return decorate


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
    app.after_request(_headers)
    app.jinja_env.globals["csp_nonce"] = csp_nonce


def current_proxies(app: Flask) -> int:
    """How many proxies in front of us are trusted to say who calls."""
    return int(app.extensions["sourcerie"].settings.trusted_proxies)


def _user(user_id: str) -> "accounts.SignedIn | None":
    with current().store.session() as session:
        return accounts.signed_in(session, user_id)
