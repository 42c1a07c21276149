"""The forms with which a facilitator prepares a workshop."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from game.base.languages import NAMES
from game.web.asked import Form

REQUIRED = InputRequired(_l("À remplir."))
DOORS = [
    ("nickname", _l("Un nom de jeu seulement")),
    ("identity", _l("Aussi nom, mail, service")),
    ("house", _l("Ou le compte de l'entreprise")),
]
SORTS = [
    ("real", _l("Pour de vrai")),
    ("rehearsal", _l("Une répétition")),
    ("demo", _l("Une démonstration")),
]
CAPTURES = [
    ("direct", _l("Le joueur recommande")),
    ("invite", _l("Le joueur invite : la personne s'inscrit elle-même")),
]
BOARDS = [
    ("each", _l("Après chaque manche")),
    ("end", _l("À la fin seulement")),
    ("never", _l("Jamais")),
]
TEAMINGS = [
    ("none", _l("Sans équipes")),
    ("balanced", _l("Équilibrées")),
    ("free", _l("Au choix de chacun")),
    ("department", _l("Par service")),
]


TEXTS = ("title", "trade", "where", "why", "pay", "requisition_ref")


class NewForm(Form):
    """A new workshop."""

    name = StringField(_l("Nom de l'atelier"), [REQUIRED, Length(max=120)])
    lang = SelectField(_l("Langue"), choices=list(NAMES.items()))
    held_on = DateField(_l("Date"), [Optional()])
    agenda = SelectField(_l("Déroulé"), choices=[])


class WorkshopForm(Form):
    """The workshop itself: name, date, door and teams."""

    name = StringField(_l("Nom de l'atelier"), [REQUIRED, Length(max=120)])
    lang = SelectField(_l("Langue"), choices=list(NAMES.items()))
    held_on = DateField(_l("Date"), [Optional()])
    begins = TimeField(_l("Heure de début"), [Optional()])
    minutes = IntegerField(
        _l("Durée totale prévue (minutes)"),
        [Optional(), NumberRange(5, 480, _l("Entre 5 et 480 minutes."))],
    )
    boards = SelectField(_l("Le classement se montre"), choices=BOARDS)
    after_days = IntegerField(
        _l("Après l'atelier, le même lien prend encore des pistes (jours)"),
        [Optional(), NumberRange(0, 60, _l("Entre 0 et 60 ; 0 : plus rien après la fin."))],
    )
    sort = SelectField(_l("Cet atelier est"), choices=SORTS)
    code_days = IntegerField(
        _l("Le code expire dans (jours)"),
        [Optional(), NumberRange(0, 365, _l("Entre 0 et 365 ; 0 : jamais."))],
    )
    asks = SelectField(_l("À la porte"), choices=DOORS)
    moderated = BooleanField(_l("Relire ce que la salle écrit avant qu'elle le voie"))
    presence = BooleanField(_l("Preuve de présence : la porte demande les formes du grand écran"))
    capture = SelectField(_l("Qui écrit"), choices=CAPTURES)
    teaming = SelectField(_l("Équipes"), choices=TEAMINGS)
    team_names = TextAreaField(_l("Noms des équipes, un par ligne"), [Length(max=2000)])


class BriefForm(Form):
    """A brief, edited in place."""

    title = StringField(_l("Intitulé"), [REQUIRED, Length(max=160)])
    must_1 = StringField(_l("Indispensable 1"), [REQUIRED, Length(max=160)])
    must_2 = StringField(_l("Indispensable 2"), [REQUIRED, Length(max=160)])
    must_3 = StringField(_l("Indispensable 3"), [REQUIRED, Length(max=160)])
    trade = StringField(_l("Métier, en un mot"), [Length(max=160)])
    where = StringField(_l("Où"), [REQUIRED, Length(max=160)])
    why = TextAreaField(_l("Pourquoi c'est bien"), [REQUIRED, Length(max=800)])
    pay = StringField(_l("Fourchette de salaire, si vous la dites"), [Length(max=60)])
    requisition_ref = StringField(_l("Référence du poste"), [Length(max=40)])

    def values(self) -> dict[str, object]:
        names = [name for name in TEXTS if name in self]
        musts = [self[f"must_{n}"].data for n in (1, 2, 3)]
        return {**{name: self[name].data or "" for name in names}, "must_haves": musts}


class OtherTextsForm(BriefForm):
    """The same in a second language: nothing of it, or all that a brief needs."""

    requisition_ref = None

    class Meta(BriefForm.Meta):
        """It goes with the form beside it, and has its token."""

        csrf = False

    def validate(self, extra_validators: object = None) -> bool:
        """Nothing at all is right, too."""
        return not self.is_written or super().validate(extra_validators)

    @property
    def is_written(self) -> bool:
        """Is anything said in this language?"""
        return any((field.data or "").strip() for field in self)


class NewBriefForm(BriefForm):
    """A brief that is written for one workshop."""

    everywhere = BooleanField(_l("Le jouer dans toutes les manches qui ont un poste"))


class PositionForm(BriefForm):
    """A position of the house's own."""

    trade = StringField(_l("Métier, en un mot"), [REQUIRED, Length(max=160)])


class NewPositionForm(Form):
    """A blank position."""

    title = StringField(_l("Intitulé"), [REQUIRED, Length(max=160)])
    lang = SelectField(_l("Langue"), choices=[SelectChoice(*one) for one in NAMES.items()])
