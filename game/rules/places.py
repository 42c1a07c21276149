"""Places where people are found, named by players: what several kinds of round share."""

from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator

from game.base.refusal import Refusal
from game.rules.facts import PlaceSpotted, PlaceWithdrawn
from game.rules.pack import Pack
from game.rules.person import fold, squeeze
from game.rules.round import Accepted, Entry, Setting, Standing, parse, withdrawn
from game.rules.scoring import NEW_FAMILY, SPOTTED, NewFamilies, cap_entry, family_of, in_order

FACTS = (PlaceSpotted, PlaceWithdrawn)
WORTH = (SPOTTED, NEW_FAMILY)
SHOWN = 12


class PlaceTyped(BaseModel):
    """A place where such people are found."""

    model_config = ConfigDict(str_strip_whitespace=True)

    slot: str = Field(pattern=r"^place:[A-Za-z0-9_-]{4,32}$")
    name: str = Field(min_length=1, max_length=120)
    channel: str
    note: str = Field(default="", max_length=140)

    @field_validator("name")
    @classmethod
    def _name(cls, value: str) -> str:
        return squeeze(value)


def accept(setting: Setting, own: Mapping[str, Standing], raw: Mapping[str, object]) -> Accepted:
    """A place named, corrected or taken back. Raises Refusal."""
    if raw.get("withdraw"):
        return withdrawn(own, raw, PlaceWithdrawn)
    place = parse(PlaceTyped, raw)
    family = family_of(setting.pack.families, place.channel)
    if family is None or family.linkedin:
        raise Refusal("bad_input", {"channel": "linkedin" if family else "invalid"})
    stored = {
        "withdrawn": False,
        "name": place.name,
        "channel": place.channel,
        "family": family.key,
    }
    fact = PlaceSpotted(place.slot, place.name, place.channel, place.note)
    return Accepted(place.slot, stored, fact)


def _named(standings: Sequence[Standing]) -> list[Standing]:
    named = [s for s in in_order(standings) if s.slot.startswith("place:")]
    return [s for s in named if not s.stored["withdrawn"]]


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """What a player's places earn: each named once, however often it is typed."""
    families = NewFamilies(setting.pack.families, setting.points)
    kept: dict[str, Standing] = {}
    for standing in _named(own):
        kept.setdefault(fold(standing.stored["name"]), standing)
    entries: list[Entry] = []
    for nth, place in enumerate(kept.values(), 1):
        base = Entry(place.slot, SPOTTED.name, setting.points.spotted)
        lines = (base, *families.entry(place.slot, place.stored["family"]))
        entries.extend(cap_entry(place.slot, lines, nth))
    return tuple(entries)


def key_of(text: str) -> str:
    """What a typed text is called, however it is spelled: to hide it, without repeating it."""
    return "text-" + sha256(fold(text).encode()).hexdigest()[:12]


def result(everyone: Sequence[Standing]) -> list[dict[str, object]]:
    """The places that several people named; the others only as counts of their channel.

    What one person alone has typed is not shown to a room: it could hold somebody's name.
    """
    kept = [(s.player, s.stored) for s in _named(everyone)]
    who = Counter(name for _, name in {(player, fold(p["name"])) for player, p in kept})
    first = {fold(p["name"]): p["name"] for _, p in reversed(kept)}
    shown: Counter[tuple[str, str]] = Counter()
    for _, place in kept:
        name = fold(place["name"])
        shown[first[name] if who[name] > 1 else "", place["channel"]] += 1
    ranked = sorted(shown.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
    return [{"name": name, "channel": channel, "count": n} for (name, channel), n in ranked]


def view(setting: Setting, audience: str, found: Sequence[Mapping[str, object]]) -> list[Any]:
    """The places of a result in the reader's words; hidden ones are for the remote alone."""
    labels = {c.key: c.label for f in setting.pack.families for c in f.channels}
    places = [_shown(setting, labels, place) for place in found]
    return [p for p in places if audience == "remote" or not p["hidden"]]


def _shown(setting: Setting, labels: Mapping[str, str], place: Mapping[str, Any]) -> dict[str, Any]:
    channel = str(place.get("channel", ""))
    label = labels.get(channel) or place.get("channel_label") or channel
    typed = place["name"] if place["name"] != label else ""
    key = key_of(typed) if typed else ""
    return {
        "key": key,
        "name": typed or label,
        "channel_label": label,
        "count": place["count"],
        "hidden": bool(key) and key in setting.hidden,
    }


def channels(pack: Pack) -> list[dict[str, object]]:
    """The channels that a place may be of, by family: all but LinkedIn."""
    return [
        {
            "family": f.key,
            "label": f.label,
            "channels": [c.shown() for c in f.channels],
        }
        for f in pack.families
        if not f.linkedin
    ]
