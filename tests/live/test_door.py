"""The door: clashes, rude names, locks, late joiners, identities, teams, another phone."""

import re
from collections import Counter

import pytest
import requests

from tests.privacy.test_papers import FACTS
from tests.serving import Phone, Remote, Server, Staff, wait_until
from tests.waiting import LONG

SETTINGS = {
    "name": "Atelier",
    "lang": "fr",
    "held_on": "",
    "code_days": "7",
    "asks": "nickname",
    "teaming": "balanced",
    "team_names": "Rouge\nVert\nBleu",
}


def prepare(staff: Staff, workshop: dict[str, str], **more: str) -> None:
    path = f"/workshops/{workshop['id']}"
    assert staff.post(path, {**SETTINGS, **more}).ok


def test_a_clash_is_solved_kindly(server: Server, workshop: dict[str, str]) -> None:
    names = [Phone(server, workshop, name).join()["nickname"] for name in ("Lila", "lila", "LILÄ")]
    assert names == ["Lila", "lila 2", "LILÄ 3"]


def test_a_code_is_known_however_it_is_typed(server: Server, workshop: dict[str, str]) -> None:
    code = workshop["code"]
    spellings = (f"{code[:2]} {code[2:]}", f"{code[:2]}-{code[2:]}", f"{code.lower()} ", code)
    for typed in spellings:
        found = requests.get(server.url, params={"code": typed}, timeout=LONG)
        assert found.ok, typed
        assert found.url == f"{server.url}/{code}"
    for path in (f"{code}/", code.lower(), f"{code[:2]}-{code[2:]}"):
        assert requests.get(f"{server.url}/{path}", timeout=LONG).ok, path


@pytest.mark.parametrize("name", ["", " ", "x" * 25, "c0nnard", "‮​"])
def test_a_bad_name_is_told_at_the_field(
    name: str, server: Server, workshop: dict[str, str]
) -> None:
    phone = Phone(server, workshop)
    phone.nickname = name
    answer = phone.join()
    assert list(answer["error"]["fields"]) == ["nickname"]
    assert answer["error"]["fields"]["nickname"]


