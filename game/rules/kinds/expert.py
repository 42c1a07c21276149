"""`expert` – L'expert, c'est qui ?: a secret vote, a guess, and 'my expert of …'."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from game.base.refusal import Refusal
from game.rules.facts import ExpertNominated, NominationWithdrawn
from game.rules.pack import Question
from game.rules.person import squeeze
from game.rules.round import Accepted, Entry, Kind, Options, Setting, Settled, Standing, parse
from game.rules.scoring import in_order

BARS_FROM = 5  # voters: with fewer, a secret vote would not stay one
NEAR = 10  # points of percentage
NOMINATIONS = 3


class ExpertOptions(Options):
    """Which part of the quiz this round is."""

    part: Literal["definition", "scope", "claim", "nominate"] = "definition"


class Vote(BaseModel):
    """One's own answer."""

    choice: str


class Guess(BaseModel):
    """What the room will have chosen, and its share in per cent."""

    choice: str
    share: int = Field(ge=0, le=100, strict=True)


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


def question_of(setting: Setting) -> Question | None:
    """The question of this part; none where experts are named."""
    quiz = setting.pack.expert
    questions = {"definition": quiz.definition, "scope": quiz.scope, "claim": quiz.claim}
    return questions.get(setting.options.part)


def accept(setting: Setting, own: Mapping[str, Standing], raw: Mapping[str, Any]) -> Accepted:
    """A vote, a guess or a nomination, as the part has it."""
    question = question_of(setting)
    slot = raw.get("slot")
    if question is None:
        return _nominate(own, raw)
    if slot == "vote":
        vote = parse(Vote, raw)
        return Accepted("vote", {"choice": _choice(question, vote.choice)})
    if slot == "guess" and setting.options.part == "definition":
        guess = parse(Guess, raw)
        choice = _choice(question, guess.choice)
        return Accepted("guess", {"choice": choice, "share": guess.share})
    raise Refusal("bad_input", {"slot": "invalid"})


def _choice(question: Question, key: str) -> str:
    if key not in {option.key for option in question.options}:
        raise Refusal("bad_input", {"choice": "invalid"})
    return key


def _nominate(own: Mapping[str, Standing], raw: Mapping[str, Any]) -> Accepted:
    slot = raw.get("slot")
    if raw.get("withdraw"):
        if not isinstance(slot, str) or slot not in own:
            raise Refusal("bad_input", {"slot": "invalid"})
        return Accepted(slot, {"withdrawn": True}, NominationWithdrawn(slot))
    named = parse(Nominee, raw)
    fact = ExpertNominated(named.slot, named.nominee, named.subject, named.why)
    return Accepted(named.slot, {"withdrawn": False, "subject": named.subject}, fact)


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """Points for taking part; a nominee's answer never changes them."""
    if question_of(setting):
        votes = [s for s in own if s.slot == "vote"]
        return tuple(Entry("vote", "voted", setting.points.voted) for _ in votes)
    named = [s for s in in_order(own) if not s.stored["withdrawn"]][:NOMINATIONS]
    return tuple(Entry(s.slot, "nominated", setting.points.nominated) for s in named)


def settle(setting: Setting, everyone: Sequence[Standing]) -> Settled:
    """The room's choice and shares, and points for those who saw them coming."""
    question = question_of(setting)
    if question is None:
        named = [s for s in everyone if not s.stored["withdrawn"]]
        return Settled({"voters": len({s.player for s in named}), "bars": None, "guessed_right": 0})
    votes = Counter(s.stored["choice"] for s in everyone if s.slot == "vote")
    guesses = [s for s in in_order(everyone) if s.slot == "guess"]
    entries = {g.player: _guessed(setting, votes, g) for g in guesses}
    entries = {player: e for player, e in entries.items() if e}
    voters = sum(votes.values())
    return Settled(
        {
            "voters": voters,
            "bars": _bars(question, votes) if voters >= BARS_FROM else None,
            "guessed_right": len(entries),
        },
        entries,
    )


def _top(votes: Counter[str]) -> set[str]:
    most = max(votes.values(), default=0)
    return {key for key, n in votes.items() if n == most and n}


def _share(votes: Counter[str], key: str) -> int:
    return round(100 * votes[key] / sum(votes.values()))


def _guessed(setting: Setting, votes: Counter[str], guess: Standing) -> tuple[Entry, ...]:
    """A share counts only with the right choice: else a guess of zero would always be near."""
    choice = guess.stored["choice"]
    if choice not in _top(votes):
        return ()
    right = Entry("guess", "guessed_choice", setting.points.guessed_choice)
    if abs(_share(votes, choice) - guess.stored["share"]) > NEAR:
        return (right,)
    return (right, Entry("guess", "guessed_share", setting.points.guessed_share))


def _bars(question: Question, votes: Counter[str]) -> list[dict[str, Any]]:
    top = _top(votes)
    return [
        {"key": o.key, "label": o.label, "share": _share(votes, o.key), "top": o.key in top}
        for o in question.options
    ]


def view(setting: Setting, result: Mapping[str, Any] | None) -> dict[str, Any]:
    """The question and its options, or the subjects to name an expert of."""
    question = question_of(setting)
    options = question.options if question else ()
    return {
        "part": setting.options.part,
        "question": question.text if question else setting.pack.expert.nominate,
        "options": [{"key": o.key, "label": o.label} for o in options],
        "guess": setting.options.part == "definition",
        "subjects": [] if question else list(setting.pack.expert.subjects),
        "result": dict(result) if result is not None else None,
    }


KIND = Kind("expert", ExpertOptions, accept, score, view, settle)
