"""Sign-ins: ended for good, wherever a copy of their cookie is."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from game.accounts.sign_in import device
from game.live.commands import COMMANDS
from game.store.tables import AuditEntry, SignIn
from tests.accounts.people import Person, person, things
from tests.databases import postgres
from tests.reading import words_of
from tests.serving import Phone, Remote, Server, Staff, wait_until

HOUR_MS = 3_600_000


def copy_of(who: Staff) -> Person:
    """Another browser with the same cookies."""
    made = Person(who.server)
    made.http.cookies.update(who.http.cookies)
    return made


def is_in(who: Staff) -> bool:
    return "/sign-in" not in who.get("/account").url


def change_rows(server: Server, change: Callable[[Session], object]) -> None:
    store = server.store()
    with Session(store.writing) as s:
        change(s)
        s.commit()
    store.close()


def test_a_copied_cookie_ends_with_the_sign_out(server: Server) -> None:
    who = person(server, "recruiter")
    thief = copy_of(who)
    assert is_in(thief)
    who.post("/sign-out", {}, page="/account")
    assert not is_in(thief)
    assert not is_in(who)


def test_a_new_password_ends_every_copy_and_every_other_browser(server: Server) -> None:
    who = person(server, "recruiter")
    thief = copy_of(who)
    form = {"name": "Ada", "lang": "fr", "password": "une source claire"}
    assert "enregistré" in who.post("/account", form).text
    assert is_in(who)
    assert not is_in(thief)


def test_a_sign_in_ends_after_twelve_hours(server: Server) -> None:
    who = person(server, "admin")
    made = things(server, who.user_id, who.user_id)
    for hours, still in ((11, True), (1, False)):  # in all
        earlier = {"started_at": SignIn.started_at - hours * HOUR_MS}
        change_rows(server, lambda s, earlier=earlier: s.query(SignIn).update(earlier))
        assert is_in(who) is still
    with pytest.raises(Exception, match=r"rejected|refused|connect"):
        Remote(who, {"id": made.workshop_id})


def test_a_disabled_users_open_remote_commands_nothing(server: Server, staff: Staff) -> None:
    who = person(server, "facilitator")
    made = things(server, who.user_id, who.user_id)
    remote = Remote(who, {"id": made.workshop_id})
    assert remote.do("lock")["ok"]
    wire = remote.wire
    version = wire.call("sync", {})["v"]
    staff.post(f"/users/{who.user_id}/disable", {}, page="/users")
    for name in COMMANDS:
        if wire.client is None or not wire.client.connected:
            break
        try:
            said = wire.call("command", {"do": name, "v": version, "player": "x"})
        except Exception:
            break  # cut meanwhile
        assert said["error"]["code"] == "signed_out", name
    wait_until(lambda: {"reason": "signed_out"} in wire.all("bye"))
    wait_until(lambda: wire.client is not None and not wire.client.connected)
    assert not is_in(who)


def test_a_dismissed_helpers_remote_is_cut(server: Server) -> None:
    owner, helper = person(server, "facilitator"), person(server, "facilitator")
    made = things(server, owner.user_id, helper.user_id)
    remote = Remote(helper, {"id": made.workshop_id})
    mine = Remote(owner, {"id": made.workshop_id})
    assert remote.do("lock")["ok"]
    path = f"/workshops/{made.workshop_id}/helpers/{helper.user_id}/dismiss"
    assert owner.ask("POST", path).status_code == 302
    wait_until(lambda: {"reason": "signed_out"} in remote.wire.all("bye"))
    assert mine.do("unlock")["ok"]
    mine.wire.close()


def test_others_remotes_are_refused(server: Server) -> None:
    owner, other = person(server, "facilitator"), person(server, "facilitator")
    made = things(server, owner.user_id, owner.user_id)
    with pytest.raises(Exception, match=r"rejected|refused|connect"):
        Remote(other, {"id": made.workshop_id})


def test_the_account_lists_sign_ins_and_ends_them(server: Server, staff: Staff) -> None:
    who = person(server, "recruiter")
    form = {"name": "Ada", "lang": "fr", "password": "une source claire"}
    who.post("/account", form)
    mail = who.get("/account").text.split('class="note">')[1].split("<")[0]
    others = [Person(server) for _ in range(2)]
    for other in others:
        other.http.headers["User-Agent"] = "Mozilla/5.0 (Windows NT 10.0) Firefox/141.0 secret"
        other.post("/sign-in", {"mail": mail, "password": "une source claire"})
        assert is_in(other)
    shown = who.get("/account").text
    assert shown.count("Firefox, Windows") == 2
    assert "141" not in words_of(shown)
    ids = re.findall(r'name="sign_in" value="(\w+)"', shown)
    assert len(ids) == 2
    staff.post("/account/sign-ins/end", {"sign_in": ids[0]}, page="/account")
    assert all(is_in(other) for other in others)  # nobody ends another's
    who.post("/account/sign-ins/end", {"sign_in": ids[0]}, page="/account")
    assert sorted(is_in(other) for other in others) == [False, True]
    who.post("/account/sign-ins/end", {}, page="/account")
    assert not any(is_in(other) for other in others)
    assert is_in(who)


def test_who_signs_out_stays_the_player_they_are(server: Server) -> None:
    who = person(server, "admin")
    phone = Phone(server, who.demo())
    phone.http.cookies.update(who.http.cookies)
    phone.play()
    who.http.cookies.update(phone.http.cookies)
    who.post("/sign-out", {}, page="/account")
    phone.http.cookies.clear()
    phone.http.cookies.update(who.http.cookies)
    assert phone.reconnect().me()["nickname"] == phone.nickname
    phone.wire.close()


def test_signing_in_and_out_leaves_a_trace(server: Server) -> None:
    who = person(server, "recruiter")
    who.post("/account", {"name": "", "lang": "fr", "password": "une source claire"})
    mail = who.get("/account").text.split('class="note">')[1].split("<")[0]
    Person(server).post("/sign-in", {"mail": mail, "password": "une source trouble"})
    Person(server).post("/sign-in", {"mail": "nobody@maison.fr", "password": "une source"})
    who.post("/sign-out", {}, page="/account")
    store = server.store()
    with store.session() as s:
        rows = s.query(AuditEntry).order_by(AuditEntry.at).all()
        own = (row.action for row in rows if row.user_id == who.user_id)
        mine = [action for action in own if action != "leads_listed"]  # the page one comes to
        failed = [row.user_id for row in rows if row.action == "sign_in_failed"]
        assert not any("@" in str(row.detail) for row in rows)
    store.close()
    assert mine == ["signed_in", "password_changed", "sign_in_failed", "signed_out"]
    assert sorted(failed, key=str) == sorted([who.user_id, None], key=str)


def test_the_same_on_postgres(tmp_path: Path) -> None:
    with postgres() as url:
        server = Server(tmp_path, DATABASE_URL=url).start()
        try:
            test_a_new_password_ends_every_copy_and_every_other_browser(server)
            test_a_sign_in_ends_after_twelve_hours(server)
            test_a_dismissed_helpers_remote_is_cut(server)
            test_the_account_lists_sign_ins_and_ends_them(server, server.admin())
            test_signing_in_and_out_leaves_a_trace(server)
        finally:
            server.kill()


@pytest.mark.parametrize(
    ("agent", "said"),
    [
        (
            "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Firefox, Linux",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140", "Edge, Windows"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_browser_is_recognised_by_its_family_only(agent: str, said: str) -> None:
    assert device(agent) == said
