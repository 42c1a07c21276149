"""The reader's language: chosen by them, else by their account, their browser, else French."""

from babel.support import NullTranslations
from flask import Blueprint, Flask, Response, redirect, request, session
from flask_babel import Babel, Domain, get_locale

from game.base.languages import LANGS, NAMES, SOURCE, lang_of
from game.base.speech import shown
from game.web.asked import own_path
from game.web.security import csrf, open_to_all

blueprint = Blueprint("i18n", __name__)


class Words(Domain):  # type: ignore[misc]
    """Where texts are found: the source language has no catalogue, and each is set as print is."""

    def __init__(self) -> None:
        super().__init__()
        self.by_lang: dict[str, NullTranslations] = {}

    def get_translations(self) -> NullTranslations:
        """What says texts in the language of this request."""
        said = lang()
        if said not in self.by_lang:
            self.by_lang[said] = shown(super().get_translations(), said)
        return self.by_lang[said]


def choose() -> str:
    """The language of this request."""
    asked = session.get("lang")
    if asked in LANGS:
        return str(asked)
    return request.accept_languages.best_match(LANGS, SOURCE)


def lang() -> str:
    """The current language's two letters."""
    locale = get_locale()
    return locale.language if locale else SOURCE


@blueprint.post("/lang/<string(length=2):code>")
@open_to_all
@csrf.exempt  # type: ignore[untyped-decorator]  # a language is no right that another site could borrow
def set_language(code: str) -> Response:
    """Remembers the language that was chosen, and goes back to the page it was chosen on."""
    session["lang"] = lang_of(code)
    session.permanent = True
    return redirect(_here())  # type: ignore[return-value]


def _here() -> str:
    """The page that asked, if it is one of ours: its path alone."""
    return own_path(request.referrer).partition("?")[0] or "/"


def install(app: Flask) -> None:
    """Sets up translations, and makes `lang` known to templates."""
    Babel(app, locale_selector=choose).domain_instance = Words()
    app.register_blueprint(blueprint)
    app.jinja_env.globals["language_names"] = NAMES
    app.context_processor(lambda: {"lang": lang()})
