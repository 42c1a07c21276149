"""The forms of the sign-in pages."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from game.accounts.password import LONGEST, SHORTEST
from game.base.languages import NAMES
from game.base.roles import ROLES
from game.web.asked import Form

REQUIRED = InputRequired(_l("À remplir."))
ROLE_NAMES = {
    "facilitator": _l("Anime les ateliers"),
    "recruiter": _l("Recrute"),
    "admin": _l("Administre"),
    "dpo": _l("Protège les données"),
}


class SignInForm(Form):
    """Mail and password."""

    mail = StringField(
        _l("Adresse mail"),
        [REQUIRED, Length(max=254)],
        render_kw={"autocomplete": "username", "inputmode": "email"},
    )
    password = PasswordField(
        _l("Mot de passe"),
        [REQUIRED, Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class ForgottenForm(Form):
    """Whose password is forgotten."""

    mail = StringField(
        _l("Adresse mail"),
        [REQUIRED, Length(max=254)],
        render_kw={"autocomplete": "username", "inputmode": "email"},
    )


class CodeForm(Form):
    """A code of the app, or one on paper."""

    one_time = StringField(
        _l("Code"),
        [REQUIRED, Length(max=40)],
        render_kw={
            "autocomplete": "one-time-code",
            "autocapitalize": "none",
            "spellcheck": "false",
        },
    )


class ProvingForm(CodeForm):
    """A code, and the password of who sets the second step up."""

    current = PasswordField(
        _l("Mot de passe actuel"),
        [Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class LinkForm(Form):
    """One button."""


class AccountForm(Form):
    """One's own account."""

    name = StringField(_l("Nom"), [Length(max=80)])
    lang = SelectField(_l("Langue"), choices=[SelectChoice(*one) for one in NAMES.items()])
    password = PasswordField(
        _l("Nouveau mot de passe"),
        [Optional(), Length(min=SHORTEST, max=LONGEST, message=_l("Au moins dix signes."))],
        render_kw={"autocomplete": "new-password"},
    )
    current = PasswordField(
        _l("Mot de passe actuel"),
        [Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class UserForm(Form):
    """Somebody new."""

    mail = StringField(_l("Adresse mail"), [REQUIRED, Length(max=254)])
    name = StringField(_l("Nom"), [Length(max=80)])
    role = SelectField(_l("Rôle"), choices=[SelectChoice(r, ROLE_NAMES[r]) for r in ROLES])
