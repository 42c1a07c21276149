"""Who a phone is: no answer takes its player away, and no browser leaves players behind."""

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
from sqlalchemy import func, select, update

from game.base.clock import now_ms
from game.store.tables import Player
from game.workshop.door import AGAIN_MS
from tests.serving import LONG, Phone, Remote, Server, Wire, wait_until


def players(server: Server) -> int:
    store = server.store()
    with store.session() as session:
        found = session.scalar(select(func.count(Player.id)))
    store.close()
    return int(found or 0)


def form(server: Server, workshop: dict[str, str], http: Any, **typed: str) -> requests.Response:
    """Joins as a browser without scripts does."""
    url = f"{server.url}/{workshop['code']}/join"
    answer: requests.Response = http.post(url, data=typed, timeout=LONG)
    return answer


def test_static_files_set_no_cookie(server: Server, workshop: dict[str, str]) -> None:
    phone = Phone(server, workshop)
    assert phone.join()["ok"]
    page = phone.http.get(f"{server.url}/{workshop['code']}", timeout=LONG).text
    files = re.findall(r'"/static/([^"]+)"', page)
    assert len(files) >= 5
    for path in (*files, "no/such/file", "..%2Fpyproject.toml"):
        for ask in (phone.http.get, phone.http.head):
            answer = ask(f"{server.url}/static/{path}", timeout=LONG)
            assert "Set-Cookie" not in answer.headers, path
            assert "Cookie" not in answer.headers.get("Vary", ""), path
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for path in files:
        given = requests.get(f"{server.url}/static/{path}", timeout=LONG)
        assert given.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        tagged = {"If-None-Match": given.headers["ETag"]}
        assert requests.get(given.url, headers=tagged, timeout=LONG).status_code == 304


def test_static_files_travel_as_small_as_the_browser_understands(
    server: Server, workshop: dict[str, str]
) -> None:
    page = requests.get(f"{server.url}/projector/{workshop['key']}", timeout=LONG).text
    for path in re.findall(r'"(/static/[^"]+[.](?:js|css))"', page):
        sizes = []
        for way in ("br, gzip", "gzip;q=0.5, br;q=0", "identity"):
            got = requests.get(server.url + path, headers={"Accept-Encoding": way}, timeout=LONG)
            assert got.headers["Vary"] == "Accept-Encoding"
            sizes.append(
                (got.headers.get("Content-Encoding", ""), int(got.headers["Content-Length"]))
            )
        assert [way for way, _ in sizes] == ["br", "gzip", ""]
        small, middle, whole = (size for _, size in sizes)
        assert small < middle < whole / 2


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/static/no-such-file.svg"),
        ("GET", "/{code}"),
        ("GET", "/"),
        ("POST", "/lang/en"),
        ("GET", "/sign-in"),
        ("GET", "/no/such/page"),
    ],
)
def test_an_answer_that_comes_after_the_join_leaves_the_player(
    method: str, path: str, server: Server, workshop: dict[str, str]
) -> None:
    """Asked before the join, arrived after it: its cookies are those of a stranger."""
    phone = Phone(server, workshop)
    phone.http.post(f"{server.url}/lang/fr", timeout=LONG)  # a session that could be refreshed
    url = server.url + path.format(code=workshop["code"])
    slow = requests.request(method, url, cookies=phone.http.cookies.copy(), timeout=LONG)
    mine = phone.join()["id"]
    phone.http.cookies.update(slow.cookies)
    assert phone.join()["id"] == mine
    phone.wire.open()
    assert phone.me()["id"] == mine


def test_a_browser_without_cookies_is_told_and_leaves_no_player(
    server: Server, workshop: dict[str, str]
) -> None:
    url = f"{server.url}/{workshop['code']}/join"
    for _press in range(3):
        told = requests.post(url, json={"nickname": "Lila"}, timeout=LONG)
        assert told.json()["error"]["code"] == "no_cookies"
        shown = form(server, workshop, requests, nickname="Lila Rose")
        assert shown.status_code == 422
        assert "refuse les cookies" in shown.text
        assert 'value="Lila Rose"' in shown.text
    assert players(server) == 0


