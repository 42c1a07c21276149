"""Taleez: `POST /0/candidates`; attached to no job, sends nothing, and doubles without a mail."""

from collections.abc import Mapping

from game.base.languages import LANGS
from game.base.speech import marked as _
from game.exports.credit_option import CREDIT
from game.exports.person import Person
from game.exports.target import Option, Options, Push, Target, credit, filled

NUMBER = r"\d{1,12}"


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() else None


def _body(person: Person, options: Options) -> Mapping[str, object]:
    return filled(
        {
            "firstName": person.first_name,
            "lastName": person.last_name,
            "mail": person.mail,
            "phone": person.phone,
            "lang": options["lang"],
            "source": options["source"],
            "unitId": _number(options["unit"]),
            "recruiterId": _number(credit(person, options)),
        }
    )


TARGET = Target(
    key="taleez",
    title="Taleez",
    required=("first_name", "last_name"),
    push=Push(
        "https://api.taleez.com/0/candidates",
        lambda key, _options: {"X-taleez-api-secret": key},
        _body,
        lambda answer: answer["id"],
        _("Secret d'API"),
    ),
    options=(
        Option("lang", _("Langue"), choices={lang: lang for lang in LANGS}),
        Option("source", _("Source"), usual="Sourcerie"),
        Option("unit", _("Identifiant de l'unité"), pattern=NUMBER),
        CREDIT,
    ),
    remarks=(
        _("Pas de champ de note : la notice donnée n'est pas écrite là-bas."),
        _("Sans mail, Taleez ne reconnaît personne : ce qui est parti est retenu ici."),
    ),
    unchecked=(_("La forme des liens : ils ne sont pas envoyés."),),
)
