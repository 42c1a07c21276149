"""A secret vote with a guess of the room: what several kinds of round share."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from pydantic import BaseModel, Field

from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.rules.round import Accepted, Entry, Setting, Standing, count_in, parse
from game.rules.worth import Worth

BARS_FROM = 5  # voters: with fewer, a secret vote would not stay one
NEAR = 10  # points of percentage
VOTED = Worth("voted", 2, _("un vote"))
GUESSED_CHOICE = Worth("guessed_choice", 5, _("le choix de la salle deviné"))
GUESSED_SHARE = Worth("guessed_share", 3, _("la part devinée"))
WORTH = (VOTED, GUESSED_CHOICE, GUESSED_SHARE)


class Vote(BaseModel):
    """One's own answer."""

    choice: str


class Guess(BaseModel):
    """What the room will have chosen, and its share in per cent."""

    choice: str
    share: int = Field(ge=0, le=100, strict=True)


def vote(keys: Collection[str], slot: str, raw: Mapping[str, object]) -> Accepted:
    """A vote for one of these keys. Raises Refusal."""
    return Accepted(slot, {"choice": _one_of(keys, parse(Vote, raw).choice)})


def guess(keys: Collection[str], raw: Mapping[str, object]) -> Accepted:
    """A guess of the key that the room will choose most, and of its share. Raises Refusal."""
    typed = parse(Guess, raw)
    return Accepted("guess", {"choice": _one_of(keys, typed.choice), "share": typed.share})


def told(result: Mapping[str, object], bars: object) -> dict[str, object]:
    """What a reveal shows of a vote: how many voted, the bars, and how many had guessed."""
    voters, right = count_in(result, "voters"), count_in(result, "guessed_right")
    return {"voters": voters, "bars": bars, "guessed_right": right}


def _one_of(keys: Collection[str], key: str) -> str:
    if key not in keys:
        raise Refusal("bad_input", {"choice": "invalid"})
    return key


def counted(everyone: Sequence[Standing], slot: str = "vote") -> Counter[str]:
    """How many chose each key in a slot."""
    return Counter(s.stored["choice"] for s in everyone if s.slot == slot)


def shares(votes: Mapping[str, int], voters: int) -> dict[str, int]:
    """The share of each key, in per cent of so many."""
    return {key: round(100 * n / voters) for key, n in votes.items()} if voters else {}


def tops(votes: Mapping[str, int]) -> list[str]:
    """The keys chosen most, in order; several where they are equal, none without a vote."""
    most = max(votes.values(), default=0)
    return sorted(key for key, n in votes.items() if n == most and n)


def guessed(
    setting: Setting, share_of: Mapping[str, int], top: Collection[str], own: Standing
) -> tuple[Entry, ...]:
    """What a guess earns. A share counts only with the right choice: zero would always be near."""
    choice = own.stored["choice"]
    if choice not in top:
        return ()
    right = Entry("guess", GUESSED_CHOICE.name, setting.points.guessed_choice)
    if abs(share_of.get(choice, 0) - own.stored["share"]) > NEAR:
        return (right,)
    return (right, Entry("guess", GUESSED_SHARE.name, setting.points.guessed_share))


def guesses(
    setting: Setting, everyone: Sequence[Standing], share_of: Mapping[str, int], top: Sequence[str]
) -> dict[str, tuple[Entry, ...]]:
    """What everybody's guesses earn, by player; who earns nothing is left out."""
    own = {s.player: guessed(setting, share_of, top, s) for s in everyone if s.slot == "guess"}
    return {player: entries for player, entries in own.items() if entries}
