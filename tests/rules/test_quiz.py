"""The quiz: one right answer, an explanation, and a share for speed that nobody can cheat."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game import content
from game.base import paths
from game.base.refusal import Refusal
from game.rules.kinds import quiz
from game.rules.round import Setting, Standing, parse
from game.rules.timing import Timing
from tests.rules.conftest import setting_of

PACK = content.load(paths.content())["fr"]
SECONDS = 90
WHERE = replace(setting_of(PACK, "quiz", count=2), seconds=SECONDS, timing=Timing().started(0))
ASKED = quiz.questions_of(WHERE)
TIMES = st.integers(0, 200_000)


def answered(where: Setting, choice: str, given_at: int, player: str = "p") -> Standing:
    slot = f"answer:{ASKED[0].key}"
    taken = quiz.accept(where, {}, {"slot": slot, "choice": choice})
    return Standing(player, slot, 0, player, taken.stored, given_at=given_at)


def earned(where: Setting, *given: Standing) -> dict[str, int]:
    entries = quiz.settle(where, given).entries.get("p", ())
    return {entry.reason: entry.amount for entry in entries}


RIGHT = ASKED[0].right
WRONG = next(c.key for c in ASKED[0].options if c.key != RIGHT)


def at(where: Setting, timing: Timing) -> Setting:
    return replace(where, timing=timing)


@given(TIMES, TIMES)
def test_sooner_is_never_worth_less_and_speed_only_little(one: int, other: int) -> None:
    early, late = sorted((one, other))
    first = earned(WHERE, answered(WHERE, RIGHT, early))
    second = earned(WHERE, answered(WHERE, RIGHT, late))
    assert first.get("quiz_speed", 0) >= second.get("quiz_speed", 0) >= 0
    assert first["quiz_right"] == second["quiz_right"] > first.get("quiz_speed", 0)


@given(TIMES)
def test_a_wrong_answer_earns_nothing_however_fast(moment: int) -> None:
    assert earned(WHERE, answered(WHERE, WRONG, moment)) == {}


@given(st.integers(0, 80_000), st.integers(0, 80_000), st.integers(0, 80_000))
def test_a_pause_neither_gives_nor_takes(before: int, pause: int, after: int) -> None:
    paused = at(WHERE, Timing().started(0).stopped(before).started(before + pause))
    straight = earned(WHERE, answered(WHERE, RIGHT, before + after))
    assert earned(paused, answered(paused, RIGHT, before + pause + after)) == straight
    within = earned(paused, answered(paused, RIGHT, before + pause // 2))
    assert within == earned(WHERE, answered(WHERE, RIGHT, before))


@given(st.integers(1, 80_000), st.integers(1, 80_000), st.integers(0, 80_000))
def test_after_the_first_close_there_is_no_speed(close: int, gap: int, after: int) -> None:
    again = at(WHERE, Timing().started(0).closed(close).started(close + gap))
    late = earned(again, answered(again, RIGHT, close + gap + after))
    assert late == {"quiz_right": WHERE.points.quiz_right}


@given(st.integers(1, 80_000), st.integers(1, 80_000))
def test_what_the_reveal_has_told_earns_nothing(close: int, after: int) -> None:
    told = Timing().started(0).closed(close).revealed(close + 1).started(close + 2)
    where = at(WHERE, told)
    assert earned(where, answered(where, RIGHT, close + 2 + after)) == {}
    assert earned(where, answered(where, RIGHT, close)) != {}


@given(TIMES, TIMES)
def test_a_changed_answer_has_the_speed_of_the_change(first: int, later: int) -> None:
    """Whoever takes a letter at once, to think afterwards, gains nothing by it."""
    given_at = max(first, later)
    changed = replace(answered(WHERE, RIGHT, given_at), at=min(first, later))
    assert earned(WHERE, changed) == earned(WHERE, answered(WHERE, RIGHT, given_at))


def test_points_come_at_the_reveal_only() -> None:
    assert quiz.score(WHERE, [answered(WHERE, RIGHT, 0)]) == ()


@given(st.permutations(range(6)))
def test_order_is_no_dice(order: list[int]) -> None:
    room = [answered(WHERE, RIGHT if n % 2 else WRONG, 1_000 * n, f"p{n}") for n in range(6)]
    assert quiz.settle(WHERE, [room[n] for n in order]) == quiz.settle(WHERE, room)


OWN = """Où est la machine à café ?
* Au deuxième
- À la cave
> On y recrute plus qu'on ne croit.

Quel jour fait-on du pain ?
Lundi
*Jeudi
"""


def test_own_questions_come_first_and_are_explained() -> None:
    where = setting_of(PACK, "quiz", own=OWN)
    first, second = quiz.questions_of(where)
    assert (first.text, first.right) == ("Où est la machine à café ?", "a")
    assert first.explanation == "On y recrute plus qu'on ne croit."
    assert [c.label for c in second.options] == ["Lundi", "Jeudi"]
    assert second.right == "b"
    assert quiz.pages(where, {}) == 2


@pytest.mark.parametrize(
    "typed",
    [
        "Une question",
        "Une question ?\n* une",
        "Une ?\n- a\n- b",
        "Une ?\n*a\n*b",
        "Une ?\n*\n- b",
        "Une ?\n* a\n" + "\n".join(f"- {n}" for n in range(6)),
    ],
)
def test_an_own_question_that_cannot_be_read_is_refused_at_its_field(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(quiz.QuizOptions, {"own": typed})
    assert refused.value.fields == {"own": "own_question"}


@given(st.text(max_size=300))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    try:
        options = parse(quiz.QuizOptions, {"own": typed})
    except Refusal:
        return
    for question in quiz.own_questions(options.own):
        assert question.right in {choice.key for choice in question.options}


@pytest.mark.parametrize("raw", [{"slot": "answer:none", "choice": "a"}, {"slot": "answer:"}])
def test_a_question_that_is_not_asked_is_refused(raw: dict[str, Any]) -> None:
    with pytest.raises(Refusal):
        quiz.accept(WHERE, {}, raw)


def test_results_are_keys_and_each_language_says_them() -> None:
    result = quiz.settle(WHERE, [answered(WHERE, RIGHT, 0)]).result
    english = replace(WHERE, pack=content.load(paths.content())["en"])
    shown = quiz.view(english, "desk", result, None)
    assert shown.result.questions[0].text not in str(quiz.view(WHERE, "desk", result, None))
    assert shown.table.rows[0][1:] == (1, "100 %")
