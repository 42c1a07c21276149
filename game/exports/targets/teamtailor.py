"""Teamtailor: `POST /v1/candidates`, JSON:API, a version in each request.

Attributes as third parties tell them; the address and the headers as public programs send them.
A sourced candidate needs no mail; `merge` joins one who is there already.
"""

from collections.abc import Mapping

from game.base.speech import marked as _
from game.exports.person import Person
from game.exports.target import Option, Options, Push, Target, filled


def _sign(key: str, options: Options) -> Mapping[str, str]:
    return {
        "Authorization": f"Token token={key}",
        "X-Api-Version": options["version"],
        "Content-Type": "application/vnd.api+json",
    }


def _body(person: Person, options: Options) -> Mapping[str, object]:
    attributes = {
        "first-name": person.first_name,
        "last-name": person.last_name,
        "email": person.mail,
        "phone": person.phone,
        "pitch": person.note,
        "linkedin-url": person.linkedin,
        "tags": [*filter(None, (options["tag"],))],
        "sourced": True,
        "merge": True,
    }
    return {"data": {"type": "candidates", "attributes": filled(attributes)}}


TARGET = Target(
    key="teamtailor",
    title="Teamtailor",
    required=("first_name", "last_name"),
    push=Push(
        "https://{host}.teamtailor.com/v1/candidates",
        _sign,
        _body,
        lambda answer: answer["data"]["id"],
        _("Clé d'API (Réglages, Clés d'API)"),
    ),
    options=(
        Option(
            "host",
            _("Région"),
            choices={"api": _("Europe"), "api.na": _("Amérique du Nord")},
            usual="api",
        ),
        Option("version", _("Version de l'API"), pattern=r"20\d{6}", usual="20240404"),
        Option("tag", _("Étiquette"), usual="Sourcerie"),
    ),
    remarks=(_("Qui est déjà là-bas sous le même mail est complété, non doublé."),),
    unchecked=(
        _("Lu chez des tiers et non chez l'éditeur : envoyez d'abord une seule personne."),
        _("Les colonnes d'un fichier : l'import en est fait par leur équipe."),
    ),
)
