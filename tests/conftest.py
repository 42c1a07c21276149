"""Fixtures that all tests share: real servers, real sockets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import Remote, Server, Staff


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
