"""A secret vote with a guess of the room: what several kinds of round share."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field

from game.base.json_object import Json
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.rules.pack import Choice
from game.rules.round import Accepted, Entry, Setting, Settled, Standing, parse
from game.rules.stored import Count, Shares, Stored
from game.rules.worth import Worth

BARS_FROM = 5  # voters: with fewer, a secret vote would not stay one
NEAR = 10  # points of percentage
VOTED = Worth("voted", 2, _("un vote"))
GUESSED_CHOICE = Worth("guessed_choice", 5, _("le choix de la salle deviné"))
GUESSED_SHARE = Worth("guessed_share", 3, _("la part devinée"))
WORTH = (VOTED, GUESSED_CHOICE, GUESSED_SHARE)


class Vote(Stored):
    """One's own answer."""

    choice: str


class Guess(Vote):
    """What the room will have chosen, and its share in per cent."""

    share: int = Field(ge=0, le=100, strict=True)


class OldBar(Stored):
    """A share as an older release kept it, with its words."""

    key: str
    share: Count
    top: bool


class VoteResult(Stored):
    """How many voted and had guessed, and the shares, None while so few voted that they are secret.

    `top` are the keys chosen most.
    """

    voters: Count = 0
    guessed_right: Count = 0
    shares: Shares | None = None
    top: tuple[str, ...] = ()
    bars: tuple[OldBar, ...] | None = None

    @property
    def share_of(self) -> Shares:
        """The share of each key; empty while they are secret."""
        return self.shares or {bar.key: bar.share for bar in self.bars or ()}

    @property
    def favourites(self) -> tuple[str, ...]:
        """The keys chosen most."""
        return self.top or tuple(bar.key for bar in self.bars or () if bar.top)


@dataclass(frozen=True)
class Bar:
    """A choice in the reader's words and its share in per cent; is it among those chosen most?"""

    key: str
    label: str
    share: int
    top: bool


@dataclass(frozen=True)
class VoteTold:
    """What a reveal shows of a vote; no bars while it is secret."""

    voters: int
    guessed_right: int
    bars: tuple[Bar, ...] | None

    @classmethod
    def of(cls, kept: VoteResult, bars: tuple[Bar, ...]) -> "VoteTold":
        """What was kept, with its bars in the reader's words if its shares are not secret."""
        return cls(kept.voters, kept.guessed_right, bars if kept.share_of else None)


def vote(keys: Collection[str], slot: str, raw: Json) -> Accepted:
    """A vote for one of these keys. Raises Refusal."""
    return Accepted(slot, {"choice": _one_of(keys, parse(Vote, raw).choice)})


def guess(keys: Collection[str], raw: Json) -> Accepted:
    """A guess of the key that the room will choose most, and of its share. Raises Refusal."""
    typed = parse(Guess, raw)
    return Accepted("guess", {"choice": _one_of(keys, typed.choice), "share": typed.share})


def _one_of(keys: Collection[str], key: str) -> str:
    if key not in keys:
        raise Refusal("bad_input", {"choice": "invalid"})
    return key


def choice_of(given: Standing) -> str:
    """What was chosen in an answer."""
    return Vote.of(given.stored).choice


def counted(everyone: Sequence[Standing], slot: str = "vote") -> Counter[str]:
    """How many chose each key in a slot."""
    return Counter(choice_of(given) for given in everyone if given.slot == slot)


def shares(votes: Mapping[str, int], voters: int) -> Shares:
    """The share of each key, in per cent of so many."""
    return {key: round(100 * n / voters) for key, n in votes.items()} if voters else {}


def tops(votes: Mapping[str, int]) -> tuple[str, ...]:
    """The keys chosen most, in order; several where they are equal, none without a vote."""
    most = max(votes.values(), default=0)
    return tuple(sorted(key for key, n in votes.items() if n == most and n))


def bars(choices: Sequence[Choice], share_of: Shares, top: Collection[str]) -> tuple[Bar, ...]:
    """The shares in the reader's words, in the order of the choices."""
    return tuple(Bar(c.key, c.label, share_of.get(c.key, 0), c.key in top) for c in choices)


def settled(
    setting: Setting,
    voters: int,
    share_of: Shares,
    top: tuple[str, ...],
    guessing: Sequence[Standing],
) -> Settled:
    """What a vote came to, and points for those of `guessing` who saw it coming.

    With so few voters that a vote would not stay secret, no share is kept.
    """
    own = {s.player: _guessed(setting, share_of, top, s) for s in guessing if s.slot == "guess"}
    entries = {player: earned for player, earned in own.items() if earned}
    result = VoteResult(voters=voters, guessed_right=len(entries), shares=None)
    if voters >= BARS_FROM:
        result = VoteResult(voters=voters, guessed_right=len(entries), shares=share_of, top=top)
    return Settled(result.json_object(), entries)


def _guessed(
    setting: Setting, share_of: Shares, top: Collection[str], own: Standing
) -> tuple[Entry, ...]:
    """What a guess earns. A share counts only with the right choice: zero would always be near."""
    guessed = Guess.of(own.stored)
    if guessed.choice not in top:
        return ()
    right = Entry("guess", GUESSED_CHOICE.name, setting.points.guessed_choice)
    if abs(share_of.get(guessed.choice, 0) - guessed.share) > NEAR:
        return (right,)
    return (right, Entry("guess", GUESSED_SHARE.name, setting.points.guessed_share))