def test_a_browser_that_keeps_cookies_joins_at_the_second_press_at_the_latest(
    server: Server, workshop: dict[str, str]
) -> None:
    """Its cookies were wiped while the door stood open: the refusal gives it one again."""
    http = requests.Session()
    assert form(server, workshop, http, nickname="Lila").status_code == 422
    assert "Lila" in form(server, workshop, http, nickname="Lila").text
    assert players(server) == 1


def test_a_form_without_scripts_is_a_page_all_through(
    server: Server, workshop: dict[str, str]
) -> None:
    http = requests.Session()
    door = http.get(f"{server.url}/{workshop['code']}", timeout=LONG)
    assert "door" in http.cookies
    assert re.search(r'<form[^>]*id="door"[^>]*method="post"', door.text)
    wrong = form(server, workshop, http, nickname="x" * 25)
    assert wrong.status_code == 422
    assert wrong.headers["Content-Type"].startswith("text/html")
    assert "24 signes au plus" in wrong.text
    assert 'aria-invalid="true"' in wrong.text
    came = form(server, workshop, http, nickname="Lila")
    assert came.url == f"{server.url}/{workshop['code']}"
    assert 'data-player=""' not in came.text
    assert form(server, workshop, http, nickname="Lila").ok  # pressed again: the same player
    assert players(server) == 1


