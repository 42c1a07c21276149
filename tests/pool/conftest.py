"""A house whose notice is published, for guests and for what they type."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from tests.pool.guests import empty
from tests.privacy.pages import application, game_of
from tests.published import publish_notice


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with application(Path(tmp_path_factory.mktemp("guests"))) as made:
        game_of(made).writer.write(publish_notice)
        yield made


@pytest.fixture
def app(running: Flask) -> Flask:
    """With nobody in its pool."""
    game_of(running).writer.write(empty)
    return running
