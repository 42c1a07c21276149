"""`spot` – Profil ou pas: anonymised cards judged against a brief, and places to look in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from game.base.refusal import Refusal
from game.rules.facts import PlaceSpotted, PlaceWithdrawn
from game.rules.pack import Card, Deck
from game.rules.person import fold, squeeze
from game.rules.round import Accepted, Entry, Kind, Options, Setting, Settled, Standing, parse
from game.rules.scoring import NewFamilies, cap_entry, family_of, in_order

CONTESTED = range(35, 66)  # per cent of keeps at which a room is of two minds
CONTESTED_FROM = 4  # voters
PLACES_SHOWN = 12


class SpotOptions(Options):
    """Which deck, how many of its cards, and whether places are asked for too."""

    deck: str = ""
    cards: int = Field(default=8, ge=1, le=40)
    places: bool = True


class Call(BaseModel):
    """A judgement of one card."""

    slot: str = Field(pattern=r"^card:[a-z0-9_-]{1,40}$")
    choice: Literal["keep", "pass"]
    criterion: str = ""


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


def deck_of(setting: Setting) -> Deck:
    """The deck of the round: the one named, else the brief's, else the first."""
    decks = setting.pack.decks
    brief = setting.brief.key if setting.brief else ""
    named = [deck for deck in decks if deck.key == setting.options.deck]
    fitting = [deck for deck in decks if deck.brief == brief]
    return [*named, *fitting, *decks][0]


def cards_of(setting: Setting) -> Sequence[Card]:
    """The cards that are dealt."""
    return deck_of(setting).cards[: setting.options.cards]


def accept(setting: Setting, own: Mapping[str, Standing], raw: Mapping[str, Any]) -> Accepted:
    """A card judged, or a place named or taken back."""
    slot = raw.get("slot")
    if not isinstance(slot, str):
        raise Refusal("bad_input", {"slot": "invalid"})
    if slot.startswith("card:"):
        return _card(setting, parse(Call, raw))
    if not setting.options.places:
        raise Refusal("bad_input", {"slot": "invalid"})
    if raw.get("withdraw"):
        return _withdraw(own, slot)
    return _place(setting, parse(PlaceTyped, raw))


def _card(setting: Setting, call: Call) -> Accepted:
    if call.slot.removeprefix("card:") not in {card.key for card in cards_of(setting)}:
        raise Refusal("bad_input", {"slot": "invalid"})
    criteria = {c.key for c in deck_of(setting).criteria}
    if call.criterion and call.criterion not in criteria:
        raise Refusal("bad_input", {"criterion": "invalid"})
    return Accepted(call.slot, {"choice": call.choice, "criterion": call.criterion})


def _withdraw(own: Mapping[str, Standing], slot: str) -> Accepted:
    if slot not in own:
        raise Refusal("bad_input", {"slot": "invalid"})
    return Accepted(slot, {"withdrawn": True}, PlaceWithdrawn(slot))


def _place(setting: Setting, place: PlaceTyped) -> Accepted:
    family = family_of(setting.pack.families, place.channel)
    if family is None:
        raise Refusal("bad_input", {"channel": "invalid"})
    if family.linkedin:
        raise Refusal("bad_input", {"channel": "linkedin"})
    stored = {
        "withdrawn": False,
        "name": place.name,
        "channel": place.channel,
        "family": family.key,
    }
    return Accepted(
        place.slot, stored, PlaceSpotted(place.slot, place.name, place.channel, place.note)
    )


def _places(own: Sequence[Standing]) -> list[Standing]:
    """The places that count: each named once by a player, however often it is typed."""
    kept: dict[str, Standing] = {}
    for standing in in_order(own):
        if standing.slot.startswith("place:") and not standing.stored["withdrawn"]:
            kept.setdefault(fold(standing.stored["name"]), standing)
    return list(kept.values())


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """What places earn now; cards earn at the reveal, when the gold answers are told."""
    families = NewFamilies(setting.pack.families, setting.points)
    entries: list[Entry] = []
    for nth, place in enumerate(_places(own), 1):
        base = Entry(place.slot, "spotted", setting.points.spotted)
        lines = (base, *families.entry(place.slot, place.stored["family"]))
        entries.extend(cap_entry(place.slot, lines, nth))
    return tuple(entries)


