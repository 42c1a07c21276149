"""`expert` – L'expert, c'est qui ?: a secret vote, a guess, and 'my expert of …'."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from game.base.json_object import Json
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.rules import vote
from game.rules.facts import ExpertNominated, NominationWithdrawn
from game.rules.options import Options, option
from game.rules.pack import Choice, Item, Key, Line
from game.rules.part import Fault, Known, One, twice
from game.rules.person import squeeze
from game.rules.round import (
    Accepted,
    Entry,
    Kind,
    Setting,
    Settled,
    Standing,
    Tally,
    parse,
    withdrawn,
)
from game.rules.scoring import in_order
from game.rules.stored import Withdrawable
from game.rules.view import Table, View, percent
from game.rules.worth import Worth

NOMINATIONS = 3
ASKED = ("definition", "scope", "claim")
NOMINATED = Worth("nominated", 3, _("un expert nommé"))


class Question(Item):
    """One question of the expert quiz."""

    key: Key
    text: Line
    options: tuple[Choice, ...] = Field(min_length=2, max_length=9)


class ExpertQuiz(Item):
    """What makes an expert, how wide, who says so, and the subjects to name one's own expert of."""

    definition: Question
    scope: Question
    claim: Question
    nominate: Line
    subjects: tuple[Line, ...] = Field(min_length=4)


def _look(raw: Mapping[str, object], _known: Known) -> Iterator[Fault]:
    for question in ASKED:
        yield from twice(raw.get(question), "options", inside=(question,))


QUIZ = One("expert", ExpertQuiz, _look, needed=True)


class ExpertOptions(Options):
    """Which part of the quiz this round is."""

    part: Literal["definition", "scope", "claim", "nominate"] = option(
        "definition",
        _("Question"),
        labels={
            "definition": _("Qu'est-ce qui fait l'expert ?"),
            "scope": _("Expert de tout, ou d'un point ?"),
            "claim": _("Se dit-on expert ?"),
            "nominate": _("Mon expert de…"),
        },
        at_once=True,
    )


class Nominee(BaseModel):
    """'My expert of …'."""

    model_config = ConfigDict(str_strip_whitespace=True)

    slot: str = Field(pattern=r"^expert:[A-Za-z0-9_-]{4,32}$")
    nominee: str = Field(min_length=2, max_length=80)
    subject: str = Field(min_length=2, max_length=80)
    why: str = Field(default="", max_length=140)

    @field_validator("nominee", "subject")
    @classmethod
    def _squeeze(cls, value: str) -> str:
        return squeeze(value)


class Nomination(Withdrawable):
    """What the rules keep of a nomination: not the nominee."""

    subject: str = ""


@dataclass(frozen=True, kw_only=True)
class ExpertView(View):
    """The question and its options, or the subjects to name an expert of; then the room's choice.

    `guess` says whether the room is to be guessed.
    """

    part: str
    question: str
    options: tuple[Choice, ...]
    guess: bool
    subjects: tuple[str, ...]
    result: vote.VoteTold | None


def part_of(setting: Setting) -> str:
    """Which part of the quiz the round is."""
    return setting.chosen(ExpertOptions).part


def question_of(setting: Setting) -> Question | None:
    """The question of this part; none where experts are named."""
    quiz = QUIZ.of(setting.pack)
    questions = {"definition": quiz.definition, "scope": quiz.scope, "claim": quiz.claim}
    return questions.get(part_of(setting))


def accept(setting: Setting, own: Mapping[str, Standing], raw: Json) -> Accepted:
    """A vote, a guess or a nomination, as the part has it."""
    question = question_of(setting)
    slot = raw.get("slot")
    if question is None:
        return _nominate(own, raw)
    keys = [choice.key for choice in question.options]
    if slot == "vote":
        return vote.vote(keys, slot, raw)
    if slot == "guess" and part_of(setting) == "definition":
        return vote.guess(keys, raw)
    raise Refusal("bad_input", {"slot": "invalid"})


def _nominate(own: Mapping[str, Standing], raw: Json) -> Accepted:
    if raw.get("withdraw"):
        return withdrawn(own, raw, NominationWithdrawn)
    named = parse(Nominee, raw)
    fact = ExpertNominated(named.slot, named.nominee, named.subject, named.why)
    kept = Nomination(withdrawn=False, subject=named.subject)
    return Accepted(named.slot, kept.json_object(), fact)


def _named(standings: Sequence[Standing]) -> list[Standing]:
    """The nominations that stand, in order of arrival."""
    return [s for s in in_order(standings) if not Nomination.of(s.stored).withdrawn]


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """Points for taking part; a nominee's answer never changes them."""
    if question_of(setting):
        votes = [s for s in own if s.slot == "vote"]
        return tuple(Entry("vote", vote.VOTED.name, setting.points.voted) for _ in votes)
    named = _named(own)[:NOMINATIONS]
    return tuple(Entry(s.slot, NOMINATED.name, setting.points.nominated) for s in named)


def settle(setting: Setting, everyone: Sequence[Standing]) -> Settled:
    """The room's choice and shares, and points for those who saw them coming."""
    if question_of(setting) is None:
        named = len({s.player for s in _named(everyone)})
        return Settled(vote.VoteResult(voters=named, shares=None).json_object())
    votes = vote.counted(everyone)
    voters = sum(votes.values())
    return vote.settled(setting, voters, vote.shares(votes, voters), vote.tops(votes), everyone)


def view(setting: Setting, audience: str, result: Json | None, _tally: Tally | None) -> ExpertView:
    """The question and its options, or the subjects to name an expert of."""
    question, quiz = question_of(setting), QUIZ.of(setting.pack)
    choices = question.options if question else ()
    told = None if result is None else _told(choices, result)
    return ExpertView(
        part=part_of(setting),
        question=question.text if question else quiz.nominate,
        options=choices,
        guess=part_of(setting) == "definition",
        subjects=() if question else quiz.subjects,
        result=told,
        table=_table(told.bars) if told and told.bars and audience == "desk" else None,
    )


def _told(choices: Sequence[Choice], result: Json) -> vote.VoteTold:
    kept = vote.VoteResult.of(result)
    return vote.VoteTold.of(kept, vote.bars(choices, kept.share_of, kept.favourites))


def _table(bars: Sequence[vote.Bar]) -> Table:
    rows = tuple((bar.label, percent(bar.share)) for bar in bars)
    return Table((_("Réponse"), _("Part des voix")), rows)


def example(setting: Setting, nth: int) -> Sequence[Json]:
    """Votes that favour the last answer, each with a guess; or a nomination."""
    question = question_of(setting)
    if question is None:
        subjects = QUIZ.of(setting.pack).subjects
        subject = subjects[nth % len(subjects)]
        slot = f"expert:example{nth}"
        return ({"slot": slot, "nominee": "Camille Exemple", "subject": subject},)
    keys = [choice.key for choice in question.options]
    choice = keys[-1 - nth // 2 % len(keys)] if nth % 2 else keys[-1]
    guess = {"slot": "guess", "choice": keys[-1], "share": 50}
    return ({"slot": "vote", "choice": choice}, guess)[: 1 + (part_of(setting) == ASKED[0])]


KIND = Kind(
    "expert",
    _("L'expert, c'est qui ?"),
    ExpertOptions,
    accept,
    score,
    view,
    settle,
    example=example,
    worth=(*vote.WORTH, NOMINATED),
    parts=(QUIZ,),
    facts=(ExpertNominated, NominationWithdrawn),
    secret=frozenset({"bars", "shares", "top", "guessed_right"}),
)
