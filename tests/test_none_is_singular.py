"""How many: in French none is singular, as one is; in English it is plural."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale, ngettext

from game.app import create_app
from game.base.config import load

SAID = ("personne est là", "personnes sont là")


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # eventlet's notice, as `serving.async_patch` does
        made = create_app(load(instance_dir=tmp_path, database_url=""), serving=False)
    with made.test_request_context():
        yield made
    made.extensions["sourcerie"].stop()


@pytest.mark.parametrize(
    ("lang", "count", "said"),
    [
        ("fr", 0, SAID[0]),
        ("fr", 1, SAID[0]),
        ("fr", 2, SAID[1]),
        ("en", 0, "people are here"),
        ("en", 1, "person is here"),
    ],
)
def test_the_form_follows_the_language(app: Flask, lang: str, count: int, said: str) -> None:
    with force_locale(lang):
        assert ngettext(*SAID, count) == said
        page = render_template_string("{{ ngettext(said[0], said[1], n) }}", said=SAID, n=count)
    assert page == said
