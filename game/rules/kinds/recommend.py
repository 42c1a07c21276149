"""`recommend` – Mémoire: recall prompts, and as many leads as one likes."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import Field
from pydantic.config import JsonDict

from game.base.json_object import Json
from game.base.speech import marked as _
from game.rules import leads
from game.rules.options import Options, option
from game.rules.pack import Choice, Family, Keyed, Line, Pack, Relationship
from game.rules.part import Many
from game.rules.round import Accepted, Entry, Kind, Setting, Settled, Standing, Tally, Turns
from game.rules.sameness import MirrorTold, Sameness, sameness, told
from game.rules.scoring import by_player
from game.rules.stored import Count, Stored
from game.rules.view import Table, View

MANY_LEADS, MANY_PEOPLE = 8, 4  # from which the count of new people can be told
ENOUGH = 30  # prompts, for a pack to last
Cue = Literal["best", "employer", "school", "client", "event", "taught", "community", "freelance"]
CUES: JsonDict = {
    "best": _("les meilleures personnes connues"),
    "employer": _("un employeur d'avant"),
    "school": _("l'école, les études"),
    "client": _("clients et fournisseurs"),
    "event": _("salons, rencontres, fêtes"),
    "taught": _("qui a appris, qui a enseigné"),
    "community": _("groupes, forums, associations"),
    "freelance": _("indépendants"),
}


class Prompt(Keyed):
    """A nudge for the memory; the cue says which drawer it opens."""

    text: Line = Field(title=_("Relance, en tutoyant"))
    cue: Cue = Field(title=_("Le souvenir qu'elle ouvre"), json_schema_extra={"labels": CUES})


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


PROMPTS = Many(
    "prompts",
    Prompt,
    wants=_wants,
    shared=("cue",),
    needed=True,
    title=_("Relances de mémoire"),
    one=_("Relance"),
)


class RecommendOptions(Options):
    """Which prompts come (all where none is named), and how long each stays, in seconds."""

    prompts: tuple[str, ...] = option((), _("Relances"), part=PROMPTS, named=_named)
    prompt_seconds: int = option(120, _("Secondes par relance"), ge=10, le=600)
    deal: bool = option(False, _("Laboratoire : à chaque équipe sa relance, au même moment"))
    recalled: bool = option(True, _("Aussi les entreprises que la salle a nommées avant"))
    mirror: bool = option(True, _("Dire quand les pistes se ressemblent trop"))


class KeyCount(Stored):
    """How often something came up; `label` is what an older release kept of it."""

    key: str = ""
    count: Count
    label: str = ""


class Harvest(Stored):
    """How much a round brought, and nobody's name; `new` is how many the pool did not have."""

    leads: Count = 0
    people: Count = 0
    same: Sameness | None = None
    new: Count = 0
    room_points: Count = 0
    families: tuple[KeyCount, ...] = ()
    reasons: tuple[KeyCount, ...] = ()


@dataclass(frozen=True)
class NamedCount:
    """How often something came up, in the reader's words."""

    label: str
    count: int


@dataclass(frozen=True)
class HarvestTold:
    """How much the round brought, and from which families of channels."""

    leads: int
    people: int
    new: int
    room_points: int
    families: tuple[NamedCount, ...]
    mirror: MirrorTold | None = None


@dataclass(frozen=True, kw_only=True)
class RecommendView(View):
    """The prompts, the form's choices, and at the reveal how much the round brought."""

    prompts: tuple[Prompt, ...]
    prompt_seconds: int
    deal: bool
    relationships: tuple[Relationship, ...]
    reasons: tuple[Choice, ...]
    invite: bool
    result: HarvestTold | None


def accept(setting: Setting, own: Mapping[str, Standing], raw: Json) -> Accepted:
    """A lead put forward, corrected or withdrawn."""
    return leads.accept(setting, own, raw)


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """What a player's leads earn now, as if nobody else had named the same people."""
    return leads.score(setting, own)


def settle(setting: Setting, everyone: Sequence[Standing]) -> Settled:
    """Corrects what others had named too; counts for the reveal."""
    entries = {
        player: leads.corrections(setting, own) for player, own in by_player(everyone).items()
    }
    result = _harvest(setting, everyone).json_object()
    return Settled(result, {player: earned for player, earned in entries.items() if earned})


