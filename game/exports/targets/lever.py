"""Lever: the template of a CSV that its support imports; a comma, all headings kept."""

from game.base.speech import marked as _
from game.exports.person import Person
from game.exports.target import Form, Option, Options, Target, To, option


def _origin(person: Person, _options: Options) -> str:
    """One of Lever's own words: who knows somebody refers them."""
    return "Referred" if person.known else "Sourced"


def _tags(person: Person, _options: Options) -> str:
    """Several in a cell, by a comma without a space."""
    return ",".join(skill.replace(",", " ") for skill in person.skills)


def _copied(name: str, label: str) -> Option:
    hint = _("Le titre de cette colonne dans le modèle de Lever ; vide : pas de colonne.")
    return Option(name, label, hint)


TARGET = Target(
    key="lever",
    title="Lever",
    columns=(
        To("Full name", "name"),
        To("Stage", option("stage")),
        To("Sources", option("source")),
        To("Origin", _origin),
        To("Lever Posting URL", option("posting")),
        To("", "mail", named="heading_mail"),
        To("", "phone", named="heading_phone"),
        To("", "company", named="heading_company"),
        To("", "role", named="heading_role"),
        To("", "link", named="heading_links"),
        To("", _tags, named="heading_tags"),
        To("", "note", named="heading_notes"),
    ),
    form=Form(("csv",), most=55_000, name="sourcerie_lever"),
    options=(
        Option("stage", _("Étape (Stage)"), _("Au signe près."), usual="New Lead", needed=True),
        Option("source", _("Source"), usual="Sourcerie"),
        Option("posting", _("Adresse de l'annonce (Lever Posting URL)")),
        _copied("heading_mail", _("Colonne du mail")),
        _copied("heading_phone", _("Colonne du téléphone")),
        _copied("heading_company", _("Colonne de l'entreprise")),
        _copied("heading_role", _("Colonne du métier")),
        _copied("heading_links", _("Colonne des liens")),
        _copied("heading_tags", _("Colonne des étiquettes")),
        _copied("heading_notes", _("Colonne des notes")),
    ),
    remarks=(
        _("Le fichier est importé par le support de Lever. Le mail y distingue les doublons."),
        _("Sans colonne de notes, la notice donnée n'est pas écrite là-bas."),
    ),
    unchecked=(
        _("Les titres des colonnes mail, téléphone, liens, étiquettes et notes : à recopier du "
          "modèle que Lever vous donne."),
    ),
)  # fmt: skip
