"""Places where people are found, named by players: what several kinds of round share."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, field_validator

from game.base.json_object import Json
from game.base.refusal import Refusal
from game.rules.facts import PlaceSpotted, PlaceWithdrawn
from game.rules.pack import Family, Pack
from game.rules.person import fold, squeeze
from game.rules.round import Accepted, Entry, Setting, Standing, parse, withdrawn
from game.rules.sameness import MirrorTold, Sameness, of_channels, told
from game.rules.scoring import NEW_FAMILY, SPOTTED, NewFamilies, cap_entry, family_of, in_order
from game.rules.stored import Count, Stored, Withdrawable
from game.rules.typed import key_of, spelled
from game.rules.view import TypedText

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
    knows: bool = False
    own_name: str = Field(default="", max_length=80)

    @field_validator("name")
    @classmethod
    def _name(cls, value: str) -> str:
        return squeeze(value)


class Place(Withdrawable):
    """What the rules keep of a place named; the family of its channel."""

    name: str = ""
    channel: str = ""
    family: str = ""


class PlaceCount(Stored):
    """How often a place was named; `channel_label` is what an older release kept."""

    name: str
    channel: str = ""
    count: Count
    channel_label: str = ""


@dataclass(frozen=True)
class PlaceShown(TypedText):
    """A place, or the channel of those that one person alone named."""

    channel_label: str


def accept(setting: Setting, own: Mapping[str, Standing], raw: Json) -> Accepted:
    """A place named, corrected or taken back. Raises Refusal."""
    if raw.get("withdraw"):
        return withdrawn(own, raw, PlaceWithdrawn)
    typed = parse(PlaceTyped, raw)
    family = family_of(setting.pack.families, typed.channel)
    if family is None or family.linkedin:
        raise Refusal("bad_input", {"channel": "linkedin" if family else "invalid"})
    kept = Place(withdrawn=False, name=typed.name, channel=typed.channel, family=family.key)
    own_name = squeeze(typed.own_name) if typed.knows else ""
    fact = PlaceSpotted(typed.slot, typed.name, typed.channel, typed.note, typed.knows, own_name)
    return Accepted(typed.slot, kept.json_object(), fact)


def named(standings: Iterable[Standing]) -> list[tuple[Standing, Place]]:
    """The places that count, in order of arrival."""
    given = [s for s in in_order(standings) if s.slot.startswith("place:")]
    kept = [(standing, Place.of(standing.stored)) for standing in given]
    return [(standing, place) for standing, place in kept if not place.withdrawn]


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """What a player's places earn: each named once, however often it is typed."""
    families = NewFamilies(setting.pack.families, setting.points)
    once: dict[str, tuple[str, Place]] = {}
    for standing, place in named(own):
        once.setdefault(fold(place.name), (standing.slot, place))
    entries: list[Entry] = []
    for nth, (slot, place) in enumerate(once.values(), 1):
        base = Entry(slot, SPOTTED.name, setting.points.spotted)
        entries.extend(cap_entry(slot, (base, *families.entry(slot, place.family)), nth))
    return tuple(entries)


def counted(everyone: Sequence[Standing]) -> tuple[PlaceCount, ...]:
    """The places that several people named; the others only as counts of their channel.

    What one person alone has typed is not shown to a room: it could hold somebody's name.
    """
    given = [(standing.player, place) for standing, place in named(everyone)]
    spelling = spelled(place.name for _player, place in given)
    kept = [(player, spelling[place.name], place.channel) for player, place in given]
    who = Counter(name for _player, name in {(player, name) for player, name, _channel in kept})
    times = Counter((name if who[name] > 1 else "", channel) for _player, name, channel in kept)
    ranked = sorted(times.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
    return tuple(PlaceCount(name=name, channel=key, count=n) for (name, key), n in ranked)


def shown(setting: Setting, audience: str, found: Iterable[PlaceCount]) -> tuple[PlaceShown, ...]:
    """The places of a result in the reader's words; hidden ones are for the remote alone."""
    labels = {c.key: c.label for f in setting.pack.families for c in f.channels}
    places = (_shown(setting, labels, place) for place in found)
    return tuple(p for p in places if audience == "remote" or not p.hidden)


def _shown(setting: Setting, labels: Mapping[str, str], place: PlaceCount) -> PlaceShown:
    label = labels.get(place.channel) or place.channel_label or place.channel
    typed = place.name if place.name != label else ""
    key = key_of(typed) if typed else ""
    is_hidden = bool(key) and key in setting.hidden
    return PlaceShown(key, typed or label, place.count, is_hidden, label)


def alike(everyone: Sequence[Standing]) -> Sameness | None:
    """Are the channels of the places that were named too much the same?"""
    return of_channels([place.channel for _given, place in named(everyone)])


def mirror(setting: Setting, same: Sameness | None) -> MirrorTold | None:
    """The same in the reader's words."""
    labels = {c.key: c.label for f in setting.pack.families for c in f.channels}
    return told(same, labels) if same else None


def families(pack: Pack) -> tuple[Family, ...]:
    """The families whose channels a place may be of: all but LinkedIn."""
    return tuple(family for family in pack.families if not family.linkedin)
