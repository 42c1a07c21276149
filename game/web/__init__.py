"""Web: the pages, one blueprint a surface."""

from importlib import import_module

from flask import Flask

from game.web import i18n, security

SURFACES = (
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
    for name in SURFACES:
        app.register_blueprint(import_module(f"game.web.{name}").blueprint)
