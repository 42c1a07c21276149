"""Web: the pages, one blueprint a surface."""

from importlib import import_module

from flask import Flask

from game.web import behind, i18n, phone, security
from game.web.front import Front

SURFACES = (
    "health",
    "auth",
    "prepare",
    "agenda",
    "preview",
    "desk",
    "remote",
    "projector",
    "contact",
    "phone",
)


def install(app: Flask) -> None:
    """Puts all pages, languages and protections onto an application."""
    i18n.install(app)
    security.install(app)
    behind.install(app)
    for name in SURFACES:
        app.register_blueprint(import_module(f"game.web.{name}").blueprint)
    app.wsgi_app = Front(  # type: ignore[assignment,method-assign]
        app.wsgi_app, app.extensions["sourcerie"], phone.pages
    )
