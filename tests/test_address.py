"""Which origins may speak to us, behind whatever proxy."""

from typing import Any

import pytest

from game.base.address import is_ours, origin
from game.base.config import Settings

PUBLIC = "https://play.example.org"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://Play.Example.org:443/ABCD", "https://play.example.org"),
        ("http://play.example.org:80", "http://play.example.org"),
        ("http://play.example.org:443", "http://play.example.org:443"),
        ("http://[::1]:8000/x", "http://[::1]:8000"),
        ("https://[FE80::1]", "https://[fe80::1]"),
        ("null", ""),
        ("", ""),
        ("file:///etc", ""),
        ("https://play.example.org:no", ""),
        ("https://[::1", ""),
        ("https://", ""),
    ],
)
def test_an_origin_is_as_browsers_write_it(url: str, said: str) -> None:
    assert origin(url) == said


def sent(host: str, scheme: str = "http", **more: str) -> dict[str, Any]:
    return {"HTTP_HOST": host, "wsgi.url_scheme": scheme, **more}


@pytest.mark.parametrize(
    "environ",
    [
        sent("play.example.org"),  # X-Forwarded-Proto is missing
        sent("play.example.org:443"),  # and the port is said
        sent("play.example.org:443", "https"),
        sent("10.0.0.7:8000"),  # the proxy calls us by our inner name
        {},
    ],
)
def test_the_origin_of_the_public_address_always_may(environ: dict[str, Any]) -> None:
    settings = Settings(public_url=PUBLIC + ":443/")
    assert is_ours(settings, PUBLIC, environ)
    for other in ("https://play.example.com", "http://play.example.org", "null", "", None):
        ours = other == "http://play.example.org" and environ.get("wsgi.url_scheme") == "http"
        if not (ours and environ["HTTP_HOST"] == "play.example.org"):
            assert not is_ours(settings, other, environ), other


@pytest.mark.parametrize(
    ("asked", "environ"),
    [
        ("http://192.168.1.7:8000", sent("192.168.1.7:8000")),
        ("https://host", sent("host:443", "https")),
        ("https://host", sent("host:443", HTTP_X_FORWARDED_PROTO="https")),
        (
            "https://host",
            sent("inner", HTTP_X_FORWARDED_PROTO="https", HTTP_X_FORWARDED_HOST="host"),
        ),
        ("http://HOST", sent("host:80")),
    ],
)
def test_so_may_the_one_that_was_asked_for(asked: str, environ: dict[str, Any]) -> None:
    assert is_ours(Settings(public_url=""), asked, environ)
    assert not is_ours(Settings(public_url=""), "https://elsewhere.example", environ)
