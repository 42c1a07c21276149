"""The shipped packs, and broken ones."""

import shutil
from pathlib import Path

import pytest

from game import content, paths
from game.rules.pack import Pack

ROOT = paths.content()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT, tmp_path / "content"))


def test_the_shipped_packs_are_fine() -> None:
    assert content.check(ROOT) == []


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_packs_hold_enough(lang: str) -> None:
    pack: Pack = content.load(ROOT)[lang]
    assert sorted(a.minutes for a in pack.agendas) == [30, 60, 90]
    assert len({b.trade for b in pack.briefs}) >= 8
    assert len(pack.prompts) >= 30
    assert len({p.cue for p in pack.prompts}) == 8
    assert sum(len(d.cards) for d in pack.decks) >= 40
    assert len(pack.expert.definition.options) == 7


def test_both_languages_hold_the_same() -> None:
    fr, en = (content.load(ROOT)[lang] for lang in ("fr", "en"))
    for part in ("agendas", "briefs", "prompts", "decks", "families", "relationships", "reasons"):
        assert [i.key for i in getattr(fr, part)] == [i.key for i in getattr(en, part)], part
    golds = [[(c.key, c.gold, c.criterion) for d in p.decks for c in d.cards] for p in (fr, en)]
    assert golds[0] == golds[1]


def test_every_mistake_is_reported_in_one_run(copy: Path) -> None:
    (copy / "fr/prompts.yaml").write_text("- {key: a, cue: nowhere, text: x}\n- [1]\n")
    (copy / "fr/notices.yaml").write_text("player: [unclosed")
    deck = copy / "fr/decks/bloc.yaml"
    deck.write_text(deck.read_text().replace("criterion: calm", "criterion: patience", 1))
    agenda = copy / "en/agendas/30-decouverte.yaml"
    agenda.write_text(agenda.read_text().replace("kind: spot", "kind: dance"))
    found = [(p.file, p.key) for p in content.check(copy)]
    for file, key in (
        ("fr/prompts.yaml", "cue"),
        ("fr/prompts.yaml", "2"),
        ("fr/notices.yaml", ""),
        ("fr/decks/bloc.yaml", "criterion"),
        ("en/agendas/30-decouverte.yaml", "kind"),
    ):
        assert any(f == file and key in k for f, k in found), (file, key)
    assert all(p.reason for p in content.check(copy))


def test_a_broken_pack_never_stops_the_other(copy: Path) -> None:
    (copy / "fr/notices.yaml").unlink()
    assert list(content.load(copy)) == ["en"]


def test_a_broken_item_never_stops_its_pack(copy: Path) -> None:
    (copy / "fr/briefs/soudeur.yaml").write_text("key: soudeur\n")
    assert len(content.load(copy)["fr"].briefs) == 7
