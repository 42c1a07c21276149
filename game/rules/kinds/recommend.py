"""`recommend` – Mémoire: recall prompts, and as many leads as one likes."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from game.base.refusal import Refusal
from game.rules import person
from game.rules.facts import LeadRecommended, LeadWithdrawn
from game.rules.pack import Choice, Relationship
from game.rules.round import Accepted, Entry, Kind, Options, Setting, Settled, Standing, parse
from game.rules.scoring import NewFamilies, cap_entry, capped, family_of, in_order

DETAILS = ("role", "company", "reach", "skills", "reason")
MANY_LEADS, MANY_PEOPLE = 8, 4  # from which the count of new people can be told
SLOT = r"^lead:[A-Za-z0-9_-]{4,32}$"


class RecommendOptions(Options):
    """Which prompts come (all where none is named), and how long each stays, in seconds."""

    prompts: tuple[str, ...] = ()
    prompt_seconds: int = Field(default=120, ge=10, le=600)


class Lead(BaseModel):
    """A lead as it is typed on the phone."""

    model_config = ConfigDict(str_strip_whitespace=True, extra="ignore")

    slot: str = Field(pattern=SLOT)
    name: str = ""
    relationship: str = ""
    reach: Literal["mail", "phone", "link", "introduce", ""] = ""
    reach_value: str = Field(default="", max_length=300)
    role: str = Field(default="", max_length=120)
    company: str = Field(default="", max_length=120)
    skills: tuple[str, ...] = Field(default=(), max_length=12)
    reasons: tuple[str, ...] = Field(default=(), max_length=12)
    reason: str = ""
    aware: bool = False

    @field_validator("name")
    @classmethod
    def _name(cls, value: str) -> str:
        value = person.squeeze(value)
        if not value:
            raise ValueError("name_missing")
        if len(value) > 80:
            raise ValueError("too_long")
        return value

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


def accept(setting: Setting, own: Mapping[str, Standing], raw: Mapping[str, Any]) -> Accepted:
    """A lead put forward, corrected or withdrawn."""
    if raw.get("withdraw"):
        return _withdraw(own, raw)
    lead = parse(Lead, raw)
    relationship = _relationship(setting, lead.relationship)
    known = {c.key for c in setting.pack.reasons}
    if not set(lead.reasons) <= known:
        raise Refusal("bad_input", {"reasons": "invalid"})
    fact = _fact(lead, relationship, **_reach(lead, setting.country))
    return Accepted(lead.slot, _stored(setting, fact), fact)


def _withdraw(own: Mapping[str, Standing], raw: Mapping[str, Any]) -> Accepted:
    slot = raw.get("slot")
    if not isinstance(slot, str) or slot not in own:
        raise Refusal("bad_input", {"slot": "invalid"})
    return Accepted(slot, {"withdrawn": True}, LeadWithdrawn(slot))


def _relationship(setting: Setting, key: str) -> Relationship:
    for relationship in setting.pack.relationships:
        if relationship.key == key:
            return relationship
    raise Refusal("bad_input", {"relationship": "relationship_unknown"})


def _reach(lead: Lead, country: str) -> dict[str, str]:
    """How to get in touch, in its normal form; what cannot be one is refused at its field."""
    if lead.reach in ("", "introduce") or not lead.reach_value.strip():
        return {"reach": "introduce" if lead.reach == "introduce" else ""}
    value = person.reached(lead.reach, lead.reach_value, country)
    if not value:
        raise Refusal("bad_input", {"reach_value": f"{lead.reach}_invalid"})
    return {"reach": lead.reach, lead.reach: value}


def _fact(lead: Lead, relationship: Relationship, **reach: str) -> LeadRecommended:
    return LeadRecommended(
        slot=lead.slot,
        name=lead.name,
        relationship=relationship.key,
        channel=relationship.channel,
        known=relationship.known,
        internal=relationship.internal,
        aware=lead.aware,
        role=person.squeeze(lead.role),
        company=person.squeeze(lead.company),
        skills=lead.skills,
        reasons=lead.reasons,
        reason=lead.reason,
        **reach,
    )


def _stored(setting: Setting, fact: LeadRecommended) -> dict[str, Any]:
    """What the rules need to know of it: nothing that says who it is."""
    family = family_of(setting.pack.families, fact.channel)
    filled = [name for name in DETAILS if getattr(fact, name)]
    return {
        "withdrawn": False,
        "relationship": fact.relationship,
        "channel": fact.channel,
        "family": family.key if family else "",
        "known": fact.known,
        "internal": fact.internal,
        "filled": filled,
        "aware": fact.aware,
        "reasons": list(fact.reasons),
    }


def counted(own: Sequence[Standing]) -> list[Standing]:
    """The leads that count, in order: neither withdrawn nor internal mobility."""
    return [s for s in in_order(own) if not s.stored["withdrawn"] and not s.stored["internal"]]


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """What a player's leads earn now, as if nobody else had named the same people."""
    families = NewFamilies(setting.pack.families, setting.points)
    entries: list[Entry] = []
    for nth, lead in enumerate(counted(own), 1):
        lines = _lines(setting, lead) + families.entry(lead.slot, lead.stored["family"])
        entries.extend(cap_entry(lead.slot, lines, nth))
    return tuple(entries)


