"""`priorities` – Le vote de la salle: which of the room's own ideas come first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, Field

from game.base.json_object import Json
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.rules import typed, vote
from game.rules.options import Options, option
from game.rules.round import Accepted, Entry, Kind, Setting, Settled, Standing, Tally, parse
from game.rules.stored import Count, Stored
from game.rules.view import VOTED, Findings, Found, Table, TypedText, View

SLOT = "firsts"
CHOICES = 3  # of a player
MOST = 12  # texts: as many as a phone shows without much scrolling
SHOWN = 6  # on the big screen


class PrioritiesOptions(Options):
    """What the room is asked; `texts` are its own, of the round before, which nobody types here."""

    question: str = option(
        "", _("Question à la salle"), max_length=80, hint=_("Vide : « Lesquels d'abord ? »")
    )
    texts: tuple[str, ...] = option((), _("Idées de la salle"), asked=False, max_length=MOST)


class FirstsTyped(BaseModel):
    """Up to three texts, by their keys."""

    keys: list[str] = Field(min_length=1, max_length=CHOICES)


class Firsts(Stored):
    """What the rules keep of it."""

    keys: tuple[str, ...] = ()


class FirstsResult(Stored):
    """How many voted, and how many for each text: None while so few did that it is secret."""

    voters: Count = 0
    votes: Mapping[str, Count] | None = None


@dataclass(frozen=True)
class FirstTold(TypedText):
    """A text, the share of voters who chose it, and its rank from 1; equal ones share it."""

    share: int
    rank: int


@dataclass(frozen=True)
class FirstsTold:
    """What the room puts first; no texts while the vote is secret."""

    voters: int
    texts: tuple[FirstTold, ...] | None


@dataclass(frozen=True, kw_only=True)
class PrioritiesView(View):
    """The question and the texts to choose from; then those chosen most."""

    question: str
    choices: tuple[TypedText, ...]
    most: int
    result: FirstsTold | None


def votes_on(texts: Sequence[str]) -> Json:
    """The options with which a room votes on these texts."""
    return {"texts": list(texts[:MOST])}


def _texts(setting: Setting) -> Mapping[str, str]:
    """The texts by their keys, in their order."""
    return {typed.key_of(text): text for text in setting.chosen(PrioritiesOptions).texts}


def accept(setting: Setting, _own: Mapping[str, Standing], raw: Json) -> Accepted:
    """Up to three of the texts; the last choice counts. Raises Refusal."""
    if raw.get("slot") != SLOT:
        raise Refusal("bad_input", {"slot": "invalid"})
    keys = tuple(dict.fromkeys(parse(FirstsTyped, raw).keys))
    if not set(keys) <= set(_texts(setting)):
        raise Refusal("bad_input", {"keys": "invalid"})
    return Accepted(SLOT, Firsts(keys=keys).json_object())


def score(_setting: Setting, _own: Sequence[Standing]) -> tuple[Entry, ...]:
    """A vote of the room earns nothing: there is no right choice."""
    return ()


def settle(setting: Setting, everyone: Sequence[Standing]) -> Settled:
    """The votes of each text, once enough voted for the vote to stay secret."""
    there = _texts(setting)
    given = [[key for key in Firsts.of(one.stored).keys if key in there] for one in everyone]
    voters = sum(map(bool, given))
    if voters < vote.BARS_FROM:
        return Settled(FirstsResult(voters=voters).json_object())
    votes = Counter(key for keys in given for key in keys)
    return Settled(FirstsResult(voters=voters, votes=dict(votes)).json_object())


def view(
    setting: Setting, audience: str, result: Json | None, _tally: Tally | None
) -> PrioritiesView:
    """The texts to choose from, without those that the facilitator hides; then the chosen ones."""
    seen = audience in ("remote", "desk")
    texts = [
        TypedText(key, text, 0, key in setting.hidden) for key, text in _texts(setting).items()
    ]
    choices = tuple(text for text in texts if seen or not text.hidden)
    told = FirstsResult.of(result) if result is not None else None
    ranked = _ranked(choices, told) if told and told.votes is not None else None
    at_desk = audience == "desk" and told is not None and ranked is not None
    return PrioritiesView(
        question=setting.chosen(PrioritiesOptions).question,
        choices=choices,
        most=CHOICES,
        result=FirstsTold(told.voters, ranked) if told else None,
        texts=choices if audience == "remote" else (),
        table=_table(ranked or ()) if at_desk else None,
        findings=_findings(told.voters, ranked or ()) if at_desk and told else None,
    )


def _ranked(choices: Sequence[TypedText], told: FirstsResult) -> tuple[FirstTold, ...]:
    votes = told.votes or {}
    chosen = sorted(
        (text for text in choices if votes.get(text.key)), key=lambda text: -votes[text.key]
    )
    return tuple(
        FirstTold(
            *(text.key, text.name, votes[text.key], text.hidden),
            share=round(100 * votes[text.key] / max(1, told.voters)),
            rank=1 + sum(votes[other.key] > votes[text.key] for other in chosen),
        )
        for text in chosen
    )


def _table(ranked: Sequence[FirstTold]) -> Table:
    columns = (_("Idée"), _("Voix"), _("Part des votants"))
    return Table(columns, tuple((one.name, one.count, f"{one.share} %") for one in ranked))


def _findings(voters: int, ranked: Sequence[FirstTold]) -> Findings:
    found = tuple(Found(one.name, one.share, one.count) for one in ranked)
    return Findings(VOTED, voters, found)


def example(setting: Setting, nth: int) -> Sequence[Json]:
    """Some of the texts, the first more often."""
    keys = list(_texts(setting))
    if not keys:
        return ()
    return [{"slot": SLOT, "keys": list(dict.fromkeys([keys[0], keys[nth % len(keys)]]))}]


KIND = Kind(
    "priorities",
    _("Le vote de la salle"),
    PrioritiesOptions,
    accept,
    score,
    view,
    settle,
    example=example,
    secret=frozenset({"voters", "votes", "share", "rank"}),
    votes_on=votes_on,
)
