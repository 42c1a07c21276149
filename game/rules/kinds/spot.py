"""`spot` – Profil ou pas: anonymised cards judged against a brief, and places to look in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel, Field

from game.base.json_object import Json
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.rules import places, vote
from game.rules.keeps import Split, split
from game.rules.options import Options, option
from game.rules.pack import Choice, Family, Item, Key, Line, Text
from game.rules.part import (
    Fault,
    Known,
    ManyOfBriefs,
    OfBrief,
    brief_title,
    items,
    keys,
    strange_brief,
    twice,
    unknown,
)
from game.rules.places import PlaceCount, PlaceShown
from game.rules.round import Accepted, Entry, Kind, Setting, Settled, Standing, Tally, parse
from game.rules.sameness import MirrorTold, Sameness
from game.rules.scoring import in_order, of_player
from game.rules.stored import Stored
from game.rules.view import Table, View, percent
from game.rules.worth import Worth

CARDS = 40  # at least, for a pack to last
CARD_RIGHT = Worth("card_right", 2, _("bon jugement"))
CRITERION_RIGHT = Worth("criterion_right", 1, _("bon critère"))


class Card(Item):
    """An anonymised, fictional profile, with the answer set beforehand."""

    key: Key
    title: Line = Field(title=_("Profil"))
    facts: tuple[Line, ...] = Field(
        min_length=2, max_length=5, title=_("Ce qu'on en sait, un fait par ligne (2 à 5)")
    )
    gold: Literal["keep", "pass"] = Field(
        title=_("Réponse"),
        json_schema_extra={"labels": {"keep": _("à garder"), "pass": _("à passer")}},
    )
    criterion: Key = Field(title=_("Critère qui décide"), json_schema_extra={"of": "criteria"})
    explanation: Text = Field(title=_("Explication, lue à la révélation"))


class Deck(OfBrief):
    """Profile cards to be judged against one brief's criteria."""

    criteria: tuple[Choice, ...] = Field(min_length=2, max_length=5, title=_("Critère"))
    cards: tuple[Card, ...] = Field(min_length=3, max_length=60, title=_("Profil"))


def _look(raw: Mapping[str, object], known: Known) -> Iterator[Fault]:
    yield from strange_brief(raw, known)
    criteria = frozenset(keys(raw, "criteria"))
    for n, card in enumerate(items(raw, "cards")):
        if isinstance(card, dict) and unknown(card.get("criterion"), criteria):
            yield ("cards", n, "criterion"), f"the deck has no criterion {card['criterion']}"
    yield from twice(raw, "criteria", "cards")


def _wants(raws: Sequence[object]) -> Iterator[str]:
    there = sum(len(items(raw, "cards")) for raw in raws)
    if there < CARDS:
        yield f"{CARDS} cards at least are wanted, {there} are there"


SHARED = ("gold", "criterion", "brief")
DECKS = ManyOfBriefs(
    "decks",
    Deck,
    _look,
    _wants,
    shared=SHARED,
    needed=True,
    title=_("Profils à juger"),
    folder=True,
)


class SpotOptions(Options):
    """Which deck, how many of its cards, and whether places are asked for too."""

    deck: str = option(
        "", _("Jeu de profils"), part=DECKS, named=brief_title, empty=_("Celui du poste")
    )
    cards: int = option(8, _("Nombre de profils"), at_once=True, ge=1, le=40)
    places: bool = option(True, _("Demander aussi des lieux"))
    mirror: bool = option(True, _("Dire quand les lieux se ressemblent trop"))


class Call(BaseModel):
    """A judgement of one card."""

    slot: str = Field(pattern=r"^card:[a-z0-9_-]{1,40}$")
    choice: Literal["keep", "pass"]
    criterion: str = ""


class Judgement(vote.Vote):
    """What the rules keep of it."""

    criterion: str


class SpotResult(Stored):
    """How the room judged each card, and the places that it named."""

    cards: tuple[Split, ...] = ()
    places: tuple[PlaceCount, ...] = ()
    same: Sameness | None = None


@dataclass(frozen=True)
class CardShown:
    """A card without its answer."""

    key: str
    title: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class CardTold(CardShown):
    """A card with its answer, and what the room made of it; is it of two minds?"""

    gold: str
    criterion_label: str
    explanation: str
    keep_share: int | None
    voters: int
    contested: bool


@dataclass(frozen=True)
class SpotTold:
    """What the room made of the cards, and where it would look."""

    cards: tuple[CardTold, ...]
    places: tuple[PlaceShown, ...]
    mirror: MirrorTold | None = None


@dataclass(frozen=True, kw_only=True)
class SpotView(View):
    """The cards and criteria; are places asked for, and of which families of channels?"""

    criteria: tuple[Choice, ...]
    cards: tuple[CardShown, ...]
    places: bool
    families: tuple[Family, ...]
    result: SpotTold | None


def deck_of(setting: Setting) -> Deck:
    """The deck of the round: the one named, else the brief's, else the first."""
    return DECKS.fitting(setting.pack, setting.chosen(SpotOptions).deck, setting.brief)


def cards_of(setting: Setting) -> Sequence[Card]:
    """The cards that are dealt."""
    return deck_of(setting).cards[: setting.chosen(SpotOptions).cards]