def test_a_locked_door_keeps_who_is_in(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phone = Phone(server, workshop).play()
    assert remote.do("lock")["ok"]
    late = Phone(server, workshop)
    assert late.join()["error"]["code"] == "door_locked"
    assert phone.reconnect().me()["nickname"] == phone.nickname
    assert remote.do("unlock")["ok"]
    assert late.join()["ok"]


def test_a_late_joiner_is_let_into_the_open_round(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    round_id = remote.until("round", "open")["round"]
    screen = Phone(server, workshop).play().wire.screen()
    assert (screen["phase"], screen["round"]) == ("open", round_id)


def test_an_identity_is_asked_checked_and_never_shown(
    server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    prepare(staff, workshop, asks="identity")
    phone = Phone(server, workshop)
    assert set(phone.join()["error"]["fields"]) == {"real_name", "work_mail"}
    wrong = phone.join(real_name="Ada Lovelace", work_mail="nope")
    assert set(wrong["error"]["fields"]) == {"work_mail"}
    assert phone.join(real_name="Ada Lovelace", work_mail="ada@maison.fr")["ok"]
    shown = requests.get(f"{server.url}/projector/{workshop['key']}", timeout=LONG).text
    assert phone.nickname in shown
    assert "Lovelace" not in shown


def test_teams_are_balanced(server: Server, staff: Staff, workshop: dict[str, str]) -> None:
    prepare(staff, workshop)
    phones = [Phone(server, workshop).play() for _ in range(6)]
    assert set(Counter(phone.me()["team"]["name"] for phone in phones).values()) == {2}


EIGHT = [f"Équipe {name}" for name in ("A", "B", "C", "D", "E", "F", "G", "H")]


def came(server: Server, workshop: dict[str, str], **typed: str) -> Phone:
    phone = Phone(server, workshop)
    assert phone.join(**typed)["ok"]
    phone.wire.open()
    return phone


def test_eight_teams_chosen_by_department_or_balanced_are_told_in_every_phase(
    server: Server, staff: Staff, workshop: dict[str, str], remote: Remote
) -> None:
    teams = {"team_names": "\n".join(EIGHT)}
    prepare(staff, workshop, teaming="free", **teams)
    door = requests.get(f"{server.url}/{workshop['code']}", timeout=LONG).text
    offered = dict(re.findall(r'name="team" value="(\w+)".*?</svg> ([^<]+)<', door))
    assert list(offered.values()) == EIGHT
    phones = {name: came(server, workshop, team=id) for id, name in list(offered.items())[5:]}
    prepare(staff, workshop, teaming="department", **teams)
    phones["Équipe E"] = came(server, workshop, department="équipe e")
    phones["Équipe A"] = came(server, workshop, department="Ailleurs")  # the first of the smallest
    prepare(staff, workshop, teaming="balanced", **teams)
    others = [came(server, workshop) for _ in range(3)]
    phones |= {str(phone.me()["team"]["name"]): phone for phone in others}
    assert sorted(phones) == EIGHT
    shapes = {phone.me()["team"]["shape"] for phone in phones.values()}
    assert len(shapes) == 8
    for phase in ("briefing", "open", "closed", "revealed", "briefing", "open"):
        now = remote.until("round", phase)
        for name, phone in phones.items():
            drawn = phone.wire.wait_screen(lambda s, now=now: s["v"] >= now["v"])
            assert (drawn["phase"], phone.me()["team"]["name"]) == (phase, name)
            assert 'data-me="team"' in drawn["html"]


def test_a_forged_or_foreign_cookie_seats_nobody(
    server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    phone = Phone(server, workshop)
    phone.http.cookies.set(f"player-{workshop['id']}", f"{workshop['id']}:{'0' * 16}:x.bbbb")
    with pytest.raises(Exception, match=r"rejected|refused|connect"):
        phone.wire.open()
    elsewhere = Phone(server, staff.demo())
    elsewhere.join()
    (card,) = [c for c in elsewhere.http.cookies if c.name.startswith("player-")]
    elsewhere.http.cookies.set(f"player-{workshop['id']}", card.value)  # another room's, renamed
    elsewhere.workshop = workshop
    with pytest.raises(Exception, match=r"rejected|refused|connect"):
        elsewhere._wire().open()


def test_an_unknown_code_says_so(server: Server) -> None:
    shown = requests.get(f"{server.url}/?code=zzzzz", timeout=LONG)
    assert shown.status_code == 404
    assert "Aucun atelier" in shown.text
    assert re.search(r'value="zzzzz"', shown.text)


def test_a_renamed_player_hears_of_it(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phone = Phone(server, workshop).play()
    player = phone.me()["id"]
    assert remote.do("rename", player=player, nickname="Sauge")["ok"]
    assert phone.me()["nickname"] == "Sauge"
    refused = remote.do("rename", player=player, nickname="connard")
    assert refused["error"]["fields"]["nickname"]
    assert remote.do("rename", player="0" * 16, nickname="x")["error"]["code"] == "unknown_player"


def test_an_old_code_is_good_again_once_the_lobby_opens(server: Server, staff: Staff) -> None:
    """Prepared long ago: nobody is to stand before a lobby whose code has expired."""
    from sqlalchemy import update
    from sqlalchemy.orm import Session

    from game.store.tables import Workshop

    assert staff.post("/law/company", FACTS).ok
    made = staff.post("/workshops", {**SETTINGS, "agenda": "complet-60"}, "/workshops")
    workshop_id = made.url.rsplit("/", 1)[-1]
    store = server.store()
    with Session(store.writing) as session:
        session.execute(update(Workshop).values(code_expires_at=1))
        code = session.get_one(Workshop, workshop_id).code
        session.commit()
    store.close()
    workshop = {"id": workshop_id, "code": code, "key": ""}
    assert Phone(server, workshop).join()["error"]["code"] == "code_expired"
    Remote(staff, workshop).until("lobby")
    assert Phone(server, workshop).join()["ok"]


def test_a_code_follows_its_date(server: Server, staff: Staff, workshop: dict[str, str]) -> None:
    from game.base.clock import now_ms
    from game.base.days import DAY_MS, days_after, today
    from game.store.tables import Workshop

    held_on = days_after(today(), 5 * 365)
    prepare(staff, workshop, held_on=held_on.isoformat(), code_days="7")
    store = server.store()
    with store.session() as session:
        expires = session.get_one(Workshop, workshop["id"]).code_expires_at
    store.close()
    assert expires is not None
    assert expires > now_ms() + 5 * 365 * DAY_MS


def test_an_expired_code_is_told_on_the_remote_which_renews_it(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    from sqlalchemy import update

    from game.store.tables import Workshop

    store = server.store()
    with store.writing.begin() as connection:
        connection.execute(update(Workshop).values(code_expires_at=1))
    store.close()
    phone = Phone(server, workshop)
    wait_until(lambda: phone.join().get("error", {}).get("code") == "code_expired")
    told = remote.screen()["html"]
    assert 'data-do="renew"' in told
    assert remote.do("renew")["ok"]
    assert phone.join()["ok"]
    assert 'data-do="renew"' not in remote.screen()["html"]


def test_a_doubtful_name_is_shown_to_the_facilitator_who_decides(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phone = Phone(server, workshop, "Alain Connes").play()
    Phone(server, workshop, "Aaron Sanchez").play()
    player = phone.me()["id"]

    def people() -> str:
        return str(remote.screen()["html"])

    shown = people()
    assert shown.count('class="doubt"') == 1
    assert shown.index("Alain Connes") < shown.index("Aaron Sanchez")  # first, however many play
    assert remote.do("vouch", player=player)["ok"]
    assert 'class="doubt"' not in people()
    assert phone.me()["nickname"] == "Alain Connes"


def test_whoever_answers_the_first_and_the_next_say_the_same(
    server: Server, workshop: dict[str, str]
) -> None:
    """The page is rendered for the first who comes in; those after them take a shorter way."""
    url = f"{server.url}/{workshop['code']}/join"

    def sent(body: object) -> requests.Response:
        return requests.post(url, json=body, cookies={"door": "1"}, timeout=LONG)

    def shape(answer: requests.Response) -> object:
        heads = {k: v for k, v in answer.headers.items() if k not in ("Date", "Content-Length")}
        cookie = heads.pop("Set-Cookie", "").split("; ")
        rest = [part for part in cookie[1:] if not part.startswith("Expires=")]
        return answer.status_code, heads, rest, sorted(answer.json())

    one, two = (sent({"nickname": name}) for name in ("Ortie une", "Ortie deux"))
    assert shape(one) == shape(two)
    assert one.json()["ok"]
    assert one.json()["id"] != two.json()["id"]
    assert two.json()["id"] in two.json()["page"]
    assert "Ortie deux" in two.json()["page"]
    assert "Ortie une" not in two.json()["page"]
    for nothing in ([], "x", 7, {"nickname": "x" * 5_000}, {"nickname": "\ud800"}, {}):
        refused = sent(nothing)
        assert refused.status_code in (200, 422), nothing
        assert refused.json()["ok"] == (refused.status_code == 200)


def test_who_plays_can_keep_the_game_among_their_apps(
    server: Server, workshop: dict[str, str]
) -> None:
    phone, at = Phone(server, workshop), f"{server.url}/{workshop['code']}"
    told = 'rel="manifest"'
    assert told not in phone.http.get(at, timeout=LONG).text, "who is at the door has no game yet"
    assert phone.join()["ok"]
    assert told in phone.http.get(at, timeout=LONG).text
    app = requests.get(f"{at}/app.webmanifest", timeout=LONG)
    assert app.headers["Content-Type"].startswith("application/manifest+json")
    assert app.json()["start_url"] == f"/{workshop['code']}"
    mark = requests.get(server.url + app.json()["icons"][0]["src"], timeout=LONG)
    assert mark.headers["Content-Type"].startswith("image/svg+xml")
    assert requests.get(f"{server.url}/NOSUCH/app.webmanifest", timeout=LONG).status_code == 404
