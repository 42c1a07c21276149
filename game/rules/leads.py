"""Leads that players put forward: what the kinds of round that bring them share."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypedDict

from pydantic import BaseModel, ConfigDict, Field, field_validator

from game.base.json_object import Json
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.rules import person
from game.rules.facts import INVITED, LeadEnriched, LeadRecommended, LeadWithdrawn
from game.rules.lexicon import touched
from game.rules.pack import Relationship
from game.rules.round import Accepted, Entry, Setting, Standing, parse, withdrawn
from game.rules.scoring import (
    NEW_FAMILY,
    SPOTTED,
    NewFamilies,
    cap_entry,
    capped,
    family_of,
    in_order,
)
from game.rules.stored import Withdrawable
from game.rules.worth import Worth

FACTS = (LeadRecommended, LeadWithdrawn)
DETAILS = ("role", "company", "reach", "skills", "reason", "speaks")
FREE = ("reason", "role", "skills")  # texts in which anything can be said
REWARDED = 3  # recommenders of one person
RECOMMENDED = Worth("recommended", 10, _("une personne recommandée"))
SECONDED = Worth("seconded", 3, _("recommandée aussi par d'autres"))
WORTH = (
    RECOMMENDED,
    SPOTTED,
    Worth("role", 2, _("son métier")),
    Worth("company", 2, _("son entreprise")),
    Worth("reach", 2, _("comment la joindre")),
    Worth("skills", 2, _("ses compétences")),
    Worth("reason", 2, _("une raison précise")),
    Worth("speaks", 2, _("qui lui parle d'abord")),
    Worth("aware", 5, _("elle le sait")),
    Worth("new_to_pool", 5, _("nouvelle dans le vivier")),
    NEW_FAMILY,
    SECONDED,
)
REFUSALS = {
    "relationship_unknown": _("Choisis d'où vous vous connaissez."),
    "invite_only": _("Dans cet atelier, on invite : donne un lien à la personne."),
    "reason_too_long": _("140 signes au plus."),
}


class Details(TypedDict):
    """What is said of a lead beside its name, as the facts name it."""

    aware: bool
    reach: str
    mail: str
    phone: str
    link: str
    role: str
    company: str
    skills: tuple[str, ...]
    reasons: tuple[str, ...]
    reason: str
    speaks: str
    own_name: str
    own_mail: str


class Described(BaseModel):
    """What is said of a lead beside its name, as it is typed on the phone."""

    model_config = ConfigDict(str_strip_whitespace=True, extra="ignore")

    reach: Literal["mail", "phone", "link", "introduce", ""] = ""
    reach_value: str = Field(default="", max_length=300)
    role: str = Field(default="", max_length=120)
    company: str = Field(default="", max_length=120)
    skills: tuple[str, ...] = Field(default=(), max_length=12)
    reasons: tuple[str, ...] = Field(default=(), max_length=12)
    reason: str = ""
    aware: bool = False
    speaks: Literal["first", "together", "named", "unnamed", ""] = ""
    own_name: str = Field(default="", max_length=80)
    own_mail: str = Field(default="", max_length=254)

    @field_validator("own_mail")
    @classmethod
    def _own_mail(cls, value: str) -> str:
        if value and not person.mail_of(value):
            raise ValueError("mail_invalid")
        return person.mail_of(value)

    @field_validator("reason")
    @classmethod
    def _reason(cls, value: str) -> str:
        if len(value) > 140:
            raise ValueError("reason_too_long")
        return value

    @field_validator("skills")
    @classmethod
    def _skills(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        kept = tuple(dict.fromkeys(person.squeeze(skill) for skill in value if skill.strip()))
        if any(len(skill) > 60 for skill in kept):
            raise ValueError("too_long")
        return kept


class LeadTyped(Described):
    """A lead as it is typed on the phone."""

    slot: str = Field(pattern=r"^lead:[A-Za-z0-9_-]{4,32}$")
    name: str = ""
    relationship: str = ""

    @field_validator("name")
    @classmethod
    def _name(cls, value: str) -> str:
        value = person.squeeze(value)
        if not value:
            raise ValueError("name_missing")
        if len(value) > 80:
            raise ValueError("too_long")
        return value


class Lead(Withdrawable):
    """What the rules keep of a lead: nothing that says who it is."""

    relationship: str = ""
    channel: str = ""
    family: str = ""
    known: bool = True
    internal: bool = False
    filled: tuple[str, ...] = ()
    aware: bool = False
    reasons: tuple[str, ...] = ()


def accept(setting: Setting, own: Mapping[str, Standing], raw: Json) -> Accepted:
    """A lead put forward, corrected or withdrawn. Raises Refusal."""
    check_capture(setting, raw)
    if raw.get("withdraw"):
        return withdrawn(own, raw, LeadWithdrawn)
    typed = parse(LeadTyped, raw)
    relationship = _relationship(setting, typed.relationship)
    fact = _fact(typed, relationship, described(setting, typed))
    waits = held(setting, fact)
    fact = replace(fact, held=waits) if waits else fact
    return Accepted(typed.slot, _kept(setting, fact).json_object(), fact)


def check_capture(setting: Setting, raw: Json) -> None:
    """Where people are invited nobody writes of another, and never in a slot of theirs."""
    is_theirs = str(raw.get("slot", "")).startswith(INVITED)
    if is_theirs != (setting.capture == "invited"):
        raise Refusal("bad_input", {"slot": "invalid"})
    if setting.capture == "invite" and not raw.get("withdraw"):
        raise Refusal("bad_input", {"answer": "invite_only"})


def held(setting: Setting, fact: LeadRecommended | LeadEnriched) -> tuple[str, ...]:
    """The free texts that one person reads first."""
    texts = {name: getattr(fact, name) for name in FREE}
    said = {name: t if isinstance(t, str) else ", ".join(t) for name, t in texts.items()}
    return tuple(n for n, text in said.items() if touched(text, setting.pack.lexicon))


def _relationship(setting: Setting, key: str) -> Relationship:
    for relationship in setting.pack.relationships:
        if relationship.key == key:
            return relationship
    raise Refusal("bad_input", {"relationship": "relationship_unknown"})


def _reach(typed: Described, country: str) -> dict[str, str]:
    """How to get in touch, in its normal form; what cannot be one is refused at its field."""
    if typed.reach in ("", "introduce") or not typed.reach_value.strip():
        return {"reach": "introduce" if typed.reach == "introduce" else ""}
    value = person.reached(typed.reach, typed.reach_value, country)
    if not value:
        raise Refusal("bad_input", {"reach_value": f"{typed.reach}_invalid"})
    return {"reach": typed.reach, typed.reach: value}


def described(setting: Setting, typed: Described) -> Details:
    """What is said of a lead, as the facts name it. Raises Refusal."""
    if not set(typed.reasons) <= {c.key for c in setting.pack.reasons}:
        raise Refusal("bad_input", {"reasons": "invalid"})
    reach = _reach(typed, setting.country)
    introduces = reach["reach"] == "introduce"
    return {
        "reach": reach["reach"],
        "mail": reach.get("mail", ""),
        "phone": reach.get("phone", ""),
        "link": reach.get("link", ""),
        "aware": typed.aware,
        "role": person.squeeze(typed.role),
        "company": person.squeeze(typed.company),
        "skills": typed.skills,
        "reasons": typed.reasons,
        "reason": typed.reason,
        "speaks": typed.speaks,
        "own_name": person.squeeze(typed.own_name) if introduces else "",
        "own_mail": typed.own_mail if introduces else "",
    }


def _fact(typed: LeadTyped, relationship: Relationship, said: Details) -> LeadRecommended:
    return LeadRecommended(
        slot=typed.slot,
        name=typed.name,
        relationship=relationship.key,
        channel=relationship.channel,
        known=relationship.known,
        internal=relationship.internal,
        **said,
    )


def _kept(setting: Setting, fact: LeadRecommended) -> Lead:
    family = family_of(setting.pack.families, fact.channel)
    return Lead(
        withdrawn=False,
        relationship=fact.relationship,
        channel=fact.channel,
        family=family.key if family else "",
        known=fact.known,
        internal=fact.internal,
        filled=tuple(name for name in DETAILS if getattr(fact, name)),
        aware=fact.aware,
        reasons=fact.reasons,
    )


def standing(given: Iterable[Standing]) -> list[tuple[Standing, Lead]]:
    """The leads that are not withdrawn, in order of arrival."""
    kept = [(each, Lead.of(each.stored)) for each in in_order(given)]
    return [(each, lead) for each, lead in kept if not lead.withdrawn]


def _counted(own: Sequence[Standing]) -> list[tuple[Standing, Lead]]:
    """The leads that earn: internal mobility does not."""
    return [(each, lead) for each, lead in standing(own) if not lead.internal]


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """What a player's leads earn now, as if nobody else had named the same people."""
    families = NewFamilies(setting.pack.families, setting.points)
    entries: list[Entry] = []
    for nth, (each, lead) in enumerate(_counted(own), 1):
        lines = _lines(setting, each.slot, lead) + families.entry(each.slot, lead.family)
        entries.extend(cap_entry(each.slot, lines, nth))
    return tuple(entries)


def _lines(setting: Setting, slot: str, lead: Lead) -> tuple[Entry, ...]:
    base = RECOMMENDED if lead.known else SPOTTED
    names = (base.name, *lead.filled, *(("aware",) if lead.aware else ()))
    return tuple(Entry(slot, name, getattr(setting.points, name)) for name in names)


def corrections(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """What a player's leads earn more or less once it is known who named the same people before.

    The second and third recommender of a person get a bonus instead of what the lead was worth,
    later ones nothing.
    """
    if all(each.novelty is None or each.novelty.nth == 1 for each in own):
        return ()
    worth: Counter[str] = Counter()
    for entry in score(setting, own):
        worth[entry.slot] += entry.amount
    entries: list[Entry] = []
    for nth, (each, _lead) in enumerate(_counted(own), 1):
        if each.novelty is None or each.novelty.nth == 1:
            continue
        rewarded = each.novelty.nth <= REWARDED
        change = (capped(setting.points.seconded, nth) if rewarded else 0) - worth[each.slot]
        entries.extend([Entry(each.slot, SECONDED.name, change)] if change else [])
    return tuple(entries)
