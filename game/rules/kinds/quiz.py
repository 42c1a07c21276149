"""`quiz` – knowledge questions with one right answer, explained at the reveal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import Field, field_validator

from game.base.json_object import Json
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.rules import vote
from game.rules.options import Options, option
from game.rules.pack import Choice, Key, Keyed, Line, Pack, Text
from game.rules.part import Fault, Known, Many, keys, twice, unknown
from game.rules.person import squeeze
from game.rules.round import Accepted, Entry, Kind, Setting, Settled, Standing, Tally
from game.rules.scoring import of_player
from game.rules.stored import Count, Stored
from game.rules.view import Table, View, percent
from game.rules.worth import Worth

SLOT = "answer:"
MOST, MOST_ANSWERS = 10, 6  # questions of a round, answers of a question
LETTERS = "abcdef"
RIGHT = Worth("quiz_right", 4, _("bonne réponse"))
SPEED = Worth("quiz_speed", 2, _("répondu vite"))


class Question(Keyed):
    """A question with its one right answer, and why it is right."""

    text: Line
    options: tuple[Choice, ...] = Field(min_length=2, max_length=MOST_ANSWERS)
    right: Key
    explanation: Text


def _look(raw: Mapping[str, object], _known: Known) -> Iterator[Fault]:
    right = raw.get("right")
    if unknown(right, frozenset(keys(raw, "options"))):
        yield ("right",), f"no option is called {right}"
    yield from twice(raw, "options")


def _named(question: Question, _pack: Pack) -> str:
    return question.text


QUESTIONS = Many("quiz", Question, _look, shared=("right",))


def own_questions(text: str) -> tuple[Question, ...]:
    """Questions as a facilitator types them: a paragraph each.

    Its first line asks, a line with a star is the right answer, one with > explains, and the
    others are wrong answers. Raises ValueError('own_question') where that cannot be read.
    """
    paragraphs = [block for block in text.split("\n\n") if block.strip()]
    return tuple(_typed(n, block) for n, block in enumerate(paragraphs, 1))


def _typed(number: int, block: str) -> Question:
    lines = [squeeze(line) for line in block.splitlines() if line.strip()]
    told = " ".join(squeeze(line[1:]) for line in lines[1:] if line.startswith(">"))
    said = [line for line in lines[1:] if not line.startswith(">")]
    right = [n for n, line in enumerate(said) if line.startswith("*")]
    answers = [squeeze(line.lstrip("*-")) for line in said]
    if len(right) != 1 or not 2 <= len(said) <= MOST_ANSWERS or not all(answers):
        raise ValueError("own_question")
    if max(map(len, (lines[0], *answers))) > 160 or len(told) > 800:
        raise ValueError("too_long")
    return Question.model_construct(
        key=f"own-{number}",
        text=lines[0],
        options=tuple(Choice(key=LETTERS[n], label=label) for n, label in enumerate(answers)),
        right=LETTERS[right[0]],
        explanation=told,
    )


class QuizOptions(Options):
    """Which questions are asked: the facilitator's own, then those chosen, else the first ones."""

    questions: tuple[str, ...] = option(
        (), _("Questions"), part=QUESTIONS, named=_named, max_length=MOST
    )
    count: int = option(3, _("Nombre de questions"), at_once=True, ge=1, le=MOST)
    own: str = option(
        "",
        _("Vos propres questions"),
        lines=True,
        hint=_(
            "Une question par paragraphe : sur la première ligne la question, puis une réponse"
            " par ligne, la bonne avec une étoile (*) devant. Une ligne qui commence par >"
            " explique."
        ),
        max_length=6000,
    )

    @field_validator("own")
    @classmethod
    def _own(cls, typed: str) -> str:
        if len(own_questions(typed)) > MOST:
            raise ValueError("too_long")
        return typed


class QuizResult(Stored):
    """How many chose each answer of each question, by key."""

    counts: Mapping[str, Mapping[str, Count]] = {}


@dataclass(frozen=True)
class Asked:
    """A question without its answer."""

    key: str
    text: str
    options: tuple[Choice, ...]


@dataclass(frozen=True)
class Told(Asked):
    """A question with its right answer, that answer's share in per cent, and everybody's."""

    right: str
    right_share: int
    explanation: str
    voters: int
    bars: tuple[vote.Bar, ...]


@dataclass(frozen=True)
class QuizTold:
    """All questions, told."""

    questions: tuple[Told, ...]


@dataclass(frozen=True, kw_only=True)
class QuizView(View):
    """The questions, and at the reveal their answers."""

    questions: tuple[Asked, ...]
    result: QuizTold | None


