"""`recommend` – Mémoire: recall prompts, and as many leads as one likes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, field_validator

from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.rules import person
from game.rules.facts import LeadRecommended, LeadWithdrawn
from game.rules.options import Options, option
from game.rules.pack import Item, Key, Line, Pack, Relationship
from game.rules.part import Many
from game.rules.round import (
    Accepted,
    Entry,
    Kind,
    Setting,
    Settled,
    Standing,
    Tally,
    count_in,
    parse,
    withdrawn,
)
from game.rules.scoring import (
    NEW_FAMILY,
    SPOTTED,
    NewFamilies,
    cap_entry,
    capped,
    family_of,
    in_order,
)
from game.rules.worth import Worth

DETAILS = ("role", "company", "reach", "skills", "reason", "speaks")
MANY_LEADS, MANY_PEOPLE = 8, 4  # from which the count of new people can be told
SLOT = r"^lead:[A-Za-z0-9_-]{4,32}$"
ENOUGH = 30  # prompts, for a pack to last
WORTH = (
    Worth("recommended", 10, _("une personne recommandée")),
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
    Worth("seconded", 3, _("recommandée aussi par d'autres")),
)
Cue = Literal["best", "employer", "school", "client", "event", "taught", "community", "freelance"]


class Prompt(Item):
    """A nudge for the memory; the cue says which drawer it opens."""

    key: Key
    cue: Cue
    text: Line


def _wants(raws: Sequence[object]) -> Iterator[str]:
    if len(raws) < ENOUGH:
        yield f"{ENOUGH} at least are wanted, {len(raws)} are there"
    there = {
        raw["cue"] for raw in raws if isinstance(raw, dict) and isinstance(raw.get("cue"), str)
    }
    for cue in sorted(set(get_args(Cue)) - there):
        yield f"no prompt has the cue {cue}"


def _named(prompt: Prompt, _pack: Pack) -> str:
    return prompt.text


PROMPTS = Many("prompts", Prompt, wants=_wants, shared=("cue",), needed=True)


class RecommendOptions(Options):
    """Which prompts come (all where none is named), and how long each stays, in seconds."""

    prompts: tuple[str, ...] = option((), _("Relances"), part=PROMPTS, named=_named)
    prompt_seconds: int = option(120, _("Secondes par relance"), ge=10, le=600)


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
    speaks: Literal["first", "together", "named", "unnamed", ""] = ""
    own_name: str = Field(default="", max_length=80)
    own_mail: str = Field(default="", max_length=254)

    @field_validator("own_mail")
    @classmethod
    def _own_mail(cls, value: str) -> str:
        if value and not person.mail_of(value):
            raise ValueError("mail_invalid")
        return person.mail_of(value)

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


def accept(setting: Setting, own: Mapping[str, Standing], raw: Mapping[str, object]) -> Accepted:
    """A lead put forward, corrected or withdrawn."""
    if raw.get("withdraw"):
        return withdrawn(own, raw, LeadWithdrawn)
    lead = parse(Lead, raw)
    relationship = _relationship(setting, lead.relationship)
    known = {c.key for c in setting.pack.reasons}
    if not set(lead.reasons) <= known:
        raise Refusal("bad_input", {"reasons": "invalid"})
    fact = _fact(lead, relationship, **_reach(lead, setting.country))
    return Accepted(lead.slot, _stored(setting, fact), fact)


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
        speaks=lead.speaks,
        own_name=person.squeeze(lead.own_name) if reach["reach"] == "introduce" else "",
        own_mail=lead.own_mail if reach["reach"] == "introduce" else "",
        **reach,
    )


def _stored(setting: Setting, fact: LeadRecommended) -> dict[str, object]:
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


def _result(setting: Setting, everyone: Sequence[Standing]) -> dict[str, object]:
    """Counts, and nobody's name."""
    leads = [s for s in everyone if not s.stored["withdrawn"]]
    families = Counter(s.stored["family"] for s in leads)
    reasons = Counter(key for s in leads for key in s.stored["reasons"])
    return {
        **_new_to_pool(setting, leads),
        "leads": len(leads),
        "people": len({s.player for s in leads}),
        "families": _ranked(families),
        "reasons": _ranked(reasons),
    }


def _new_to_pool(setting: Setting, leads: Sequence[Standing]) -> dict[str, int]:
    """What the room brought that the pool did not have, where so many spoke that it tells of none.

    The bonus is the room's: in a player's own points it could be read off who was known before.
    """
    if len(leads) < MANY_LEADS or len({s.player for s in leads}) < MANY_PEOPLE:
        return {}
    new = sum(1 for s in leads if s.novelty and s.novelty.new_to_pool)
    return {"new": new, "room_points": new * setting.points.new_to_pool}


def _ranked(counter: Counter[str]) -> list[dict[str, object]]:
    ranked = sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"key": key, "count": n} for key, n in ranked if key]


def _named_counts(choices: Sequence[Any], found: Sequence[Mapping[str, Any]]) -> list[Any]:
    """Counts in the reader's words; what was kept before was kept with its words."""
    labels = {choice.key: choice.label for choice in choices}
    named = [(labels.get(one.get("key", ""), one.get("label")), one["count"]) for one in found]
    return [{"label": label, "count": n} for label, n in named if label]


def _told(setting: Setting, result: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **result,
        **{name: count_in(result, name) for name in ("leads", "people", "new", "room_points")},
        "families": _named_counts(setting.pack.families, result.get("families", ())),
        "reasons": _named_counts(setting.pack.reasons, result.get("reasons", ())),
    }


def view(
    setting: Setting, audience: str, result: Mapping[str, object] | None, _tally: Tally | None
) -> dict[str, object]:
    """The prompts and the form's choices; at the reveal, the counts."""
    wanted = setting.options.prompts
    prompts = [p for p in PROMPTS.of(setting.pack) if not wanted or p.key in wanted]
    shown: dict[str, object] = {
        "prompts": [p.model_dump() for p in prompts],
        "prompt_seconds": setting.options.prompt_seconds,
        "relationships": [
            r.model_dump(include={"key", "label", "known", "internal"})
            for r in setting.pack.relationships
        ],
        "reasons": [c.shown() for c in setting.pack.reasons],
        "result": None,
    }
    if result is not None:
        told = shown["result"] = _told(setting, result)
        if audience == "desk":
            rows = [[one["label"], one["count"]] for one in told["families"]]
            shown["table"] = {"columns": [_("Canal"), _("Pistes")], "rows": rows}
    return shown


def example(setting: Setting, nth: int) -> Sequence[Mapping[str, object]]:
    """An invented person, known in one way or another."""
    relationships = [r for r in setting.pack.relationships if r.known and not r.internal]
    return (
        {
            "slot": f"lead:example{nth}",
            "name": f"Personne {nth} Imaginaire",
            "relationship": relationships[nth % len(relationships)].key,
            "reach": "phone",
            "reach_value": f"06 12 {nth // 10_000 % 100:02} {nth // 100 % 100:02} {nth % 100:02}",
            "company": "Chantiers Imaginaires",
        },
    )


KIND = Kind(
    "recommend",
    _("Mémoire"),
    RecommendOptions,
    accept,
    score,
    view,
    settle,
    example=example,
    worth=WORTH,
    parts=(PROMPTS,),
    facts=(LeadRecommended, LeadWithdrawn),
    secret=frozenset({"families", "people", "new", "room_points"}),
    refusals={
        "relationship_unknown": _("Choisis d'où vous vous connaissez."),
        "reason_too_long": _("140 signes au plus."),
    },
    one_sum=True,
)
