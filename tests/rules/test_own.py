"""What a position brings of its own is looked at as a pack's files are."""

import copy
from typing import Any

import pytest

from game import content
from game.base import paths
from game.base.languages import LANGS
from game.content import files
from game.content.links import lost, names
from game.content.shape import shaped
from game.rules import own
from game.rules.own import KEY, own_parts, with_own
from game.rules.pack import Brief

PARTS = {part.name: part for part in own_parts()}
SHELF = files.read(paths.content(), "fr")
ONE = next(name for name, part in PARTS.items() if own.is_one(part))
MANY = next(name for name, part in PARTS.items() if not own.is_one(part))
DECK = SHELF.of(ONE)[0].written


def held(part: str, raw: Any) -> list[tuple[tuple[str | int, ...], str]]:
    return [(fault.loc, fault.code) for fault in own.faults(PARTS[part], raw)]


@pytest.mark.parametrize("lang", LANGS)
def test_all_that_is_shipped_could_have_been_written_in_the_browser(lang: str) -> None:
    shelf = files.read(paths.content(), lang)
    assert held(MANY, [source.raw for source in shelf.of(MANY)]) == []
    for source in shelf.of(ONE):
        assert held(ONE, source.raw) == []


def broken(change: Any) -> dict[str, Any]:
    raw = copy.deepcopy(dict(DECK))
    change(raw)
    return raw


BREAKS = {
    "no title": lambda raw: raw["cards"][1].pop("title"),
    "an empty title": lambda raw: raw["cards"][1].update(title=""),
    "a long title": lambda raw: raw["cards"][0].update(title="x" * 161),
    "one fact": lambda raw: raw["cards"][0].update(facts=["un"]),
    "six facts": lambda raw: raw["cards"][0].update(facts=list("abcdef")),
    "a long fact": lambda raw: raw["cards"][0].update(facts=["a", "x" * 161]),
    "two cards": lambda raw: raw.update(cards=raw["cards"][:2]),
    "one criterion": lambda raw: raw.update(criteria=raw["criteria"][:1]),
    "no criterion of that key": lambda raw: raw["cards"][2].update(criterion="moon"),
    "neither of the answers": lambda raw: raw["cards"][2].update(gold="perhaps"),
    "a key twice": lambda raw: raw["cards"][2].update(key=raw["cards"][0]["key"]),
    "a field too many": lambda raw: raw["cards"][2].update(age="30"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_a_mistake_in_a_file_is_one_in_the_browser_at_the_same_place(name: str) -> None:
    raw = broken(BREAKS[name])
    source = files.Source(ONE, "fr/x.yaml", "", raw)
    in_file = shaped(source)[1] + lost(source, names(SHELF.sources, set()))
    in_browser = held(ONE, raw)
    assert in_file
    assert [p.key.split(".")[0] for p in in_file] == [str(loc[0]) for loc, _code in in_browser]


def test_what_is_written_comes_before_what_is_ready() -> None:
    pack = content.load(paths.content())["fr"]
    texts = dict.fromkeys(("title", "trade", "where", "why"), "x")
    brief = Brief(key="own-1", must_haves=("a", "b", "c"), **texts)
    line = {"key": f"{KEY}-1", "cue": "best", "text": "Qui soude les yeux fermés ?"}
    grown = with_own(pack, {ONE: DECK, MANY: [line]}, brief)
    assert grown.parts[MANY][0].text == line["text"]  # type: ignore[index]
    assert grown.parts[MANY][1:] == pack.parts[MANY]  # type: ignore[index]
    assert PARTS[ONE].fitting(grown, "", brief).key == KEY  # type: ignore[attr-defined]
    other = pack.briefs[0]
    assert PARTS[ONE].fitting(grown, "", other).brief == other.key  # type: ignore[attr-defined]
    assert with_own(pack, {ONE: {"cards": "nonsense"}}, brief) is pack
    assert with_own(pack, {ONE: DECK}, None) is pack
