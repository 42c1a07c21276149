"""Processor time is told where it was measured, and said not to be measured where it was not."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import httpx
import psutil
import pytest

from game.helpers import processor
from game.helpers.make import by_rules, with_model
from game.helpers.processor import Watch, timed
from tests.helpers.test_endpoint import GIVEN, TASK, endpoint
from tests.helpers.test_endpoint import models as models
from tests.model_server import Models

SPENT = 0.3  # seconds of processor that each answer takes, by the process's own clock
SERVER = """
import http.server, subprocess, sys, time
SPEND = "import time\\nwhile time.process_time() < float({0!r}): pass"
child = None
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        until = time.process_time() + float(sys.argv[1])
        while time.process_time() < until: pass
        if "child" in sys.argv:
            global child
            spend = SPEND.format(sys.argv[1]) + "\\nprint(1, flush=True)\\ntime.sleep(600)"
            child = subprocess.Popen([sys.executable, "-c", spend], stdout=subprocess.PIPE)
            child.stdout.readline()
        self.send_response(204)
        self.end_headers()
    def log_message(self, *_): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.handle_request()
sys.stdin.readline()
if child: child.kill(), child.wait()
"""


@contextmanager
def spending(*more: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """A server of a process of its own, whose answer takes SPENT of processor."""
    asked = [sys.executable, "-c", SERVER, str(SPENT), *more]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(asked, text=True, **pipes) as server:
        assert server.stdout
        try:
            yield f"http://127.0.0.1:{int(server.stdout.readline())}/v1", server
        finally:
            server.communicate("over\n")


@pytest.mark.parametrize("more", [(), ("child",)])
def test_what_a_server_on_this_machine_used_is_measured_with_its_children(
    more: tuple[str, ...],
) -> None:
    with spending(*more) as (url, _server):
        watch = Watch.of(url)
        httpx.get(url, trust_env=False, timeout=60)
        used = watch.millis()
        assert used is not None
        assert used >= 1000 * SPENT * (2 if more else 1) - 30  # the system counts in hundredths


def test_a_server_that_is_another_by_now_was_not_measured() -> None:
    with spending() as (url, server):
        watch = Watch.of(url)
        server.kill()
        server.wait()
        assert watch.millis() is None


def _listener(pid: int | None) -> Any:
    at = SimpleNamespace(ip="127.0.0.1", port=9)
    return SimpleNamespace(status=psutil.CONN_LISTEN, laddr=at, pid=pid)


@pytest.mark.parametrize("found", [[], [_listener(None)], psutil.AccessDenied(1)])
def test_a_process_that_may_not_be_read_was_not_measured(
    monkeypatch: pytest.MonkeyPatch, found: Any
) -> None:
    def rows(_kind: str) -> Any:
        if isinstance(found, Exception):
            raise found
        return found

    monkeypatch.setattr(psutil, "net_connections", rows)
    assert Watch.of("http://127.0.0.1:9/v1").before is None
    assert Watch.of("http://127.0.0.1:9/v1").millis() is None


def test_who_only_passes_on_and_who_is_elsewhere_were_not_measured(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with spending() as (url, _server):
        assert Watch.of(url).millis() is not None
        monkeypatch.setattr(psutil.Process, "name", lambda _: "docker-proxy")
        assert Watch.of(url).millis() is None
        httpx.get(url, trust_env=False, timeout=60)
    monkeypatch.setattr(processor, "_is_here", lambda _: False)
    monkeypatch.setattr(psutil, "net_connections", lambda _: pytest.fail("it was looked for here"))
    assert Watch.of("http://127.0.0.1:9/v1").before is None


def test_rules_tell_what_they_took_and_a_model_what_its_server_did(models: Models) -> None:
    def spend() -> str:
        began = processor.time.thread_time()
        while processor.time.thread_time() < began + 0.05:
            pass
        return "done"

    said, micros = timed(spend)
    assert (said, micros >= 50_000) == ("done", True)
    assert by_rules(TASK, GIVEN).cpu is not None
    assert with_model(TASK, GIVEN, endpoint(models), "petit").cpu is not None
    models.url = "http://127.0.0.1:9/v1"  # where nobody listens
    made = with_model(TASK, GIVEN, endpoint(models), "petit")
    assert (made.why, made.cpu) == ("unreachable", None)
