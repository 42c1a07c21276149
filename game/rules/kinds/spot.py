"""`spot` – Profil ou pas: anonymised cards judged against a brief, and places to look in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, Field

from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.rules import places
from game.rules.options import Options, option
from game.rules.pack import Choice, Item, Key, Line, Pack, Text
from game.rules.part import Fault, Known, Many, items, keys, twice, unknown
from game.rules.round import Accepted, Entry, Kind, Setting, Settled, Standing, Tally, parse
from game.rules.scoring import in_order
from game.rules.worth import Worth

CONTESTED = range(35, 66)  # per cent of keeps at which a room is of two minds
CONTESTED_FROM = 4  # voters
CARDS = 40  # at least, for a pack to last
CARD_RIGHT = Worth("card_right", 2, _("bon jugement"))
CRITERION_RIGHT = Worth("criterion_right", 1, _("bon critère"))


class Card(Item):
    """An anonymised, fictional profile, with the answer set beforehand."""

    key: Key
    title: Line
    facts: tuple[Line, ...] = Field(min_length=2, max_length=5)
    gold: Literal["keep", "pass"]
    criterion: Key
    explanation: Text


class Deck(Item):
    """Profile cards to be judged against one brief's criteria."""

    key: Key
    brief: Key
    criteria: tuple[Choice, ...] = Field(min_length=2, max_length=5)
    cards: tuple[Card, ...] = Field(min_length=3)


def _look(raw: Mapping[str, object], known: Known) -> Iterator[Fault]:
    brief = raw.get("brief")
    if unknown(brief, known["briefs"]):
        yield ("brief",), f"no brief is called {brief}"
    criteria = frozenset(keys(raw, "criteria"))
    for n, card in enumerate(items(raw, "cards")):
        if isinstance(card, dict) and unknown(card.get("criterion"), criteria):
            yield ("cards", n, "criterion"), f"the deck has no criterion {card['criterion']}"
    yield from twice(raw, "criteria", "cards")


def _wants(raws: Sequence[object]) -> Iterator[str]:
    there = sum(len(items(raw, "cards")) for raw in raws)
    if there < CARDS:
        yield f"{CARDS} cards at least are wanted, {there} are there"


def _named(deck: Deck, pack: Pack) -> str:
    return next((brief.title for brief in pack.briefs if brief.key == deck.brief), deck.key)


DECKS = Many(
    "decks",
    Deck,
    _look,
    _wants,
    shared=("gold", "criterion", "brief"),
    needed=True,
    folder=True,
)


class SpotOptions(Options):
    """Which deck, how many of its cards, and whether places are asked for too."""

    deck: str = option("", _("Jeu de profils"), part=DECKS, named=_named, empty=_("Celui du poste"))
    cards: int = option(8, _("Nombre de profils"), at_once=True, ge=1, le=40)
    places: bool = option(True, _("Demander aussi des lieux"))


class Call(BaseModel):
    """A judgement of one card."""

    slot: str = Field(pattern=r"^card:[a-z0-9_-]{1,40}$")
    choice: Literal["keep", "pass"]
    criterion: str = ""


def deck_of(setting: Setting) -> Deck:
    """The deck of the round: the one named, else the brief's, else the first."""
    decks = DECKS.of(setting.pack)
    brief = setting.brief.key if setting.brief else ""
    named = [deck for deck in decks if deck.key == setting.options.deck]
    fitting = [deck for deck in decks if deck.brief == brief]
    return [*named, *fitting, *decks][0]


def cards_of(setting: Setting) -> Sequence[Card]:
    """The cards that are dealt."""
    return deck_of(setting).cards[: setting.options.cards]


def accept(setting: Setting, own: Mapping[str, Standing], raw: Mapping[str, object]) -> Accepted:
    """A card judged, or a place named or taken back."""
    slot = raw.get("slot")
    if isinstance(slot, str) and slot.startswith("card:"):
        return _card(setting, parse(Call, raw))
    if not isinstance(slot, str) or not setting.options.places:
        raise Refusal("bad_input", {"slot": "invalid"})
    return places.accept(setting, own, raw)


