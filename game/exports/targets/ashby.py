"""Ashby: `candidate.create`, as its developers' pages have it, or a CSV whose columns are mapped.

An RPC over POST, the key as the name of a basic sign-in, and `success` in each answer.
"""

import base64
from collections.abc import Mapping

from game.base.speech import marked as _
from game.exports.credit_option import CREDIT
from game.exports.person import Person
from game.exports.target import Form, Option, Options, Push, Target, To, credit, filled


def _sign(key: str, _options: Options) -> Mapping[str, str]:
    return {"Authorization": f"Basic {base64.b64encode(f'{key}:'.encode()).decode()}"}


def _body(person: Person, options: Options) -> Mapping[str, object]:
    other = person.website if person.website != person.github else ""
    return filled(
        {
            "name": person.name,
            "email": person.mail,
            "phoneNumber": person.phone,
            "linkedInUrl": person.linkedin,
            "githubUrl": person.github,
            "website": other,
            "sourceId": options["source"],
            "creditedToUserId": credit(person, options),
        }
    )


TARGET = Target(
    key="ashby",
    title="Ashby",
    columns=(
        To("Name", "name"),
        To("Email", "mail"),
        To("Phone", "phone"),
        To("LinkedIn", "linkedin"),
        To("Website", "website"),
        To("Company", "company"),
        To("Title", "role"),
    ),
    form=Form(("csv",)),
    push=Push(
        "https://api.ashbyhq.com/candidate.create",
        _sign,
        _body,
        lambda answer: answer["results"]["id"],
        _("Clé d'API, avec le droit d'écrire les candidats"),
        refused=lambda answer: not answer.get("success"),
    ),
    options=(Option("source", _("Identifiant de la source")), CREDIT),
    remarks=(
        _("Pas de champ de note : la notice donnée n'est pas écrite là-bas."),
        _("Pour un fichier, Ashby demande à l'import ce qu'est chaque colonne."),
    ),
    unchecked=(_("Les titres de colonnes qu'Ashby reconnaît de lui-même."),),
)