def _harvest(setting: Setting, everyone: Sequence[Standing]) -> Harvest:
    """Counts, and what the pool did not have, where so many spoke that it tells of none.

    The bonus for new people is the room's: in a player's own points it could be read off who was
    known before.
    """
    named = leads.standing(everyone)
    people = len({given.player for given, _lead in named})
    harvest = Harvest(
        leads=len(named),
        people=people,
        families=_ranked(Counter(lead.family for _given, lead in named)),
        reasons=_ranked(Counter(key for _given, lead in named for key in lead.reasons)),
    )
    same = _sameness(named) if setting.chosen(RecommendOptions).mirror else None
    if same:
        harvest = harvest.model_copy(update={"same": same})
    if len(named) < MANY_LEADS or people < MANY_PEOPLE:
        return harvest
    new = sum(1 for given, _lead in named if given.novelty and given.novelty.new_to_pool)
    bonus = new * setting.points.new_to_pool
    return harvest.model_copy(update={"new": new, "room_points": bonus})


def _sameness(named: Sequence[tuple[Standing, leads.Lead]]) -> Sameness | None:
    """Are the leads too alike? Colleagues, who are not looked for outside, are left out."""
    outside = [(given, lead) for given, lead in named if not lead.internal]
    companies = [given.novelty.company if given.novelty else "" for given, _lead in outside]
    return sameness(companies, [lead.channel for _given, lead in outside])


def _mirror(setting: Setting, kept: Harvest) -> MirrorTold | None:
    if kept.same is None or not setting.chosen(RecommendOptions).mirror:
        return None
    labels = {c.key: c.label for family in setting.pack.families for c in family.channels}
    return told(kept.same, labels, _wider(setting, kept.same))


def _wider(setting: Setting, same: Sameness) -> str:
    """A prompt that opens another drawer than those the leads came from, a new one if there is."""
    channels = {known.key: known.channel for known in setting.pack.relationships}
    asked = set(setting.chosen(RecommendOptions).prompts)
    every = [p for p in PROMPTS.of(setting.pack) if p.cue in channels]
    fitting = [prompt for prompt in every if channels[prompt.cue] not in same.keys]
    fresh = [prompt for prompt in fitting if prompt.key not in asked]
    return next((prompt.text for prompt in (*fresh, *fitting)), "")


def _ranked(counter: Counter[str]) -> tuple[KeyCount, ...]:
    ranked = sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(KeyCount(key=key, count=n) for key, n in ranked if key)


def _told(setting: Setting, kept: Harvest, families: Sequence[Family]) -> HarvestTold:
    """Counts in the reader's words; what was kept before was kept with its words."""
    labels = {family.key: family.label for family in families}
    named = [(labels.get(one.key, one.label), one.count) for one in kept.families]
    counts = tuple(NamedCount(label, n) for label, n in named if label)
    mirror = _mirror(setting, kept)
    return HarvestTold(kept.leads, kept.people, kept.new, kept.room_points, counts, mirror)


def _prompts(setting: Setting) -> tuple[Prompt, ...]:
    """What the room itself brought up before comes first: it has just been said."""
    options = setting.chosen(RecommendOptions)
    lines = setting.recalled if options.recalled else ()
    said = (  # unchecked: a long name makes a long line
        Prompt.model_construct(key=f"said-{n}", text=text, cue="employer")
        for n, text in enumerate(lines, 1)
    )
    wanted = options.prompts
    return (*said, *(p for p in PROMPTS.of(setting.pack) if not wanted or p.key in wanted))


def turns(setting: Setting) -> Turns:
    """The prompts, each as long as the options say."""
    seconds = setting.chosen(RecommendOptions).prompt_seconds
    return tuple(prompt.text for prompt in _prompts(setting)), seconds


def deals(setting: Setting) -> bool:
    """Is each team to have its own prompt?"""
    return setting.chosen(RecommendOptions).deal


def view(
    setting: Setting, audience: str, result: Json | None, _tally: Tally | None
) -> RecommendView:
    """The prompts and the form's choices; at the reveal, the counts."""
    options, pack = setting.chosen(RecommendOptions), setting.pack
    found = None if result is None else _told(setting, Harvest.of(result), pack.families)
    return RecommendView(
        prompts=_prompts(setting),
        prompt_seconds=options.prompt_seconds,
        deal=options.deal,
        relationships=pack.relationships,
        reasons=pack.reasons,
        invite=setting.capture == "invite",
        result=found,
        table=_table(found.families) if found and audience == "desk" else None,
    )


def _table(families: Sequence[NamedCount]) -> Table:
    rows = tuple((family.label, family.count) for family in families)
    return Table((_("Canal"), _("Pistes")), rows)


def example(setting: Setting, nth: int) -> Sequence[Json]:
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
    worth=leads.WORTH,
    parts=(PROMPTS,),
    facts=leads.FACTS,
    secret=frozenset({"same", "families", "people", "new", "room_points"}),
    refusals=leads.REFUSALS,
    one_sum=True,
    turns=turns,
    deals=deals,
)
