"""Fixtures that all tests share: real servers, real sockets."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from game.base.config import Settings
from game.base.days import live_in
from game.store.engine import Store
from tests.databases import opened, postgres
from tests.serving import Remote, Server, Staff

# a busy machine is no fault, neither in a test nor in the making of its examples
slow = [HealthCheck.too_slow]
settings.register_profile("unhurried", deadline=None, suppress_health_check=slow)
settings.load_profile("unhurried")
# the tests live where their servers do: near midnight their day is the same
live_in(Settings.model_fields["time_zone"].default)
ROOT = Path(__file__).parent.parent
FRONT = ("static/css", "static/js", "static/rounds", "static/icons", ".ci/build.mjs")


def _changed(place: Path) -> float:
    return max(part.stat().st_mtime for part in (place, *place.rglob("*")))


def pytest_configure(config: pytest.Config) -> None:
    """What browsers are given is built, once, of what stands in `static` now, as `make` does."""
    made = ROOT / "static/built/manifest.json"
    since = made.stat().st_mtime if made.exists() else 0.0
    if not hasattr(config, "workerinput") and any(_changed(ROOT / f) > since for f in FRONT):
        subprocess.run(["bash", ".ci/node", "node", ".ci/build.mjs"], cwd=ROOT, check=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files whose tests may take long start first: none goes on alone at the end."""
    most: dict[Path, float] = {}
    for item in items:
        mark = item.get_closest_marker("timeout")
        most[item.path] = max(most.get(item.path, 0), mark.args[0] if mark else 0)
    items.sort(key=lambda item: -most[item.path])


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of an empty PostgreSQL database, as SQLAlchemy wants it."""
    with postgres() as address:
        yield address.replace("postgresql://", "postgresql+psycopg://")


@pytest.fixture(params=["sqlite", "postgresql"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database of each sort; PostgreSQL's is the module's, SQLite's is new."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("address"))
    return f"sqlite:///{tmp_path / 'x.db'}"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty SQLite database of this test's own."""
    with opened(f"sqlite:///{tmp_path / 'x.db'}") as made:
        yield made


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A server of this test's own."""
    made = Server(tmp_path).start()
    yield made
    if made.process and made.process.poll() is None:
        made.kill()


@pytest.fixture
def staff(server: Server) -> Staff:
    """The first administrator, signed in."""
    return server.admin()


@pytest.fixture
def workshop(staff: Staff) -> dict[str, str]:
    """A demonstration workshop, its lobby open."""
    return staff.demo()


@pytest.fixture
def remote(staff: Staff, workshop: dict[str, str]) -> Iterator[Remote]:
    """The remote of that workshop."""
    made = Remote(staff, workshop)
    yield made
    made.wire.close()
