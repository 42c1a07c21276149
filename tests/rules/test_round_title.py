"""What a round is called: ready-made titles in the reader's language, written ones as typed."""

import pytest

from game import content
from game.base import paths
from game.rules.registry import kinds
from game.rules.round_title import round_title

PACKS = content.load(paths.content())
PAIRS = [
    (one.kind, one.title, other.title, to)
    for to in PACKS
    for pack in PACKS.values()
    for agenda in pack.agendas
    for one, other in zip(
        agenda.rounds, next(a for a in PACKS[to].agendas if a.key == agenda.key).rounds, strict=True
    )
    if one.title
]


@pytest.mark.parametrize("number", ["", " 2"])
def test_a_ready_made_title_is_read_in_each_language(number: str) -> None:
    assert len({title for _kind, title, _other, _to in PAIRS}) > 20
    for kind, title, other, to in PAIRS:
        assert round_title(title + number, kind, PACKS[to]) == other + number


@pytest.mark.parametrize("kind", kinds())
def test_a_round_without_a_title_is_called_as_its_kind_is(kind: str) -> None:
    plain = {lang: round_title("", kind, pack) for lang, pack in PACKS.items()}
    assert all(plain.values())
    # told apart by a number, which was written beside the kind's own words in the workshop's
    assert round_title(f"{kinds()[kind].title} 3", kind, PACKS["en"]) == f"{plain['en']} 3"
    assert round_title("", "gone", PACKS["en"]) == "A round"


@pytest.mark.parametrize("title", ["Mes 12", "Mémoire : la cave", "Acte 2", "Room 101", "Zoé 2"])
def test_a_written_title_stays_as_it_is(title: str) -> None:
    for pack in PACKS.values():
        assert round_title(title, "recommend", pack) == title
