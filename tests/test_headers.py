"""The headers that protect answers, and the cookie that only https may bring."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.accounts.people import person, things
from tests.serving import LONG, Phone, Server

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@pytest.fixture
def safe(tmp_path: Path) -> Iterator[Server]:
    """A server that is reached over https, by a proxy that is not there."""
    made = Server(tmp_path, PUBLIC_URL="https://play.example.org").start()
    yield made
    made.kill()


def with_cookie(server: Server, path: str, name: str, value: str) -> requests.Response:
    headers = {"Cookie": f"{name}={value}"}
    return requests.get(server.url + path, headers=headers, timeout=LONG, allow_redirects=False)


def test_every_answer_is_protected_and_kept_by_nobody(server: Server) -> None:
    who = person(server, "admin")
    made = things(server, who.user_id, who.user_id)
    phone = Phone(server, who.demo())
    assert phone.join()["ok"]
    code = phone.workshop["code"]
    answers = [
        requests.get(f"{server.url}/{code}", timeout=LONG),
        requests.get(f"{server.url}/sign-in", timeout=LONG),
        requests.get(f"{server.url}/projector/{phone.workshop['key']}", timeout=LONG),
        phone.http.get(f"{server.url}/{code}", timeout=LONG),
        who.get("/account"),
        who.get(f"/desk/leads/{made.lead_id}"),
        who.ask("POST", "/desk/export/csv"),
        who.ask("POST", "/desk/export/xlsx"),
        who.get("/no/such/page"),
    ]
    for answer in answers:
        told = {name: answer.headers.get(name) for name in EVERYWHERE}
        assert told == EVERYWHERE, answer.url
        assert "camera=()" in answer.headers["Permissions-Policy"]
        assert "frame-ancestors" in answer.headers["Content-Security-Policy"]
        assert "Strict-Transport-Security" not in answer.headers  # this one is plain http


@pytest.mark.parametrize("path", ["/brand/0a7f8c0a7f8c.css", "/lexicon/fr.json"])
def test_what_anybody_may_keep_brings_nobodys_cookie(server: Server, path: str) -> None:
    http = requests.Session()
    http.post(f"{server.url}/lang/fr", timeout=LONG)  # the next answer writes the session anew
    answer = http.get(server.url + path, timeout=LONG)
    assert "public" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_over_https_the_cookie_is_bound_to_the_host(safe: Server) -> None:
    answer = requests.get(f"{safe.url}/sign-in", timeout=LONG)
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-sourcerie=")
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"secure", "httponly", "path=/", "samesite=lax"} <= parts
    assert not any(part.startswith("domain") for part in parts)


def test_a_player_from_before_https_stays_one_and_staff_sign_in_anew(tmp_path: Path) -> None:
    plain = Server(tmp_path).start()
    who = person(plain, "admin")
    phone = Phone(plain, who.demo())
    assert phone.join()["ok"]
    card = f"player-{phone.workshop['id']}"
    player, signed_in = str(phone.http.cookies[card]), str(who.http.cookies["sourcerie"])
    plain.kill()
    safe = Server(tmp_path, PUBLIC_URL="https://play.example.org").start()
    try:
        shown = with_cookie(safe, f"/{phone.workshop['code']}", card, player)
        assert phone.nickname in shown.text
        bound = with_cookie(safe, f"/{phone.workshop['code']}", f"__Host-{card}", player)
        assert phone.nickname in bound.text
        assert with_cookie(safe, "/workshops", "sourcerie", signed_in).status_code == 302
        bound = with_cookie(safe, "/workshops", "__Host-sourcerie", signed_in)
        assert bound.status_code == 200
    finally:
        safe.kill()
