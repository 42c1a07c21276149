"""Passwords: weak ones refused, the current one asked, guessing bounded, the owner never out."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from game.accounts import guesses, password
from game.base import aside as module
from game.base.aside import Aside
from game.base.refusal import Refusal
from game.live.real_thread import runner
from game.store.tables import AuditEntry, User
from tests.accounts.people import Person, person
from tests.desk.at_desk import desk_in
from tests.serving import Server, wait_until
from tests.waiting import STARTS

GOOD, OTHER = "une source claire", "trois cailloux gris"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("court", "password_short"),
        ("x" * 201, "password_short"),
        ("motdepasse123", "password_weak"),
        ("azertyuiop", "password_weak"),
        ("qsdfghjklm", "password_weak"),
        ("1234567890", "password_weak"),
        ("password2026", "password_weak"),
        ("abcabcabcabc", "password_weak"),
        ("aaaaaaaaaaaaaaaa", "password_weak"),
        ("Sourcerie2026", "password_weak"),
        ("ada.lovelace", "password_weak"),
        ("lovelace1985", "password_weak"),
        (GOOD, ""),
        ("xk3!pT9#qLw", ""),
    ],
)
def test_common_passwords_and_short_patterns_are_refused(typed: str, code: str) -> None:
    assert password.fault(typed, ("ada.lovelace@maison.fr", "Ada Lovelace")) == code


def test_no_hash_takes_no_password() -> None:
    kept = password.hash_of(GOOD)
    assert password.is_right(kept, GOOD)
    assert not password.is_right(kept, OTHER)
    assert not password.is_right("", "")
    assert not password.is_right("not a hash", GOOD)


def mail_of(who: Person) -> str:
    return who.get("/account").text.split('class="note">')[1].split("<")[0]


def with_password(server: Server) -> tuple[Person, str]:
    who = person(server, "recruiter")
    assert who.post("/account", {"name": "", "lang": "fr", "password": GOOD}).ok
    return who, mail_of(who)


def test_the_current_password_is_asked(server: Server) -> None:
    who, mail = with_password(server)
    form = {"name": "Ada", "lang": "fr", "password": OTHER}
    for current in ("", "une source trouble"):
        said = who.post("/account", {**form, "current": current})
        assert said.status_code == 422
        assert "mot de passe actuel" in said.text
    weak = who.post("/account", {**form, "password": "motdepasse123", "current": GOOD})
    assert weak.status_code == 422
    assert "quatre mots" in weak.text
    assert who.post("/account", {**form, "current": GOOD}).ok
    browser = Person(server)
    assert "/sign-in" in browser.post("/sign-in", {"mail": mail, "password": GOOD}).url
    assert "/sign-in" not in browser.post("/sign-in", {"mail": mail, "password": OTHER}).url


def test_guessing_is_bounded_and_the_owner_gets_in(server: Server) -> None:
    who, mail = with_password(server)
    who.post("/sign-out", {}, page="/account")
    thief = Person(server)
    page = thief.get("/sign-in")
    thief.token = page.text.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    codes = [
        thief.ask("POST", "/sign-in", mail=mail, password=f"{GOOD} {n}").status_code
        for n in range(13)
    ]
    assert codes.count(422) <= 10
    assert codes[-1] == 429
    assert thief.ask("POST", "/sign-in", mail=mail, password=GOOD).status_code == 429
    # in the browser that they know, and with a link, its owner is let in all the same
    assert "/sign-in" not in who.post("/sign-in", {"mail": mail, "password": GOOD}).url


def test_what_is_counted_together() -> None:
    tries = guesses.Guesses()
    assert sum(tries.allows("192.0.2.1", f"m{n}@x.fr") for n in range(100)) == 20
    assert sum(tries.allows(f"192.0.2.{n}", "m@x.fr") for n in range(2, 30)) == 10
    assert sum(tries.allows(f"198.51.100.{n}", f"n{n}@x.fr") for n in range(100)) <= 60
    assert sum(tries.allows("192.0.2.1", "m@x.fr", "a-known-browser") for _ in range(30)) == 10


def test_an_address_is_its_network() -> None:
    assert guesses.network("2001:db8::1") == guesses.network("2001:db8::ffff")
    assert guesses.network("2001:db8::1") != guesses.network("2001:db8:0:1::1")
    assert guesses.network("192.0.2.1") != guesses.network("192.0.2.2")
    assert guesses.network("") == guesses.network("nothing") == ""


def test_a_browser_is_known_for_its_own_mails_only() -> None:
    held = guesses.remember(None, "secret of this test", "Ada@maison.fr")
    assert guesses.browser_of(held, "secret of this test", " ada@maison.fr")
    assert not guesses.browser_of(held, "secret of this test", "bob@maison.fr")
    assert not guesses.browser_of("forged:card", "secret of this test", "ada@maison.fr")
    assert "maison" not in held
    for n in range(10):
        held = guesses.remember(held, "secret of this test", f"{n}@maison.fr")
    assert len(held.split()) == guesses.MOST_KNOWN


def test_one_job_at_a_time_and_few_wait() -> None:
    aside = Aside(runner("threading"))
    go = threading.Event()
    done: list[int] = []
    refused: list[str] = []

    def ask(n: int) -> None:
        try:
            done.append(aside(lambda: n if go.wait(60) else -1))
        except Refusal as refusal:
            refused.append(refusal.code)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(module.MOST + 3)]
    for thread in threads:
        thread.start()
    wait_until(lambda: len(refused) == 3)
    go.set()
    for thread in threads:
        thread.join(60)
    assert refused == ["busy"] * 3
    assert len(done) == module.MOST


PROOF = """
import eventlet
eventlet.monkey_patch()
from eventlet import patcher
from game.base.aside import Aside
from game.live.real_thread import runner
from game.store.tables import AuditEntry
gate = patcher.original("threading").Event()
eventlet.spawn_after(0.01, gate.set)  # only a loop that goes on can open the gate
print(Aside(runner("eventlet"))(gate.wait, 60))
"""


def test_the_loop_goes_on_meanwhile() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PROOF],
        capture_output=True,
        text=True,
        timeout=STARTS,
    )
    assert done.stdout.strip() == "True", done.stderr


def test_no_page_computes_a_password_where_players_are_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: dict[str, int] = {}

    def noted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any) -> Any:
            assert threading.get_native_id() != here, name
            done[name] = done.get(name, 0) + 1
            return real(*args)

        return run

    here = threading.get_native_id()
    for name in ("hash_of", "is_right", "fault"):
        monkeypatch.setattr(password, name, noted(name, getattr(password, name)))
    with desk_in(tmp_path / "instance") as desk:
        client, id = desk.person()
        mail = desk.read(lambda s: s.get_one(User, id).mail)
        form = {"name": "", "lang": "fr"}
        client.post("/account", data={**form, "password": GOOD})
        client.post("/account", data={**form, "password": OTHER, "current": GOOD})
        monkeypatch.setattr(password, "is_outdated", lambda kept: True)
        answer = desk.app.test_client().post("/sign-in", data={"mail": mail, "password": OTHER})
        assert answer.status_code == 302
    assert done == {"hash_of": 3, "is_right": 2, "fault": 2}


def test_a_right_password_of_a_disabled_account_is_a_failure(server: Server) -> None:
    who, mail = with_password(server)
    admin = server.admin()
    admin.post(f"/users/{who.user_id}/disable", {}, page="/users")
    refused = Person(server).post("/sign-in", {"mail": mail, "password": GOOD})
    assert refused.status_code == 422
    store = server.store()
    with store.session() as s:
        rows = s.query(AuditEntry).filter_by(action="sign_in_failed").all()
    store.close()
    assert [row.user_id for row in rows] == [who.user_id]
