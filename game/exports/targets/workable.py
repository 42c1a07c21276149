"""Workable: `POST /spi/v3/talent_pool/{stage}/candidates`, as its reference has it.

`sourced` at the root: without it the person would get a message that thanks them for applying.
"""

from collections.abc import Mapping

from game.base.speech import marked as _
from game.exports.person import Person
from game.exports.target import Option, Options, Push, Target, filled


def _body(person: Person, options: Options) -> Mapping[str, object]:
    candidate = {
        "firstname": person.first_name,
        "lastname": person.last_name,
        "email": person.mail,
        "headline": person.role,
        "summary": person.note,
        "phone": person.phone,
        "skills": list(person.skills),
        "tags": [*filter(None, (options["tag"],))],
    }
    return {"sourced": True, "candidate": filled(candidate)}


TARGET = Target(
    key="workable",
    title=_("Workable (vivier)"),
    required=("first_name", "last_name"),
    push=Push(
        "https://{subdomain}.workable.com/spi/v3/talent_pool/{stage}/candidates",
        lambda key, _options: {"Authorization": f"Bearer {key}"},
        _body,
        lambda answer: answer["candidate"]["id"],
        _("Jeton d'API, avec le droit w_candidates"),
        pace=(10, 10.0),
    ),
    options=(
        Option("subdomain", _("Sous-domaine"), pattern=r"[A-Za-z0-9-]{1,60}", needed=True),
        Option("stage", _("Étape du vivier"), pattern=r"[A-Za-z0-9_-]{1,60}", needed=True),
        Option("tag", _("Étiquette"), usual="Sourcerie"),
    ),
    remarks=(_("La notice donnée est écrite dans le résumé (summary)."),),
    unchecked=(_("Ce que Workable exige de plus : un refus est dit ici, personne par personne."),),
)
