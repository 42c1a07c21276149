"""Everything on the projector is on the phone as text, state by state."""

import html
import re
from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import force_locale

from game.rules.registry import kinds
from game.screens.data import Dressed, RoundShown
from game.screens.render import render
from game.workshop.yielded import Counted, Yielded
from tests.rules.conftest import setting_of
from tests.screens.test_every_screen import (
    BRIEF,
    PACKS,
    PLAYED,
    BoardRow,
    BoardShown,
    TeamRow,
    answers,
    rounds,
    screen,
)

# what the room is told together, and each player in their own words
SAID_OTHERWISE = {
    "Garder ou passer ? Et qu’est-ce qui a décidé ?": "Qu’est-ce qui a décidé ?",
    "Lequel te ferait ouvrir l’annonce ?": "Sur lequel cliques-tu ?",
    "On compte. La suite dans un instant.": "C’est clos.",
    "Votre téléphone garde tout.": "tu retrouveras tout.",
    "Merci à toutes et à tous": "L’atelier est fini. Merci.",
    "Chaque piste va être regardée, et chaque personne prévenue. "
    "Vos points confirmés seront sur vos téléphones.": "Tes points provisoires deviennent sûrs",
    "Aucun nom ne vient sur cet écran.": "Seuls toi et le recrutement verrez les noms.",
    "Pourquoi elle, en une phrase": "En une phrase",
    "Ce que deviennent vos données": "Ce que deviennent tes données",
    "Personne ne le voit tant que la personne nommée n’a pas accepté.": "elle n’a pas accepté",
}
APART = "|".join(
    (
        r'<(aside|p) class="(?:corner|(?:stage-foot )?live-counts|wifi)".*?</\1>',
        r'<svg.*?</svg>|<span class="(?:letter|sr|number rank)".*?</span>',
    )
)
TEXT = re.compile(r">([^<]+)<")


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", html.unescape(text)).strip()


def told(page: str) -> list[str]:
    """The lines of a projector's screen, without the way in, counts that grow, and drawings."""
    page = re.sub(APART, "", page, flags=re.DOTALL)
    return [line for line in map(plain, TEXT.findall(page)) if re.search(r"\w", line)]


def lacking(projector: str, phone: str) -> list[str]:
    there = plain(re.sub(r"<[^>]*>", " ", re.sub(r"<svg.*?</svg>", "", phone, flags=re.DOTALL)))
    return [
        line
        for line in told(projector)
        if line not in there and SAID_OTHERWISE.get(line, line) not in there
    ]


@pytest.mark.parametrize(("name", "chosen"), PLAYED, ids=lambda value: str(value))
def test_each_phase_of_a_round(app: Flask, name: str, chosen: dict[str, object]) -> None:
    where = setting_of(PACKS["fr"], name, **chosen)
    with app.test_request_context(), force_locale("fr"):
        for shown, mine in zip(
            rounds(kinds()[name], where, "projector"),
            rounds(kinds()[name], where, "phone"),
            strict=True,
        ):
            if shown.view is None:
                continue
            drawn = [render(at, screen("round", it)) for at, it in _both(shown, mine)]
            assert lacking(*drawn) == [], (shown.phase, shown.page)


def _both(shown: RoundShown, mine: RoundShown) -> list[tuple[str, RoundShown]]:
    return [("projector", shown), ("phone", mine)]


@pytest.mark.parametrize("stage", ["lobby", "board", "podium", "ended", "break", "data"])
def test_each_screen_between_rounds(app: Flask, stage: str) -> None:
    rows = tuple(BoardRow(n, f"Nom {n}", "leaf", 99 - n, n + 2) for n in range(1, 9))
    teams = tuple(TeamRow(n, f"Équipe {n}", "leaf", 9 - n, 3) for n in (1, 2, 3))
    board = BoardShown(rows, teams, (("Nom 2", 2),), "provisional")
    cover = stage if stage in ("break", "data") else ""
    shown = replace(
        screen("lobby" if cover else stage, None, board),
        dressed=Dressed(welcome="Bienvenue.", cover=cover, until=1, back_at="15:10"),
        yielded=Yielded(7, 3, 1, (Counted("École", 7),), (Counted(BRIEF.title, 7),)),
    )
    with app.test_request_context(), force_locale("fr"):
        drawn = [render(surface, shown) for surface in ("projector", "phone")]
    assert [line for line in lacking(*drawn) if stage != "lobby" or line == "Bienvenue."] == []


def test_the_examples_leave_something_to_compare(app: Flask) -> None:
    where = setting_of(PACKS["fr"], "spot")
    assert len(answers(kinds()["spot"], where, 12)) > 12
    with app.test_request_context(), force_locale("fr"):
        open_ = next(r for r in rounds(kinds()["spot"], where, "projector") if r.phase == "open")
        assert len(told(render("projector", screen("round", open_)))) > 3
