"""An application to draw screens with, and the screens of every kind of round."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from game.app import create_app
from game.base.config import load


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    home: Path = tmp_path_factory.mktemp("screens")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # eventlet's notice, as `serving.async_patch` does
        made = create_app(load(instance_dir=home, database_url=""), serving=False)
    yield made
    made.extensions["sourcerie"].stop()
