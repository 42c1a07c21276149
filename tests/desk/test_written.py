"""Days, times and shares as the reader writes them, by the house's clock."""

import re
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale

from game.app import create_app
from game.base.config import load
from game.base.days import day_of, live_in, local
from game.web import written

JUST_BEFORE_MIDNIGHT_IN_LONDON = int(datetime(2026, 7, 14, 22, 30, tzinfo=UTC).timestamp() * 1000)


def made(place: Path, **given: str) -> Flask:
    settings = load(instance_dir=place, database_url="", **given)
    settings = settings.model_copy(update={"async_mode": "threading", "wire": "stock"})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return create_app(settings, serving=False)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = made(tmp_path_factory.mktemp("written"))
    yield app
    app.extensions["sourcerie"].stop()


@pytest.mark.parametrize(
    ("lang", "day", "later", "moment", "share"),
    [
        ("fr", "3 déc. 2026", "15 juil. 2026", "15 juil. 2026, 00:30", "50\u202f%"),
        ("en", "3 Dec 2026", "15 Jul 2026", "15 Jul 2026, 00:30", "50%"),
    ],
)
def test_each_language_has_its_ways(
    app: Flask, lang: str, day: str, later: str, moment: str, share: str
) -> None:
    with app.test_request_context(), force_locale(lang):
        assert written.day(date(2026, 12, 3)) == day
        assert written.day(JUST_BEFORE_MIDNIGHT_IN_LONDON) == later
        assert written.moment(JUST_BEFORE_MIDNIGHT_IN_LONDON) == moment
        assert written.percent(50).replace("\u00a0", "\u202f") == share
        assert written.day(None) == written.moment(None) == "–"


def test_the_clock_is_the_house_s(tmp_path: Path) -> None:
    app = made(tmp_path, time_zone="America/Montreal")
    try:
        assert local(JUST_BEFORE_MIDNIGHT_IN_LONDON).hour == 18
        assert day_of(JUST_BEFORE_MIDNIGHT_IN_LONDON) == date(2026, 7, 14)
        live_in("Europe/Paris")
        assert day_of(JUST_BEFORE_MIDNIGHT_IN_LONDON) == date(2026, 7, 15)
    finally:
        live_in("Europe/Paris")
        app.extensions["sourcerie"].stop()


FOR_SCRIPTS = re.compile(r'data-[a-z-]+="\{\{[^}]*\}\}"')  # shown to nobody


def test_no_page_shows_a_date_as_databases_write_it() -> None:
    pages = (Path(__file__).parents[2] / "templates").rglob("*.html")
    raw = ("informed_at }}", "inform_by }}", "held_on }}", "_at }}", ".at }}")
    told = {page: FOR_SCRIPTS.sub("", page.read_text(encoding="utf-8")) for page in pages}
    assert not [page for page, text in told.items() if any(one in text for one in raw)]