def _card(setting: Setting, call: Call) -> Accepted:
    if call.slot.removeprefix("card:") not in {card.key for card in cards_of(setting)}:
        raise Refusal("bad_input", {"slot": "invalid"})
    criteria = {c.key for c in deck_of(setting).criteria}
    if call.criterion and call.criterion not in criteria:
        raise Refusal("bad_input", {"criterion": "invalid"})
    return Accepted(call.slot, {"choice": call.choice, "criterion": call.criterion})


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """What places earn now; cards earn at the reveal, when the gold answers are told."""
    return places.score(setting, own)


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
        "cards": [_split(card, everyone) for card in cards.values()],
        "places": places.result(everyone),
    }
    return Settled(result, {player: e for player, e in entries.items() if e})


def _right(setting: Setting, card: Card, call: Standing) -> tuple[Entry, ...]:
    if call.stored["choice"] != card.gold:
        return ()
    right = Entry(call.slot, CARD_RIGHT.name, setting.points.card_right)
    if call.stored["criterion"] != card.criterion:
        return (right,)
    return (right, Entry(call.slot, CRITERION_RIGHT.name, setting.points.criterion_right))


def _split(card: Card, everyone: Sequence[Standing]) -> dict[str, object]:
    choices = [s.stored["choice"] for s in everyone if s.slot == f"card:{card.key}"]
    return {"key": card.key, "keeps": choices.count("keep"), "voters": len(choices)}


def _shown(card: Card) -> dict[str, object]:
    return {"key": card.key, "title": card.title, "facts": list(card.facts)}


def _revealed(deck: Deck, kept: Mapping[str, Any]) -> dict[str, Any] | None:
    """A card with what the room made of it; None for one that has gone from the deck."""
    card = next((card for card in deck.cards if card.key == kept["key"]), None)
    if card is None:
        return None
    voters = kept["voters"]
    share = round(100 * kept["keeps"] / voters) if voters and "keeps" in kept else None
    share = kept.get("keep_share", share)
    labels = {c.key: c.label for c in deck.criteria}
    return {
        **_shown(card),
        "gold": card.gold,
        "criterion_label": labels[card.criterion],
        "explanation": card.explanation,
        "keep_share": share,
        "voters": voters,
        "contested": share in CONTESTED and voters >= CONTESTED_FROM,
    }


def _result(setting: Setting, audience: str, result: Mapping[str, Any]) -> dict[str, Any]:
    deck = deck_of(setting)
    cards = [_revealed(deck, kept) for kept in result.get("cards", ())]
    return {
        "cards": [card for card in cards if card],
        "places": places.view(setting, audience, result.get("places", ())),
    }


def view(
    setting: Setting, audience: str, result: Mapping[str, object] | None, _tally: Tally | None
) -> dict[str, object]:
    """The cards without their answers, the criteria, and the channels for places."""
    shown: dict[str, object] = {
        "criteria": [c.shown() for c in deck_of(setting).criteria],
        "cards": [_shown(card) for card in cards_of(setting)],
        "places": setting.options.places,
        "channels": places.channels(setting.pack),
        "result": None,
    }
    if result is not None:
        told = shown["result"] = _result(setting, audience, result)
        if audience == "remote":
            shown["texts"] = [place for place in told["places"] if place["key"]]
        if audience == "desk":
            shown["table"] = _table(told["cards"])
    return shown


def _table(cards: Sequence[Mapping[str, object]]) -> dict[str, object]:
    """What each profile taught about the criteria."""
    columns = [_("Profil"), _("Critère qui décide"), _("La salle garde"), _("Avis")]
    rows = [
        [
            card["title"],
            card["criterion_label"],
            "–" if card["keep_share"] is None else f"{card['keep_share']} %",
            card["voters"],
        ]
        for card in cards
    ]
    return {"columns": columns, "rows": rows}


def pages(setting: Setting, result: Mapping[str, object]) -> int:
    """An overview, then one page a card."""
    return 1 + len(_result(setting, "projector", result)["cards"])


def example(setting: Setting, nth: int) -> Sequence[Mapping[str, object]]:
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
