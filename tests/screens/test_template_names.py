"""Templates read what their screens are given, and nothing else."""

import typing
from dataclasses import fields

import pytest
from flask import Flask
from jinja2 import DictLoader, Environment

from game.rules.registry import kinds, points_model
from game.rules.view import View
from game.screens.data import RoundShown, ScreenData
from tests.screens.template_types import Reader

STAGES = ("lobby", "round", "board", "podium", "ended")
SCREENS = (
    "remote/screen.html",
    *(f"{surface}/{stage}.html" for surface in ("phone", "projector") for stage in STAGES),
)


def view_of(kind: str) -> type[View]:
    found: type[View] = typing.get_type_hints(kinds()[kind].view)["return"]
    return found


def read(app: Flask, kind: str) -> Reader:
    """Every screen of a kind, followed through."""
    known = {(RoundShown, "view"): view_of(kind), (RoundShown, "worth"): points_model()}
    reader = Reader(app.jinja_env, kind, known)
    for name in SCREENS:
        reader.template(name, {"show": ScreenData})
    return reader


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_templates_read_what_a_view_has(app: Flask, kind: str) -> None:
    assert read(app, kind).faults == set()


@pytest.mark.parametrize("kind", sorted(kinds()))
def test_a_view_has_what_templates_read(app: Flask, kind: str) -> None:
    """A field that no template reads would go stale unseen; some are the desk's."""
    view = view_of(kind)
    assert view is not View
    assert {f.name for f in fields(view)} - {n for of, n in read(app, kind).read if of is view} <= {
        "table",
        "drafts",
        "findings",
        "texts",  # the remote's, from the close on
    }


@pytest.mark.parametrize(
    "slip",
    [
        "{{ show.round.view.promts }}",
        "{% set view = show.round.view %}{{ view.prompts[0].txt }}",
        "{% for p in show.round.view.prompts[:2] %}{{ p.txt }}{% endfor %}",
        "{% if show.round.view.result and show.round.view.result.lead %}{% endif %}",
        "{% include 'inner' %}",
        "{% from 'macros' import line with context %}{{ line(show.round.view.result) }}",
        "{% from 'macros' import line %}{% call line(told=show.round.view.result) %}{% endcall %}",
    ],
)
def test_a_slip_is_found(slip: str) -> None:
    sources = {
        "page": slip,
        "inner": "{{ show.round.fase }}",
        "macros": "{% macro line(told) %}{{ told.famillies }}{% endmacro %}",
    }
    env = Environment(loader=DictLoader(sources), autoescape=True)
    reader = Reader(env, "recommend", {(RoundShown, "view"): view_of("recommend")})
    reader.template("page", {"show": ScreenData})
    assert len(reader.faults) == 1
