"""The living pool: what to send, when, and what it leaves to be sent."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game import content
from game.base import paths
from game.base.refusal import Refusal
from game.rules import letter, touch
from game.rules.kinds import revival
from game.rules.round import Standing
from tests.rules.conftest import setting_of

PACKS = content.load(paths.content())
WHERE = setting_of(PACKS["fr"], "revival")
PERSONA = revival.persona_of(WHERE)
MOVES = [move.key for move in PERSONA.moves]
DELAYS = [delay.key for delay in PERSONA.delays]
WORDS = st.sampled_from(["", "Comment allez-vous ?", "comment allez vous", "{prénom}"])
PLANS = st.tuples(st.sampled_from(MOVES), st.sampled_from(DELAYS), WORDS)


def plan(player: str, move: str, delay: str, words: str = "") -> Standing:
    raw = {"slot": "plan", "move": move, "delay": delay, "words": words}
    taken = revival.accept(WHERE, {}, raw)
    return Standing(player, taken.slot, 0, player, taken.stored)


@given(st.lists(PLANS, max_size=8), st.randoms())
def test_shares_are_of_people_and_what_fits_is_paid(
    plans: list[tuple[str, str, str]], dice: Any
) -> None:
    everyone = [plan(f"p{n}", *own) for n, own in enumerate(plans)]
    settled = revival.settle(WHERE, everyone)
    told = revival.view(WHERE, "projector", settled.result, None).result
    assert told.people == len(plans)
    assert told.fitting == len(settled.entries)
    for bars in (told.moves, told.delays):
        assert abs(sum(bar.share for bar in bars) - (100 if plans else 0)) <= len(bars)
    fits = {m.key for m in PERSONA.moves if m.fits}, {d.key for d in PERSONA.delays if d.fits}
    for n, (move, delay, _words) in enumerate(plans):
        assert (f"p{n}" in settled.entries) == (move in fits[0] and delay in fits[1])
    dice.shuffle(everyone)
    assert revival.settle(WHERE, everyone) == settled


def test_words_are_paid_and_shown_to_no_room() -> None:
    own = plan("p", MOVES[0], DELAYS[1], "Nora, comment allez-vous ?")
    assert [e.reason for e in revival.score(WHERE, [own])] == ["revival_plan", "revival_words"]
    result = revival.settle(
        WHERE, [own, plan("q", MOVES[0], DELAYS[1], "Nora, comment allez-vous")]
    )
    for audience in ("phone", "projector", "remote"):
        assert "Nora" not in str(revival.view(WHERE, audience, result.result, None))
    assert "Nora" in str(revival.view(WHERE, "desk", result.result, None).table)


@pytest.mark.parametrize("lang", sorted(PACKS))
@pytest.mark.parametrize("key", [persona.key for persona in PACKS["fr"].parts["revival"]])
def test_what_is_left_can_be_saved_as_a_template_and_planned(lang: str, key: str) -> None:
    where = setting_of(PACKS[lang], "revival", persona=key)
    raws = [raw for n in range(6) for raw in revival.example(where, n)]
    taken = [revival.accept(where, {}, {**raw, "words": "{nothing}"}) for raw in raws]
    room = [Standing(str(n), a.slot, 0, str(n), a.stored) for n, a in enumerate(taken)]
    result = revival.settle(where, room).result
    drafts = revival.view(where, "desk", result, None).drafts
    assert drafts
    for draft in drafts:
        assert letter.faults(draft.subject, draft.body, lang, draft.kind) == {}
        assert draft.kind in touch.KINDS
        assert draft.medium in touch.MEDIA
        assert 0 < draft.days <= 365
    assert revival.view(where, "remote", result, None).drafts == ()


@pytest.mark.parametrize(
    ("raw", "fields"),
    [
        ({"slot": "plan", "move": "none", "delay": DELAYS[0]}, {"move": "invalid"}),
        ({"slot": "plan", "move": MOVES[0], "delay": "never"}, {"delay": "invalid"}),
        (
            {"slot": "plan", "move": MOVES[0], "delay": DELAYS[0], "words": "x" * 281},
            {"words": "too_long"},
        ),
        ({"slot": "other"}, {"slot": "invalid"}),
    ],
)
def test_a_plan_that_is_none_is_refused_at_its_field(
    raw: dict[str, object], fields: dict[str, str]
) -> None:
    with pytest.raises(Refusal) as refused:
        revival.accept(WHERE, {}, raw)
    assert refused.value.fields == fields
