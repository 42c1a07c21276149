"""Web: the pages, one blueprint a surface."""

from importlib import import_module

from flask import Flask

from game.base import paths
from game.base.address import is_https
from game.helpers.energy import watt_hours
from game.screens import round_words
from game.web import asked, away, faults, i18n, security, written
from game.web.phone.door_join import DoorJoin
from game.web.phone.door_page import DoorPage
from game.web.phone.page import pages
from game.web.static_files import Built, StaticFiles

BLUEPRINTS = (
    "health",
    "auth.pages",
    "auth.own_account",
    "auth.second",
    "auth.house",
    "auth.users",
    "prepare.pages",
    "prepare.agenda_pages",
    "prepare.positions",
    "prepare.look",
    "prepare.words",
    "prepare.preview",
    "prepare.rehearsal",
    "prepare.report",
    "prepare.check",
    "prepare.team",
    "desk.pages",
    "remote.pages",
    "projector.pages",
    "contact.pages",
    "law.pages",
    "integrations.pages",
    "api.pages",
    "phone.answer",
    "phone.door_house",
    "phone.inviting",
    "phone.installed",
    "phone.lexicon",
    "phone.own_data",
    "phone.joining",
    "phone.moving",
    "phone.my_leads",
    "phone.my_ways",
    "phone.year",
    "phone.pages",
    "phone.warm_up",
)


def install(app: Flask) -> None:
    """Puts all pages, languages and protections onto an application."""
    app.jinja_env.globals["title_of_kind"] = round_words.kind_name
    app.jinja_env.globals["title_of_round"] = round_words.title_of_round
    app.jinja_env.globals["is_its_question"] = round_words.is_its_question
    app.jinja_env.globals["watt_hours"] = watt_hours
    asked.install(app)
    game = app.extensions["sourcerie"]
    app.wsgi_app = DoorJoin(app.wsgi_app, game, pages)  # type: ignore[assignment,method-assign]
    built = Built(paths.built())
    app.jinja_env.globals["built"] = built.address
    i18n.install(app)
    written.install(app)
    security.install(app)
    faults.install(app)
    away.install(app)
    for name in BLUEPRINTS:
        app.register_blueprint(import_module(f"game.web.{name}").blueprint)
    wsgi = StaticFiles(DoorPage(app.wsgi_app, game, pages), built, https=is_https(game.settings))
    app.wsgi_app = wsgi  # type: ignore[assignment,method-assign]
