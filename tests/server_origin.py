"""A process that has imported the game once, and becomes a server whenever it is asked to.

Imports are two thirds of a server's start; the tests start some three hundred. Each server is a
process of its own all the same, forked here before it has read a setting or opened a file.
Run as a program it reads one question a line: a place to start a server at, or a process's number.
"""

import gc
import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

LATER = ("game.serving.entry", "game.store.migrations")  # what only a command, or Alembic, loads


class Forked:
    """A server started here: what the tests use of a `Popen`."""

    def __init__(self, origin: "Origin", pid: int) -> None:
        self.origin = origin
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """What it ended with; None while it runs."""
        if self.returncode is None:
            self.returncode = self.origin.ask({"pid": self.pid})
        return self.returncode

    def wait(self, timeout: float) -> int:
        """What it ended with; raises TimeoutExpired."""
        until = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > until:
                raise subprocess.TimeoutExpired("serve", timeout)
            time.sleep(0.01)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class Origin:
    """The process that servers are forked from."""

    def __init__(self, command: str) -> None:
        self.lock = Lock()
        self.process = subprocess.Popen(
            [sys.executable, __file__, command],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, env: dict[str, str], log: Path) -> Forked:
        """A new server with these settings, which writes into that file."""
        return Forked(self, self.ask({"env": env, "log": str(log), "cwd": str(Path.cwd())}))

    def ask(self, question: dict[str, Any]) -> Any:
        """What it answers."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        with self.lock:
            self.process.stdin.write(json.dumps(question) + "\n")
            self.process.stdin.flush()
            return json.loads(self.process.stdout.readline())


@cache
def origin(command: str) -> Origin:
    """The one of this run; it ends with the run, whose end closes its input."""
    return Origin(command)


def _import_everything() -> None:
    from game.serving import async_patch

    async_patch.patch()  # as the command does it, before all else
    import game

    for module in pkgutil.walk_packages(game.__path__, "game."):
        if not module.name.startswith(LATER):
            importlib.import_module(module.name)
    gc.collect()
    gc.freeze()


def _become_server(command: str, question: dict[str, Any]) -> None:
    os.environ.clear()
    os.environ.update({"PSYCOPG_WAIT_FUNC": "wait_selector", **question["env"]})
    os.chdir(question["cwd"])
    out = os.open(question["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    for number in (1, 2):
        os.dup2(out, number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = [command, "serve"]
    from game.base import clock
    from game.cli import main

    importlib.reload(clock)  # its start is told by the settings
    if os.environ.get("PSEUDO"):
        from tests import pseudo

        pseudo.install()

    main()


def _start(command: str, question: dict[str, Any]) -> int:
    pid = os.fork()
    if not pid:
        try:
            _become_server(command, question)
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
    return pid


def _ended(pid: int) -> int | None:
    found, status = os.waitpid(pid, os.WNOHANG)
    return os.waitstatus_to_exitcode(status) if found else None


def _answer(command: str) -> None:
    gc.disable()
    _import_everything()
    for line in sys.stdin:
        question = json.loads(line)
        said = _ended(question["pid"]) if "pid" in question else _start(command, question)
        print(json.dumps(said), flush=True)


if __name__ == "__main__":
    _answer(sys.argv[1])