def test_a_form_sent_twice_is_one_player_whatever_became_of_the_first_answer(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    """Two taps at once, a lost answer, a shut door meanwhile: the page's token tells."""
    url = f"{server.url}/{workshop['code']}"
    http = requests.Session()
    shown = http.get(url, timeout=LONG).text
    token = re.search(r'name="page" value="([\w-]{12,})"', shown)
    assert token
    typed = {"nickname": "Lila Rose", "page": token[1]}

    def tap(_n: int) -> requests.Response:
        jar = requests.Session()  # what the browser has when both leave
        jar.cookies.update(http.cookies)
        jar.post(f"{url}/join", data=typed, timeout=LONG)
        return jar.post(f"{url}/join", json=typed, timeout=LONG)

    with ThreadPoolExecutor(4) as pool:
        told = [answer.json() for answer in pool.map(tap, range(4))]
    assert len({(one["id"], one["nickname"]) for one in told}) == 1
    assert players(server) == 1
    assert remote.do("lock")["ok"]
    again = http.post(f"{url}/join", json=typed, timeout=LONG).json()
    assert again["id"] == told[0]["id"]
    http = requests.Session()
    http.cookies.set("door", "1")
    assert remote.do("remove", player=again["id"])["ok"]
    assert http.post(f"{url}/join", json=typed, timeout=LONG).json()["error"]["code"] == "removed"
    assert remote.do("unlock")["ok"]
    short = {"nickname": "Lila Rose", "page": "1"}  # no token of ours: told apart as ever
    for _n in range(2):
        jar = {"door": "1"}
        assert requests.post(f"{url}/join", json=short, cookies=jar, timeout=LONG).json()["ok"]
    assert players(server) == 3


def change(server: Server, player: str, **values: object) -> None:
    store = server.store()
    with store.writing.begin() as connection:
        connection.execute(update(Player).where(Player.id == player).values(**values))
    store.close()


def is_in(answer: requests.Response) -> bool:
    return any(cookie.name.startswith("player-") for cookie in answer.cookies)


@pytest.mark.parametrize("why", ["late", "another key"])
def test_a_form_found_later_gives_nobody_back_and_lets_in_somebody_new(
    why: str, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    url = f"{server.url}/{workshop['code']}/join"
    jar = {"door": "1"}

    def by_script(page: str) -> requests.Response:
        typed = {"nickname": "Lila Rose", "page": page}
        return requests.post(url, json=typed, cookies=jar, timeout=LONG)

    def by_form(page: str) -> requests.Response:
        typed = {"nickname": "Lila Rose", "page": page}
        return requests.post(url, data=typed, cookies=jar, allow_redirects=False, timeout=LONG)

    used = "token-of-a-page"
    mine = by_script(used).json()["id"]
    change(server, mine, joined_at=now_ms() - AGAIN_MS // 2)
    assert is_in(by_form(used))
    assert by_script(used).json()["id"] == mine
    past = {"joined_at": now_ms() - AGAIN_MS - 1}
    change(server, mine, **(past if why == "late" else {"key": "f" * 16}))

    told, shown = by_script(used), by_form(used)
    assert (told.status_code, told.json()["error"]["code"]) == (422, "page_used")
    assert shown.status_code == 422
    assert "déjà entré avec ce formulaire" in shown.text
    assert 'value="Lila Rose"' in shown.text
    for answer in (told, shown):
        assert not is_in(answer)
        assert mine not in answer.text
    assert remote.do("lock")["ok"]  # what keeps everybody out is said first
    assert by_script(used).json()["error"]["code"] == "door_locked"
    assert remote.do("unlock")["ok"]
    assert players(server) == 1

    field = re.search(r'name="page" value="([^"]+)"', shown.text)
    assert field
    assert by_script(told.json()["token"]).json()["id"] != mine
    assert is_in(by_form(field[1]))
    assert players(server) == 3


def test_a_shut_door_says_so_without_scripts_too(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    assert remote.do("lock")["ok"]
    http = requests.Session()
    http.cookies.set("door", "1")
    assert "La porte est fermée" in form(server, workshop, http, nickname="Lila").text
    assert players(server) == 0


def test_a_door_is_in_the_workshops_language_for_who_names_none(
    server: Server, workshop: dict[str, str]
) -> None:
    """What one phone is shown is kept for all phones of a language: it must be in that one."""
    first = requests.get(
        f"{server.url}/{workshop['code']}", headers={"Accept-Language": ""}, timeout=LONG
    )
    english = requests.get(
        f"{server.url}/{workshop['code']}", headers={"Accept-Language": "en"}, timeout=LONG
    )
    assert 'lang="fr"' in first.text
    assert 'lang="en"' in english.text


def test_a_removed_player_hears_no_screen_and_comes_in_only_when_forgiven(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phone, other = Phone(server, workshop).play(), Phone(server, workshop).play()
    second = phone._wire().open()  # an older tab is a connection too
    player = phone.me()["id"]
    assert remote.do("remove", player=player)["ok"]
    for wire in (phone.wire, second):
        wait_until(lambda wire=wire: {"reason": "removed"} in wire.all("bye"))
        wait_until(lambda wire=wire: not wire.client.connected)
    before = [len(wire.all("screen")) for wire in (phone.wire, second)]
    remote.until("round", "briefing")
    other.wire.wait_screen(lambda s: s["phase"] == "briefing")
    assert [len(wire.all("screen")) for wire in (phone.wire, second)] == before
    with pytest.raises(Exception, match=r"rejected|refused|connect"):
        phone.reconnect()
    # the same phone, under whatever name, by script or by form
    phone.nickname = "Somebody else"
    assert phone.join()["error"]["code"] == "removed"
    shown = form(server, workshop, phone.http, nickname="Somebody else").text
    assert "Tu n’es plus dans l’atelier" in shown
    assert players(server) == 2
    assert remote.do("forgive", player=player)["ok"]
    assert phone.join()["id"] == player
    assert phone.reconnect().me()["id"] == player


def test_a_removed_player_is_out_though_the_news_was_lost(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    """The database says who is out: the next change of the room shows them the door."""
    phone = Phone(server, workshop).play()
    player = phone.me()["id"]
    store = server.store()
    with store.writing.begin() as connection:
        connection.execute(Player.__table__.update().values(removed_at=1))  # type: ignore[attr-defined]
    store.close()
    assert remote.do("lock")["ok"]
    wait_until(lambda: {"reason": "removed"} in phone.wire.all("bye"))
    assert player


def test_wires_of_projectors_are_unharmed(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    auth = {"surface": "projector", "workshop": workshop["id"], "key": workshop["key"], "v": 0}
    projector = Wire(server, [], auth).open()
    remote.until("round", "briefing")
    projector.wait_screen(lambda s: s["phase"] == "briefing")
