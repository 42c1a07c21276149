"""Every kind of round there is, against the contract."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from game import content
from game.base import paths
from game.base.refusal import Refusal
from game.pool import harvest, said
from game.rules.pack import Pack
from game.rules.registry import kinds
from game.rules.round import Kind, Setting, Standing, Tally
from tests.rules.conftest import plain, setting_of

AUDIENCES = ("phone", "projector", "remote", "desk")
KEY = re.compile(r"[a-z0-9_:-]*")


def keys_in(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {k for v in value.values() for k in keys_in(v)}
    return {k for v in value for k in keys_in(v)} if isinstance(value, list) else set()


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_kind_keeps_the_contract(name: str, pack: Pack) -> None:
    kind, setting = kinds()[name], setting_of(pack, name)
    assert kind.name == name
    view = kind.view(setting, "phone", None, None)
    assert view.result is None
    json.dumps(plain(view))
    assert kind.score(setting, ()) == ()
    settled = kind.settle(setting, ())
    json.dumps(settled.result)
    assert settled.entries == {}
    assert kind.pages(setting, settled.result) >= 1
    assert kind.view(setting, "phone", settled.result, None).result is not None


def played(kind: Kind, where: Setting) -> list[Standing]:
    """A round as its made-up players leave it."""
    taken = [(n, kind.accept(where, {}, raw)) for n in range(8) for raw in kind.example(where, n)]
    return [Standing(str(n), a.slot, n, f"{n}-{a.slot}", a.stored) for n, a in taken]


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("name", sorted(kinds()))
def test_results_hold_keys_and_numbers_for_every_language(name: str, pack: Pack) -> None:
    """An English phone reads English at the reveal of a French workshop.

    What players typed has no other words.
    """
    kind, where = kinds()[name], setting_of(pack, name)
    everyone = played(kind, where)
    assert everyone, "a kind without examples has an empty preview"
    typed = {text for n in range(8) for text in texts_in(list(kind.example(where, n)))}
    typed |= set(texts_in(where.options.model_dump())) if kind.votes_on else set()
    result = json.loads(json.dumps(kind.settle(where, everyone).result))
    assert [t for t in texts_in(result) if t not in typed and not KEY.fullmatch(t)] == []
    english = setting_of(content.load(paths.content())["en"], name)
    for audience in AUDIENCES:
        ours, theirs = (
            plain(kind.view(w, audience, result, None).result) for w in (where, english)
        )
        told = {text for text in texts_in(ours) if " " in text} - typed
        assert not told & set(texts_in(theirs))


@pytest.mark.parametrize("name", sorted(kinds()))
def test_what_an_answer_means_is_kept_and_told_by_the_pool(name: str, pack: Pack) -> None:
    kind, where = kinds()[name], setting_of(pack, name)
    kept = {fact for _, facts in harvest.KEEPERS for fact in facts}
    assert set(kind.facts) <= kept
    meant = [kind.accept(where, {}, raw).fact for raw in kind.example(where, 0)]
    given = {type(fact) for fact in meant if fact is not None}
    assert given <= set(kind.facts)
    assert given <= set(said.TELLERS)


@pytest.mark.parametrize("name", sorted(kinds()))
def test_what_a_player_sees_before_the_reveal_holds_no_secret(name: str, pack: Pack) -> None:
    kind = kinds()[name]
    views = [plain(kind.view(setting_of(pack, name), to, None, Tally(9, 9, 9))) for to in AUDIENCES]
    assert kind.secret
    assert not keys_in(views) & kind.secret
    view = views[0]
    text = json.dumps(view, ensure_ascii=False)
    told = [card.explanation for deck in pack.parts["decks"] for card in deck.cards]
    assert told
    assert not any(explanation in text for explanation in told)


@pytest.mark.parametrize("name", sorted(kinds()))
@pytest.mark.parametrize(
    "raw", [{}, {"slot": 3}, {"slot": "x" * 99}, {"slot": "vote"}, {"slot": "card:none"}]
)
def test_a_kind_refuses_nonsense(name: str, raw: dict[str, Any], pack: Pack) -> None:
    with pytest.raises(Refusal):
        kinds()[name].accept(setting_of(pack, name), {}, raw)


@pytest.mark.parametrize("name", sorted(kinds()))
@pytest.mark.parametrize("surface", ["phone", "projector", "remote"])
def test_a_kind_has_its_screens(name: str, surface: str) -> None:
    assert (Path(paths.templates()) / "rounds" / name / f"{surface}.html").exists()
