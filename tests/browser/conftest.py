"""A real browser for the tests of this folder."""

import shutil
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.posting import SENDER
from tests.serving import Server
from tests.smtp import Post, smtp_server
from tests.waiting import LONG

QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
expect.set_options(timeout=LONG * 1_000)


def program() -> str:
    """Where the browser is."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))))


def patient(opens: Callable[..., Any]) -> Callable[..., Any]:
    """What waits for a thing on the page waits as long as whoever expects one."""

    @wraps(opens)
    def opened(**wishes: Any) -> Any:
        made = opens(**wishes)
        made.set_default_timeout(LONG * 1_000)
        return made

    return opened


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One a process of the tests: a start of it takes as long as a page of a test."""
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=program(), args=list(QUIET))
        for opens in ("new_context", "new_page"):
            setattr(made, opens, patient(getattr(made, opens)))
        yield made
        made.close()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """A browser that nobody has used: what a test opened is gone after it."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture
def post() -> Iterator[Post]:
    """A real SMTP server of this test's own."""
    with smtp_server() as made:
        yield made


@pytest.fixture
def sending(tmp_path: Path, post: Post) -> Iterator[Server]:
    """A server whose letters go there."""
    made = Server(tmp_path, SMTP_URL=post.url, MAIL_FROM=SENDER).start()
    yield made
    made.kill()