def questions_of(setting: Setting) -> tuple[Question, ...]:
    """The questions of the round."""
    chosen = setting.chosen(QuizOptions)
    own = own_questions(chosen.own)
    there = QUESTIONS.of(setting.pack)
    named = tuple(q for q in there if q.key in chosen.questions)
    if own or named:
        return (*own, *named)[:MOST]
    return there[: chosen.count]


def accept(setting: Setting, _own: Mapping[str, Standing], raw: Json) -> Accepted:
    """An answer to a question; the last one given counts."""
    slot = raw.get("slot")
    for question in questions_of(setting):
        if slot == SLOT + question.key:
            return vote.vote([c.key for c in question.options], slot, raw)
    raise Refusal("bad_input", {"slot": "invalid"})


def score(_setting: Setting, _own: Sequence[Standing]) -> tuple[Entry, ...]:
    """Nothing before the reveal: points would tell which answer is right."""
    return ()


def speed(setting: Setting, given_at: int) -> int:
    """The share for speed of a right answer given at a moment.

    All of it at the opening, none at the end of the time that was planned, and in between in
    proportion. Pauses are taken out; what is given after the first close has none.
    """
    timing, planned = setting.timing, 1000 * setting.seconds
    is_late = timing.closed_at is not None and given_at > timing.closed_at
    if not timing.ran or is_late or not planned:
        return 0
    left = max(0, planned - timing.open_until(given_at))
    return round(setting.points.quiz_speed * left / planned)


def _earned(setting: Setting, question: Question, given: Standing) -> tuple[Entry, ...]:
    """What an answer earns; nothing once the reveal has told the right one."""
    told_at = setting.timing.revealed_at
    if vote.choice_of(given) != question.right or (told_at and given.given_at > told_at):
        return ()
    right = Entry(given.slot, RIGHT.name, setting.points.quiz_right)
    share = speed(setting, given.given_at)
    return (right, Entry(given.slot, SPEED.name, share)) if share else (right,)


def settle(setting: Setting, everyone: Sequence[Standing]) -> Settled:
    """Points for right answers, and how many chose each."""
    asked = {SLOT + question.key: question for question in questions_of(setting)}
    answers = sorted(everyone, key=lambda given: (given.player, given.slot))
    entries = of_player(
        (given.player, _earned(setting, asked[given.slot], given))
        for given in answers
        if given.slot in asked
    )
    counts = {question.key: vote.counted(everyone, slot) for slot, question in asked.items()}
    return Settled(QuizResult(counts=counts).json_object(), entries)


def _told(question: Question, counts: Mapping[str, int]) -> Told:
    voters = sum(counts.values())
    share_of = vote.shares(counts, voters)
    bars = vote.bars(question.options, share_of, vote.tops(counts))
    right = (question.right, share_of.get(question.right, 0), question.explanation)
    return Told(question.key, question.text, question.options, *right, voters, bars)


def _table(told: Sequence[Told]) -> Table:
    rows = ((q.text, q.voters, percent(q.right_share if q.voters else None)) for q in told)
    return Table((_("Question"), _("Réponses"), _("Justes")), tuple(rows))


def view(setting: Setting, audience: str, result: Json | None, _tally: Tally | None) -> QuizView:
    """The questions without their answers; at the reveal with them, and what the room chose."""
    asked = questions_of(setting)
    questions = tuple(Asked(question.key, question.text, question.options) for question in asked)
    if result is None:
        return QuizView(questions=questions, result=None)
    counts = QuizResult.of(result).counts
    told = tuple(_told(question, counts.get(question.key, {})) for question in asked)
    table = _table(told) if audience == "desk" else None
    return QuizView(questions=questions, result=QuizTold(told), table=table)


def pages(setting: Setting, _result: Json) -> int:
    """One page a question."""
    return max(1, len(questions_of(setting)))


def example(setting: Setting, nth: int) -> Sequence[Json]:
    """Every question answered, two times in three rightly."""
    answers = []
    for n, question in enumerate(questions_of(setting)):
        wrong = [c.key for c in question.options if c.key != question.right]
        choice = wrong[nth % len(wrong)] if (nth + n) % 3 == 2 else question.right
        answers.append({"slot": SLOT + question.key, "choice": choice})
    return answers


KIND = Kind(
    "quiz",
    _("Le quiz du sourcing"),
    QuizOptions,
    accept,
    score,
    view,
    settle,
    pages,
    example,
    worth=(RIGHT, SPEED),
    parts=(QUESTIONS,),
    refusals={
        "own_question": _(
            "Une question ne se lit pas : il lui faut deux à six réponses, et une seule étoile."
        )
    },
    secret=frozenset({"right", "right_share", "explanation", "bars", "counts"}),
)
