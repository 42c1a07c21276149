"""Every screen of every kind of round is drawn, in each phase and language, without a gap."""

import re
from dataclasses import replace
from itertools import product

import pytest
from flask import Flask
from flask_babel import force_locale
from jinja2 import UndefinedError
from markupsafe import Markup

from game import content
from game.base import paths
from game.rules.registry import kinds
from game.rules.round import PHASES, Kind, Setting, Standing, Tally
from game.screens.data import (
    BoardRow,
    BoardShown,
    BriefShown,
    Notices,
    RoundShown,
    ScreenData,
    TeamRow,
    WorkshopShown,
)
from game.screens.render import render
from game.workshop.state import Counts
from tests.reading import seen_in
from tests.rules.conftest import setting_of

PACKS = content.load(paths.content())
AUDIENCES = ("phone", "projector", "remote")
PARTS = ("definition", "scope", "claim", "nominate")
# what a kind shows may hang on an option
OPTIONS = {
    "expert": [{"part": part} for part in PARTS],
    "quiz": [{"count": 1}, {"count": 5}],
    "spot": [{}, {"places": False}],
}
PLAYED = [(name, chosen) for name in sorted(kinds()) for chosen in OPTIONS.get(name, [{}])]
ROOMS = (0, 2, 12)  # players: nobody, so few that votes stay secret, many
BRIEF = BriefShown("Chef de chantier", ("a", "b", "c"), "Lyon", "Une équipe", "R-1", "chantier", "")


def answers(kind: Kind, where: Setting, players: int) -> list[Standing]:
    taken = [
        (n, kind.accept(where, {}, raw)) for n in range(players) for raw in kind.example(where, n)
    ]
    return [Standing(str(n), a.slot, n, f"{n}-{a.slot}", a.stored) for n, a in taken]


def rounds(kind: Kind, where: Setting, audience: str) -> list[RoundShown]:
    """A round in each phase, and revealed page by page for rooms of several sizes."""
    asked = kind.view(where, audience, None, Tally(2, 1, 1))
    waiting = RoundShown(
        *("r", kind.name, 1, 3, "", "waiting", 60, None, None, 0, 1, BRIEF, asked, where.points)
    )
    shown = [replace(waiting, phase=phase) for phase in PHASES[:-1]]
    shown += [
        replace(waiting, phase="open", closes_at=1),
        replace(waiting, phase="open", left_ms=9),
        replace(waiting, phase="open", brief=None),
        replace(waiting, phase="open", view=None, worth=None),
    ]
    for players in ROOMS:
        result = kind.settle(where, answers(kind, where, players)).result
        told = replace(waiting, phase="revealed", view=kind.view(where, audience, result, None))
        pages = kind.pages(where, result)
        shown += [replace(told, page=page, pages=pages) for page in range(pages)]
    return shown


def heading(page: str) -> str:
    """What the one heading of a page says."""
    (found,) = re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return re.sub(r"<[^>]+>", "", found).strip()


def screen(stage: str, round: RoundShown | None, board: BoardShown | None = None) -> ScreenData:
    workshop = WorkshopShown("w", "Atelier", "fr", "RNQQD", stage, True, "", "", 1, "")
    return ScreenData(
        *(workshop, "http://sourcerie.test/RNQQD", "sourcerie.test/RNQQD", Markup("<svg/>"), False),
        *(round, "", (), Counts(9, 8, 7, 6, 5), (), 0, (), board, Notices("a", "b")),
    )


@pytest.mark.parametrize(("name", "chosen"), PLAYED, ids=lambda value: str(value))
def test_every_screen_of_a_kind_is_drawn(app: Flask, name: str, chosen: dict[str, object]) -> None:
    kind = kinds()[name]
    for lang, audience in product(("fr", "en"), AUDIENCES):
        where = setting_of(PACKS[lang], name, **chosen)
        with app.test_request_context(), force_locale(lang):
            drawn = [
                (each, render(audience, screen("round", each)))
                for each in rounds(kind, where, audience)
            ]
        assert all(heading(page) for _each, page in drawn)  # although the round has no title
        if audience == "phone":
            assert all('data-me="team"' in page for _each, page in drawn), "whose team is whose"
        if audience != "remote":
            phases = {(each.phase, each.page): page for each, page in drawn if each.view}
            assert len(set(phases.values())) == len(phases), "two phases look the same"


@pytest.mark.parametrize("stage", ["draft", "lobby", "board", "podium", "ended"])
def test_every_screen_between_rounds_is_drawn(app: Flask, stage: str) -> None:
    rows = tuple(BoardRow(n, f"Nom {n}", "leaf", 9 - n) for n in (1, 2, 3))
    board = BoardShown(rows, (TeamRow(1, "Feuille", "leaf", 9, 3),), (("Nom 2", 1),), "confirmed")
    for lang, audience in product(("fr", "en"), AUDIENCES):
        with app.test_request_context(), force_locale(lang):
            assert heading(render(audience, screen(stage, None, board)))


def test_a_template_that_names_nothing_fails(app: Flask) -> None:
    template = app.jinja_env.from_string
    for slip in ("{{ nothing }}", "{% if show.nothing %}{% endif %}", "{{ show.nothing.more }}"):
        with pytest.raises(UndefinedError):
            template(slip).render(show=screen("lobby", None))


@pytest.mark.parametrize("name", sorted(kinds()))
def test_a_warm_up_says_so_everywhere(app: Flask, name: str) -> None:
    kind, where = kinds()[name], setting_of(PACKS["fr"], name)
    with app.test_request_context(), force_locale("fr"):
        for audience in AUDIENCES:
            for each in rounds(kind, where, audience)[1:3]:
                assert "sans points" not in render(audience, screen("round", each))
                warm = screen("round", replace(each, warm_up=True))
                assert "sans points" in render(audience, warm)


@pytest.mark.parametrize("part", PARTS)
def test_a_title_that_says_what_is_asked_stands_once(app: Flask, part: str) -> None:
    where = setting_of(PACKS["en"], "expert", part=part)
    with app.test_request_context(), force_locale("en"):
        for audience in ("phone", "projector"):
            for each in rounds(kinds()["expert"], where, audience):
                if each.view is None or each.phase == "waiting":
                    continue
                titled = replace(each, title=f"{each.view.question.upper()} ")  # type: ignore[attr-defined]
                page = render(audience, screen("round", titled))
                told = [line.upper() for line in seen_in(page)]
                assert told.count(titled.title.strip()) == 1, (audience, each.phase)


@pytest.mark.parametrize(("name", "chosen"), PLAYED, ids=lambda value: str(value))
def test_where_nobody_answered_no_naught_is_counted(
    app: Flask, name: str, chosen: dict[str, object]
) -> None:
    """Said as a person would: that there was none, and not 0 or 0 %."""
    kind = kinds()[name]
    where = setting_of(PACKS["fr"], name, **chosen)
    result = kind.settle(where, []).result
    for audience, page in product(("phone", "projector"), range(kind.pages(where, result))):
        view = kind.view(where, audience, result, None)
        told = RoundShown(
            *("r", name, 1, 3, "", "revealed", 60, None, None, page, 9, BRIEF, view, where.points)
        )
        with app.test_request_context(), force_locale("fr"):
            drawn = render(audience, screen("round", told))
        lines = seen_in(drawn)
        assert not [line for line in lines if re.match(r"0\b", line)], (audience, lines)