def accept(setting: Setting, own: Mapping[str, Standing], raw: Json) -> Accepted:
    """A card judged, or a place named or taken back."""
    slot = raw.get("slot")
    if isinstance(slot, str) and slot.startswith("card:"):
        return _card(setting, parse(Call, raw))
    if not isinstance(slot, str) or not setting.chosen(SpotOptions).places:
        raise Refusal("bad_input", {"slot": "invalid"})
    return places.accept(setting, own, raw)


def _card(setting: Setting, call: Call) -> Accepted:
    if call.slot.removeprefix("card:") not in {card.key for card in cards_of(setting)}:
        raise Refusal("bad_input", {"slot": "invalid"})
    criteria = {c.key for c in deck_of(setting).criteria}
    if call.criterion and call.criterion not in criteria:
        raise Refusal("bad_input", {"criterion": "invalid"})
    kept = Judgement(choice=call.choice, criterion=call.criterion)
    return Accepted(call.slot, kept.json_object())


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """What places earn now; cards earn at the reveal, when the gold answers are told."""
    return places.score(setting, own)


def settle(setting: Setting, everyone: Sequence[Standing]) -> Settled:
    """Points for right judgements, the room's split on each card, and the places named."""
    cards = {f"card:{card.key}": card for card in cards_of(setting)}
    calls = [(given, cards[given.slot]) for given in in_order(everyone) if given.slot in cards]
    entries = of_player((given.player, _right(setting, card, given)) for given, card in calls)
    result = SpotResult(
        cards=tuple(split(everyone, f"card:{card.key}", card.key) for card in cards.values()),
        places=places.counted(everyone),
    )
    same = places.alike(everyone) if setting.chosen(SpotOptions).mirror else None
    if same:
        result = result.model_copy(update={"same": same})
    return Settled(result.json_object(), entries)


def _right(setting: Setting, card: Card, given: Standing) -> tuple[Entry, ...]:
    call = Judgement.of(given.stored)
    if call.choice != card.gold:
        return ()
    right = Entry(given.slot, CARD_RIGHT.name, setting.points.card_right)
    if call.criterion != card.criterion:
        return (right,)
    return (right, Entry(given.slot, CRITERION_RIGHT.name, setting.points.criterion_right))


def _told(setting: Setting, kept: Sequence[Split]) -> tuple[CardTold, ...]:
    """The cards with what the room made of them, without those that have gone from the deck."""
    deck = deck_of(setting)
    splits = [(card, split) for split in kept for card in deck.cards if card.key == split.key]
    return tuple(_card_told(deck, card, split) for card, split in splits)


def _card_told(deck: Deck, card: Card, split: Split) -> CardTold:
    label = next(c.label for c in deck.criteria if c.key == card.criterion)
    contested = split.is_contested
    told = (card.gold, label, card.explanation, split.share, split.voters, contested)
    return CardTold(card.key, card.title, card.facts, *told)


def view(setting: Setting, audience: str, result: Json | None, _tally: Tally | None) -> SpotView:
    """The cards without their answers, the criteria, and the channels for places."""
    shown = SpotView(
        criteria=deck_of(setting).criteria,
        cards=tuple(CardShown(card.key, card.title, card.facts) for card in cards_of(setting)),
        places=setting.chosen(SpotOptions).places,
        families=places.families(setting.pack),
        result=None,
    )
    if result is None:
        return shown
    kept = SpotResult.of(result)
    seen = places.shown(setting, audience, kept.places)
    mirror = places.mirror(setting, kept.same) if setting.chosen(SpotOptions).mirror else None
    told = SpotTold(_told(setting, kept.cards), seen, mirror)
    typed = tuple(place for place in told.places if place.key) if audience == "remote" else ()
    table = _table(told.cards) if audience == "desk" else None
    return replace(shown, result=told, texts=typed, table=table)


def _table(cards: Sequence[CardTold]) -> Table:
    """What each profile taught about the criteria."""
    columns = (_("Profil"), _("Critère qui décide"), _("La salle garde"), _("Avis"))
    rows = ((c.title, c.criterion_label, percent(c.keep_share), c.voters) for c in cards)
    return Table(columns, tuple(rows))


def pages(setting: Setting, result: Json) -> int:
    """An overview, then one page a card."""
    return 1 + len(_told(setting, SpotResult.of(result).cards))


def example(setting: Setting, nth: int) -> Sequence[Json]:
    """Every card judged, mostly as the answers set beforehand have it."""
    other = {"keep": "pass", "pass": "keep"}
    return [
        {
            "slot": f"card:{card.key}",
            "choice": other[card.gold] if (nth + n) % 3 == 2 else card.gold,
            "criterion": card.criterion,
        }
        for n, card in enumerate(cards_of(setting))
    ]


KIND = Kind(
    "spot",
    _("Profil ou pas"),
    SpotOptions,
    accept,
    score,
    view,
    settle,
    pages,
    example,
    worth=(CARD_RIGHT, CRITERION_RIGHT, *places.WORTH),
    parts=(DECKS,),
    facts=places.FACTS,
    secret=frozenset({"gold", "criterion", "criterion_label", "explanation", "keep_share"}),
)
