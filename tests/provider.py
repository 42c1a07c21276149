"""A real provider of identities (OpenID Connect) of a test's own, in a process of its own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import requests

from tests.waiting import LONG, free_port, wait_until


def _answers(url: str) -> bool:
    try:
        return requests.get(f"{url}/jwks", timeout=LONG).ok
    except requests.RequestException:
        return False


@contextmanager
def oidc_provider() -> Iterator[str]:
    """Its address, which is the issuer that it names itself."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, env={**os.environ, "NO_COLOR": "1"}, **quiet)
    try:
        wait_until(lambda: _answers(url))
        yield url
    finally:
        process.kill()
        process.wait()


def knows(url: str, subject: str, **claims: object) -> None:
    """Has the provider know somebody, by a mail that it verified unless it says otherwise.

    With `email_verified=None` it is silent about it.
    """
    told = {"email_verified": True, **claims} if "email" in claims else claims
    said = {name: value for name, value in told.items() if value is not None}
    assert requests.put(f"{url}/users/{subject}", json=said, timeout=LONG).ok


def come_back(address: str, subject: str, **more: str) -> dict[str, str]:
    """What somebody who signed in there is sent back with."""
    sent = requests.post(
        address, data={"sub": subject, **more}, allow_redirects=False, timeout=LONG
    )
    asked = parse_qs(urlsplit(sent.headers["Location"]).query)
    return {name: values[0] for name, values in asked.items()}
