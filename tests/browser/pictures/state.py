"""One state of a surface: who goes where, and what is done there."""

from collections.abc import Callable
from typing import NamedTuple

import requests
from playwright.sync_api import Page


def nothing(_page: Page) -> None:
    """What is there at once."""


class State(NamedTuple):
    """What is pictured: `group` is a surface with its sizes, `do` what leads there from `path`."""

    group: str
    name: str
    path: str
    do: Callable[[Page], object] = nothing
    http: requests.Session = requests.Session()


def filled(**fields: str) -> Callable[[Page], None]:
    """Types into fields by their names."""

    def do(page: Page) -> None:
        for name, value in fields.items():
            page.locator(f"main [name={name}]").first.fill(value)

    return do


def sent(page: Page) -> None:
    """Sends the page's main form."""
    page.locator("main form .main-button, main form [type=submit]").first.click()
    page.wait_for_load_state()


def then(*steps: Callable[[Page], object]) -> Callable[[Page], None]:
    """One step after another."""

    def do(page: Page) -> None:
        for step in steps:
            step(page)

    return do