def _lines(setting: Setting, lead: Standing) -> tuple[Entry, ...]:
    points = setting.points
    base = "recommended" if lead.stored["known"] else "spotted"
    names = [base, *lead.stored["filled"], *(["aware"] if lead.stored["aware"] else [])]
    return tuple(Entry(lead.slot, name, getattr(points, name)) for name in names)


def settle(setting: Setting, everyone: Sequence[Standing]) -> Settled:
    """Corrects what others had named too; counts for the reveal."""
    by_player: dict[str, list[Standing]] = {}
    for standing in everyone:
        by_player.setdefault(standing.player, []).append(standing)
    entries = {player: _corrections(setting, own) for player, own in by_player.items()}
    return Settled(_result(setting, everyone), {p: e for p, e in entries.items() if e})


def _corrections(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    worth: Counter[str] = Counter()
    for entry in score(setting, own):
        worth[entry.slot] += entry.amount
    entries: list[Entry] = []
    for nth, lead in enumerate(counted(own), 1):
        entries.extend(_correction(setting, lead, nth, worth[lead.slot]))
    return tuple(entries)


def _correction(setting: Setting, lead: Standing, nth: int, worth: int) -> tuple[Entry, ...]:
    novelty = lead.novelty
    if novelty is None:
        return ()
    if novelty.nth > 1:
        bonus = capped(setting.points.seconded, nth) if novelty.nth <= 3 else 0
        return (Entry(lead.slot, "seconded", bonus - worth),) if bonus != worth else ()
    return ()


def _result(setting: Setting, everyone: Sequence[Standing]) -> dict[str, Any]:
    """Counts, and nobody's name."""
    leads = [s for s in everyone if not s.stored["withdrawn"]]
    families = Counter(s.stored["family"] for s in leads)
    reasons = Counter(key for s in leads for key in s.stored["reasons"])
    return {
        **_new_to_pool(setting, leads),
        "leads": len(leads),
        "people": len({s.player for s in leads}),
        "families": _counts(setting.pack.families, families),
        "reasons": _counts(setting.pack.reasons, reasons),
    }


def _new_to_pool(setting: Setting, leads: Sequence[Standing]) -> dict[str, int]:
    """What the room brought that the pool did not have, where so many spoke that it tells of none.

    The bonus is the room's: in a player's own points it could be read off who was known before.
    """
    if len(leads) < MANY_LEADS or len({s.player for s in leads}) < MANY_PEOPLE:
        return {}
    new = sum(1 for s in leads if s.novelty and s.novelty.new_to_pool)
    return {"new": new, "room_points": new * setting.points.new_to_pool}


def _counts(choices: Sequence[Any], counter: Counter[str]) -> list[dict[str, Any]]:
    labels = {choice.key: choice.label for choice in choices}
    ranked = sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"label": labels[key], "count": n} for key, n in ranked if key in labels]


def view(setting: Setting, result: Mapping[str, Any] | None) -> dict[str, Any]:
    """The prompts and the form's choices; at the reveal, the counts."""
    wanted = setting.options.prompts
    prompts = [p for p in setting.pack.prompts if not wanted or p.key in wanted]
    return {
        "prompts": [p.model_dump() for p in prompts],
        "prompt_seconds": setting.options.prompt_seconds,
        "relationships": [
            r.model_dump(include={"key", "label", "known", "internal"})
            for r in setting.pack.relationships
        ],
        "reasons": [_choice(c) for c in setting.pack.reasons],
        "result": dict(result) if result is not None else None,
    }


def _choice(choice: Choice) -> dict[str, str]:
    return {"key": choice.key, "label": choice.label}


KIND = Kind("recommend", RecommendOptions, accept, score, view, settle)
