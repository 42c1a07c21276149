"""BoondManager: `POST /api/candidates`; the same person twice makes two.

The address, the basic sign-in and the envelope are as public programs send them.
"""

import base64
from collections.abc import Mapping

from game.base.speech import marked as _
from game.exports.person import Person
from game.exports.target import Option, Options, Push, Target, filled


def _sign(key: str, options: Options) -> Mapping[str, str]:
    signed = base64.b64encode(f"{options['user']}:{key}".encode()).decode()
    return {"Authorization": f"Basic {signed}"}


def _body(person: Person, options: Options) -> Mapping[str, object]:
    attributes = {
        "firstName": person.first_name,
        "lastName": person.last_name,
        "title": person.role,
        "email1": person.mail,
        "phone1": person.phone,
        "mainSkills": person.text("skills"),
        "note": person.note,
        "state": int(options["state"]) if options["state"] else None,
    }
    return {"data": {"attributes": filled(attributes)}}


TARGET = Target(
    key="boondmanager",
    title="BoondManager",
    required=("first_name", "last_name"),
    push=Push(
        "https://{instance}.boondmanager.com/api/candidates",
        _sign,
        _body,
        lambda answer: answer["data"]["id"],
        _("Mot de passe de ce compte, autorisé pour l'API"),
    ),
    options=(
        Option("instance", _("Instance"), pattern=r"[A-Za-z0-9-]{1,60}", usual="ui"),
        Option("user", _("Mail du compte qui envoie"), needed=True),
        Option("state", _("État (son numéro)"), pattern=r"\d{1,4}"),
    ),
    remarks=(_("BoondManager ne reconnaît pas les doublons : ce qui est parti est retenu ici."),),
    unchecked=(_("L'adresse et l'enveloppe, lues chez des tiers : envoyez d'abord une personne."),),
)
