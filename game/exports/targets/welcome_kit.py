"""Welcome Kit: `POST /api/v1/external/candidates`, as the pages of its public API have it.

It wants a job and a mail. Never a civility, never an image.
"""

from collections.abc import Mapping

from game.base.speech import marked as _
from game.exports.person import Person
from game.exports.target import Option, Options, Push, Target, filled


def _body(person: Person, options: Options) -> Mapping[str, object]:
    return filled(
        {
            "organization_reference": options["organization"],
            "job_reference": options["job"],
            "job_stage_id": int(options["stage"]),
            "email": person.mail,
            "firstname": person.first_name,
            "lastname": person.last_name,
            "subtitle": person.role,
            "phone": person.phone,
            "comment": person.note,
            "origin": options["origin"],
            "media_linkedin": person.linkedin,
            "media_website": person.website,
        }
    )


TARGET = Target(
    key="welcome_kit",
    title="Welcome Kit",
    required=("first_name", "last_name", "mail"),
    push=Push(
        "https://www.welcomekit.co/api/v1/external/candidates",
        lambda key, _options: {"Authorization": f"Bearer {key}"},
        _body,
        lambda answer: answer["reference"],
        _("Clé d'API, avec le droit candidates_rw"),
    ),
    options=(
        Option("organization", _("Référence de l'entreprise"), needed=True),
        Option("job", _("Référence du poste"), needed=True),
        Option("stage", _("Identifiant de l'étape"), pattern=r"\d{1,12}", needed=True),
        Option("origin", _("Origine")),
    ),
    remarks=(_("Tout le monde arrive sur un même poste : changez-le ici avant un autre envoi."),),
)
