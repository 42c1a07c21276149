"""The company's facts: what every paper says of it, kept once and edited at the desk."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.languages import LANGS
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.privacy.audit import audit
from game.store.tables import CompanyFact

BASES = {
    "interest": _("L'intérêt légitime à recruter"),
    "consent": _("L'accord de la personne"),
}
LEVELS = {
    "none": _("Non conforme"),
    "partial": _("Partiellement conforme"),
    "total": _("Totalement conforme"),
}
YES_NO = {"no": _("Non"), "yes": _("Oui")}
MOST = 1_000  # characters


@dataclass(frozen=True)
class Field:
    """One fact. `needed` ones must be there before a notice is published or a lobby opened.

    `spoken` ones are said in each language, as `name.fr`, `name.en`; `most` bounds a number.
    """

    name: str
    label: str
    hint: str = ""
    needed: bool = False
    spoken: bool = False
    choices: Mapping[str, str] | None = None
    most: int = 0


FIELDS = (
    Field("controller", _("L'entreprise responsable des données"), needed=True),
    Field("contact", _("Comment la joindre : adresse, mail"), needed=True),
    Field("representative", _("Son représentant dans l'Union, s'il en faut un")),
    Field("dpo", _("Comment joindre la personne déléguée à la protection des données")),
    Field("basis", _("La base légale"), needed=True, choices=BASES),
    Field(
        "interests",
        _("Les intérêts légitimes poursuivis"),
        _("Avec l'accord pour base légale : « aucun »."),
        needed=True,
        spoken=True,
    ),
    Field(
        "recipients",
        _("Qui reçoit les données"),
        _("Par exemple : l'équipe recrutement, l'hébergeur."),
        needed=True,
        spoken=True,
    ),
    Field(
        "transfers",
        _("Ce qui sort de l'Union, avec quelles garanties"),
        _("Rien ? Écrivez-le : « aucun »."),
        needed=True,
        spoken=True,
    ),
    Field(
        "lead_months",
        _("Durée de conservation après le dernier échange, en mois"),
        _("24 au plus. Les données sont effacées à cette échéance."),
        needed=True,
        most=24,
    ),
    Field("exports_to_others", _("Les exports vont à une autre société"), choices=YES_NO),
    Field("council", _("Quand le comité social et économique a été informé, puis consulté")),
    Field("aids", _("Les aides automatiques en service"), spoken=True),
    Field("a11y_level", _("Accessibilité : niveau constaté"), choices=LEVELS),
    Field("a11y_exceptions", _("Accessibilité : ce qui n'est pas conforme"), spoken=True),
    Field("a11y_contact", _("Accessibilité : à qui le signaler")),
)


def columns(field: Field) -> tuple[str, ...]:
    """The names under which a fact is kept."""
    return tuple(f"{field.name}.{lang}" for lang in LANGS) if field.spoken else (field.name,)


def facts(session: Session) -> dict[str, str]:
    """All that is known of the company, by column."""
    return {fact.name: fact.value for fact in session.scalars(select(CompanyFact))}


def missing(known: Mapping[str, str]) -> list[Field]:
    """The needed facts that nobody has given; a spoken one is needed in one language at least."""
    return [f for f in FIELDS if f.needed and not any(known.get(one) for one in columns(f))]


def said(known: Mapping[str, str], field: Field, lang: str) -> str:
    """A fact in a language, else in the other one; a choice stays its key."""
    if not field.spoken:
        return known.get(field.name, "")
    order = sorted(LANGS, key=lambda one: one != lang)
    return next(filter(None, (known.get(f"{field.name}.{one}", "") for one in order)), "")


def save(session: Session, typed: Mapping[str, str], by: str | None) -> None:
    """Keeps the facts as typed. Raises Refusal naming each that cannot be one."""
    values = {one: typed.get(one, "").strip() for field in FIELDS for one in columns(field)}
    faults = {
        one: fault
        for field in FIELDS
        for one in columns(field)
        if (fault := _fault(field, values[one]))
    }
    if faults:
        raise Refusal("bad_input", faults)
    known, now = facts(session), now_ms()
    changed = sorted(one for one, value in values.items() if known.get(one, "") != value)
    for one in changed:
        session.merge(CompanyFact(name=one, value=values[one], at=now))
    if changed:
        audit(session, by, "company_changed", {"fields": changed})


def _fault(field: Field, value: str) -> str:
    if len(value) > MOST:
        return "too_long"
    if value and field.choices is not None and value not in field.choices:
        return "invalid"
    if value and field.most and not (value.isdecimal() and 1 <= int(value) <= field.most):
        return "months_range"
    return ""


def lead_months(known: Mapping[str, str], otherwise: int) -> int:
    """For how many months a lead is kept after the last exchange."""
    given = known.get("lead_months", "")
    return int(given) if given.isdecimal() else otherwise
