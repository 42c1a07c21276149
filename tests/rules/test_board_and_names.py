"""Boards and names: ties, teams, climbers; clashes, disguises."""

import random
import unicodedata

import pytest

from game.base.refusal import Refusal
from game.rules import board, nickname, rude
from game.rules.board import Row
from game.rules.pack import Pack
from game.rules.person import fold, squeeze


def test_equals_share_a_rank_whichever_board_is_shown() -> None:
    rows = [
        Row("a", "A", 20, 0),
        Row("b", "B", 20, 10),
        Row("c", "C", 4, 0),
        Row("d", "D", 20, 0),
        Row("e", "E", 5, 5),
    ]
    ranked = [(r.rank, r.row.id) for r in board.rank(rows)]
    assert ranked == [(1, "a"), (1, "b"), (1, "d"), (4, "e"), (5, "c")]
    confirmed = [(r.rank, r.row.id) for r in board.rank(rows, by="confirmed")]
    assert confirmed == [(1, "b"), (2, "e"), (3, "a"), (3, "c"), (3, "d")]


def test_teams_of_the_same_average_share_a_rank() -> None:
    players = [Row("a", "A", 52, 0, "t1"), Row("b", "B", 104, 0, "t2"), Row("c", "C", 1, 0, "t2")]
    teams = board.rank(board.team_rows([("t1", "Un"), ("t2", "Deux")], players))
    assert [(t.rank, t.row.provisional) for t in teams] == [(1, 52), (1, 52)]


def test_a_large_team_has_no_head_start() -> None:
    players = [Row(str(n), "x", 10, 0, "big") for n in range(9)] + [Row("z", "z", 12, 0, "small")]
    teams = board.rank(board.team_rows([("big", "Big"), ("small", "Small")], players))
    assert [t.row.id for t in teams] == ["small", "big"]


def test_climbers_name_nobody_who_fell() -> None:
    before = board.rank([Row("a", "A", 9, 0), Row("b", "B", 5, 0)])
    now = board.rank([Row("a", "A", 9, 0), Row("b", "B", 20, 0)])
    assert board.climbers(before, now, 3) == [("B", 1)]


def test_a_taken_name_gets_a_number() -> None:
    assert nickname.make_free("Lila", {fold("lila"), fold("Lila 2")}) == "Lila 3"


def test_an_offer_fits(pack: Pack) -> None:
    dice = random.Random(7)
    offers = {nickname.offer(pack.nicknames, dice) for _ in range(100)}
    assert len(offers) > 50
    assert all(nickname.clean(name) == name for name in offers)


@pytest.mark.parametrize("typed", ["", "  ", "x", "x" * 25, "‮​", "!!"])
def test_impossible_names_are_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        nickname.clean(typed)


TOWER = "".join(map(chr, range(0x300, 0x30F)))


@pytest.mark.parametrize(
    "name",
    [
        *("Nguyễn Thị Ánh", "مُحَمَّد ٱللَّٰه", "הַשִּׁמְעוֹנִי", "श्रीकृष्ण मूर्ति", "น้ำผึ้ง สุริย์", "བསྒྲུབས"),
        *("Adébáyọ̀", "Łį́į́ʼ", "Zoë", "ক্ষিতীশ", "👩🏽‍🔧 Ana", "1️⃣ Bo"),
    ],
)
def test_a_name_of_any_writing_keeps_its_marks(name: str) -> None:
    for typed in (name, unicodedata.normalize("NFD", name)):
        composed = unicodedata.normalize("NFC", name).replace("\u200d", "")
        assert nickname.clean(typed) == composed


@pytest.mark.parametrize("letter", ["a", "Z", "ש", "ก", "क"])
@pytest.mark.parametrize("tower", [TOWER, "\u0301" * 15, "\u20dd" * 3, "\u0489" * 9])
def test_no_name_stands_over_the_lines_around_it(letter: str, tower: str) -> None:
    for text in (nickname.clean(f"{letter}{tower} b{tower}"), squeeze(f"x {tower}{letter}")):
        for bare in text.split():
            marks = [c for c in bare if unicodedata.category(c) in ("Mn", "Me")]
            assert len(marks) <= 2, bare
            assert len(marks) == len(set(marks))


@pytest.mark.parametrize(
    "name", ["merde", "M3RDE", "m e r d e", "mérdé", "meeerde", "le connard", "Sh1t", "f.u.c.k"]
)
def test_disguises_are_seen_through(name: str, pack: Pack) -> None:
    assert rude.is_rude(name, pack.rude)


@pytest.mark.parametrize(
    "name",
    [
        "Constance",
        "Conrad",
        "Pascal",
        "Cassandra",
        "Dickens",
        "Lila",
        "Bitume",
        "Niquet",
        "Scunthorpe",
        "Cucul la praline",
        "Concombre",
    ],
)
def test_decent_names_pass(name: str, pack: Pack) -> None:
    assert not rude.is_rude(name, pack.rude)
