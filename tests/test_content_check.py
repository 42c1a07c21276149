"""Broken packs: every mistake is told in one run, and none takes more with it than it must."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from game import content
from game.base import paths
from game.rules.own import OwnPart, faults, is_one, own_parts

ROOT = paths.content()


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT, tmp_path / "content"))


def edit(file: Path, change: Callable[[str], str]) -> None:
    before = file.read_text(encoding="utf-8")
    after = change(before)
    assert after != before, f"{file.name} is not as the test expects"
    file.write_text(after, encoding="utf-8")


def found(root: Path) -> set[tuple[str, str]]:
    return {(p.file, p.key) for p in content.check(root)}


def test_every_mistake_is_reported_in_one_run(copy: Path) -> None:
    (copy / "fr/prompts.yaml").write_text("- {key: a, cue: nowhere, text: x}\n- [1]\n")
    (copy / "fr/notices.yaml").write_text("player: one\ncontact: [unclosed")
    edit(copy / "fr/decks/bloc.yaml", lambda t: t.replace("criterion: calm", "criterion: x", 1))
    edit(copy / "fr/decks/bloc.yaml", lambda t: t.replace("gold: keep", "gold: perhaps", 1))
    edit(copy / "fr/relationships.yaml", lambda t: t.replace("channel: fair", "channel: moon"))
    edit(copy / "en/agendas/30-decouverte.yaml", lambda t: t.replace("kind: spot", "kind: dance"))
    edit(copy / "en/agendas/60-complet.yaml", lambda t: t.replace("part: scope", "part: dream"))
    edit(copy / "en/agendas/60-complet.yaml", lambda t: t.replace("deck: dev", "deck: nev"))
    edit(copy / "en/briefs/soudeur.yaml", lambda t: t.replace("trade:", "trad:") + "key: again\n")
    (copy / "en/rude.yaml").write_text("[merde, Crétin]")
    (copy / "en/prompt.yaml").write_text("[]")
    assert found(copy) >= {
        ("fr/prompts.yaml", "a.cue"),
        ("fr/prompts.yaml", "item 2"),
        ("fr/prompts.yaml", ""),
        ("fr/notices.yaml", ""),
        ("fr/decks/bloc.yaml", "cards.militaire.criterion"),
        ("fr/decks/bloc.yaml", "cards.urgences.gold"),
        ("fr/relationships.yaml", "event.channel"),
        ("en/agendas/30-decouverte.yaml", "rounds.2.kind"),
        ("en/agendas/60-complet.yaml", "rounds.4.options.part"),
        ("en/agendas/60-complet.yaml", "rounds.3.options.deck"),
        ("en/briefs/soudeur.yaml", "trad"),
        ("en/briefs/soudeur.yaml", "trade"),
        ("en/briefs/soudeur.yaml", "key"),
        ("en/rude.yaml", "item 2"),
        ("en/prompt.yaml", ""),
    }
    assert all(problem.reason for problem in content.check(copy))


def test_a_mistake_is_told_in_plain_words(copy: Path) -> None:
    (copy / "fr/notices.yaml").write_text("player: one\ncontact: [unclosed\n")
    edit(copy / "fr/briefs/soudeur.yaml", lambda t: t.replace("where:", "place:"))
    told = {(p.file, p.key): p.reason for p in content.check(copy)}
    assert told["fr/notices.yaml", ""].startswith("line 3: not YAML")
    assert told["fr/briefs/soudeur.yaml", "where"] == "is missing"
    assert told["fr/briefs/soudeur.yaml", "place"] == "nobody expects this key"


def test_a_broken_item_is_not_blamed_on_those_that_name_it(copy: Path) -> None:
    (copy / "fr/briefs/infirmier-bloc.yaml").write_text("key: [")
    edit(copy / "fr/channels.yaml", lambda t: t + "\n]")
    assert {file for file, _ in found(copy)} == {
        "fr/briefs/infirmier-bloc.yaml",
        "fr/channels.yaml",
    }


def test_duplicates_are_found(copy: Path) -> None:
    shutil.copy(copy / "fr/briefs/soudeur.yaml", copy / "fr/briefs/soudeur-2.yaml")
    edit(copy / "fr/reasons.yaml", lambda t: t + "- {key: skilled, label: Encore}\n")
    assert found(copy) == {("fr/briefs/soudeur.yaml", "soudeur"), ("fr/reasons.yaml", "skilled")}


def test_too_little_is_told(copy: Path) -> None:
    shutil.rmtree(copy / "en/agendas")
    for deck in sorted((copy / "en/decks").iterdir())[3:]:
        deck.unlink()
    assert {p.file for p in content.check(copy) if p.key == ""} == {"en/agendas", "en/decks"}


def test_languages_that_differ_are_told(copy: Path) -> None:
    edit(copy / "en/decks/bloc.yaml", lambda t: t.replace("gold: keep", "gold: pass", 1))
    edit(copy / "en/reasons.yaml", lambda t: t.replace("key: calm", "key: cool"))
    edit(
        copy / "en/agendas/30-decouverte.yaml",
        lambda t: t.replace("expert, seconds: 240, title", "titles, seconds: 240, title"),
    )
    assert found(copy) == {
        ("en/decks/bloc.yaml", "bloc.urgences.gold"),
        ("fr/reasons.yaml", "calm"),
        ("en/reasons.yaml", "cool"),
        ("en/agendas/30-decouverte.yaml", "decouverte-30.rounds"),
        ("en/agendas/30-decouverte.yaml", "rounds.4.options.part"),
    }


@pytest.mark.parametrize(
    "wreck", [b"", b"[", b"\xff\xfe", b"- 1", b"x: 2026-99-99", b"&a [*a]", b"!!python/none x"]
)
def test_whatever_stands_in_a_file_is_told_and_never_stops_the_other(
    copy: Path, wreck: bytes
) -> None:
    wrecks = {f"fr/{n}.yaml" for n in ("channels", "notices", "briefs/soudeur", "points", "rude")}
    for file in wrecks:
        (copy / file).write_bytes(wreck)
    assert wrecks <= {file for file, _ in found(copy)}
    alone = {
        "round_titles": content.load(copy)["en"].round_titles
    }  # of its own rounds: none in French
    assert content.load(copy)["en"] == content.load(ROOT)["en"].model_copy(update=alone)


def test_a_broken_pack_never_stops_the_other(copy: Path) -> None:
    (copy / "fr/notices.yaml").unlink()
    assert list(content.load(copy)) == ["en"]
    shutil.rmtree(copy / "fr")
    assert [(p.file, p.reason) for p in content.check(copy)] == [("fr", "the folder is missing")]


def test_no_pack_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no content pack"):
        content.load(tmp_path)


def test_a_broken_item_takes_only_what_leans_on_it(copy: Path) -> None:
    (copy / "fr/briefs/technicien-maintenance.yaml").write_text("key: technicien-maintenance\n")
    pack, whole = content.load(copy)["fr"], content.load(ROOT)["fr"]
    assert len(pack.briefs) == len(whole.briefs) - 1
    assert {d.key for d in whole.parts["decks"]} - {d.key for d in pack.parts["decks"]} == {
        "maintenance"
    }
    assert {a.key for a in whole.agendas} - {a.key for a in pack.agendas} == {"decouverte-30"}
    assert pack.parts["prompts"] == whole.parts["prompts"]


def test_broken_points_fall_back_to_the_starting_values(copy: Path) -> None:
    (copy / "fr/points.yaml").write_text("recommended: many\n")
    assert content.load(copy)["fr"].points == content.load(ROOT)["fr"].points


def test_a_file_with_a_byte_order_mark_is_read(copy: Path) -> None:
    edit(copy / "fr/briefs/soudeur.yaml", lambda t: "\ufeff" + t)
    assert content.check(copy) == []


def lacking(item: dict[str, Any], field: str) -> None:
    del item[field]


def emptied(item: dict[str, Any], field: str) -> None:
    item[field] = type(item[field])()


def strange(item: dict[str, Any], _field: str) -> None:
    item["nowhere"] = "x"


def asked(part: OwnPart) -> str:
    """A field that each item must have."""
    fields = part.model.model_fields.items()
    return next(n for n, f in fields if f.is_required() and n not in ("key", "brief"))


def test_a_form_asks_whether_what_is_named_is_there_as_the_check_of_files_does(copy: Path) -> None:
    edit(copy / "fr/decks/bloc.yaml", lambda t: t.replace("criterion: theatre", "criterion: x", 1))
    (deck,) = (part for part in own_parts() if part.name == "decks")
    item = yaml.safe_load((copy / "fr/decks/bloc.yaml").read_text())
    assert [(one.loc[0], one.loc[-1]) for one in faults(deck, item)] == [("cards", "criterion")]
    assert "fr/decks/bloc.yaml" in [one.file for one in content.check(copy)]


@pytest.mark.parametrize("change", [lacking, emptied, strange])
def test_what_a_form_refuses_is_what_the_check_of_files_refuses(
    copy: Path, change: Callable[[dict[str, Any], str], None]
) -> None:
    """Whatever somebody may write in the browser is looked at as a pack's files are."""
    by_form: set[str] = set()
    for part in own_parts():
        folder, list_file = copy / "fr" / part.name, copy / "fr" / f"{part.name}.yaml"
        file = sorted(folder.glob("*.yaml"))[0] if part.folder else list_file
        kept = yaml.safe_load(file.read_text())
        item = kept if part.folder else kept[0]
        assert not any(faults(part, item if is_one(part) else [item]))
        change(item, asked(part))
        file.write_text(yaml.safe_dump(kept, allow_unicode=True))
        by_form |= {part.name} if any(faults(part, item if is_one(part) else [item])) else set()
    by_files = {p.file.partition("/")[2].partition("/")[0] for p in content.check(copy)}
    assert by_form == {part.name for part in own_parts()}
    assert by_form == {name.removesuffix(".yaml") for name in by_files}
