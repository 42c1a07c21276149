"""Recruitee (Tellent): `POST /c/{company}/candidates`, as a recruiter adds somebody by hand.

Never the public endpoint of offers: that one writes to the person.
"""

from collections.abc import Mapping

from game.base.speech import marked as _
from game.exports.person import Person
from game.exports.target import Option, Options, Push, Target, filled


def _body(person: Person, options: Options) -> Mapping[str, object]:
    candidate = {
        "name": person.name,
        "emails": [*filter(None, (person.mail,))],
        "phones": [*filter(None, (person.phone,))],
        "social_links": [*filter(None, (person.linkedin,))],
        "links": [*filter(None, (person.website,))],
        "cover_letter": person.note,
        "sources": [*filter(None, (options["source"],))],
    }
    return {"candidate": filled(candidate)}


TARGET = Target(
    key="recruitee",
    title="Recruitee (Tellent)",
    push=Push(
        "https://api.recruitee.com/c/{company}/candidates",
        lambda key, _options: {"Authorization": f"Bearer {key}"},
        _body,
        lambda answer: answer["candidate"]["id"],
        _("Jeton personnel d'API"),
    ),
    options=(
        Option(
            "company", _("Identifiant de l'entreprise"), pattern=r"[A-Za-z0-9-]{1,60}", needed=True
        ),
        Option("source", _("Source"), usual="Sourcerie"),
    ),
    remarks=(_("La notice donnée est écrite dans la lettre (cover letter)."),),
    unchecked=(_("Rattacher à une offre ou à un vivier : à faire là-bas."),),
)