def settle(setting: Setting, everyone: Sequence[Standing]) -> Settled:
    """Points for right judgements, the room's split on each card, and the places named."""
    cards = {f"card:{card.key}": card for card in cards_of(setting)}
    entries: dict[str, tuple[Entry, ...]] = {}
    for standing in in_order(everyone):
        card = cards.get(standing.slot)
        if card:
            earned = _right(setting, card, standing)
            entries[standing.player] = entries.get(standing.player, ()) + earned
    result = {
        "cards": [_revealed(setting, card, everyone) for card in cards.values()],
        "places": _named(setting, everyone),
    }
    return Settled(result, {player: e for player, e in entries.items() if e})


def _right(setting: Setting, card: Card, call: Standing) -> tuple[Entry, ...]:
    if call.stored["choice"] != card.gold:
        return ()
    right = Entry(call.slot, "card_right", setting.points.card_right)
    if call.stored["criterion"] != card.criterion:
        return (right,)
    return (right, Entry(call.slot, "criterion_right", setting.points.criterion_right))


def _revealed(setting: Setting, card: Card, everyone: Sequence[Standing]) -> dict[str, Any]:
    choices = [s.stored["choice"] for s in everyone if s.slot == f"card:{card.key}"]
    share = round(100 * choices.count("keep") / len(choices)) if choices else None
    labels = {c.key: c.label for c in deck_of(setting).criteria}
    return {
        **_shown(card),
        "gold": card.gold,
        "criterion_label": labels[card.criterion],
        "explanation": card.explanation,
        "keep_share": share,
        "voters": len(choices),
        "contested": share in CONTESTED and len(choices) >= CONTESTED_FROM,
    }


def _named(setting: Setting, everyone: Sequence[Standing]) -> list[dict[str, Any]]:
    """The places that several people named; the others only as counts of their channel.

    What one person alone has typed is not shown to a room.
    """
    labels = {c.key: c.label for f in setting.pack.families for c in f.channels}
    places = [s for s in in_order(everyone) if s.slot.startswith("place:")]
    kept = [s.stored for s in places if not s.stored["withdrawn"]]
    people = Counter(fold(p["name"]) for p in kept)
    shown: Counter[tuple[str, str]] = Counter()
    first = {fold(p["name"]): p["name"] for p in reversed(kept)}
    for place in kept:
        name, channel = fold(place["name"]), labels[place["channel"]]
        shown[first[name] if people[name] > 1 else channel, channel] += 1
    ranked = sorted(shown.items(), key=lambda pair: (-pair[1], pair[0]))[:PLACES_SHOWN]
    return [{"name": name, "channel_label": c, "count": n} for (name, c), n in ranked]


def _shown(card: Card) -> dict[str, Any]:
    return {"key": card.key, "title": card.title, "facts": list(card.facts)}


def view(setting: Setting, result: Mapping[str, Any] | None) -> dict[str, Any]:
    """The cards without their answers, the criteria, and the channels for places."""
    return {
        "criteria": [{"key": c.key, "label": c.label} for c in deck_of(setting).criteria],
        "cards": [_shown(card) for card in cards_of(setting)],
        "places": setting.options.places,
        "channels": [
            {
                "family": f.key,
                "label": f.label,
                "channels": [{"key": c.key, "label": c.label} for c in f.channels],
            }
            for f in setting.pack.families
            if not f.linkedin
        ],
        "result": dict(result) if result is not None else None,
    }


def pages(setting: Setting, _result: Mapping[str, Any]) -> int:
    """An overview, then one page a card."""
    return 1 + len(cards_of(setting))


KIND = Kind("spot", SpotOptions, accept, score, view, settle, pages)
