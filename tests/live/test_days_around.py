"""The days around a room: rehearsal and check before, leads and report after, the remote's link."""

import io
import re
import subprocess
from pathlib import Path

import openpyxl
import requests
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import DAY_MS
from game.store.tables import Lead, Player, RemoteLink, RoundRow, Submission, Workshop
from tests.serving import COMMAND, Phone, Remote, Server, Staff, Wire, lead, wait_until
from tests.waiting import LONG

SECRETS = ("Solenn", "Kerguelen", "612345687", "06 12 34 56 87", "Imaginaires")


def keep_undoable(server: Server, workshop_id: str) -> None:
    """The last move may still be taken back, however long it was looked at what it led to."""
    store = server.store()
    with Session(store.writing) as s:
        row = s.get_one(Workshop, workshop_id)
        row.last_move = {**(row.last_move or {}), "until": now_ms() + DAY_MS}
        s.commit()
    store.close()


def test_the_hour_is_reported_and_its_link_takes_leads_for_some_days(
    server: Server, staff: Staff, workshop: dict[str, str], remote: Remote
) -> None:
    phone, base = Phone(server, workshop).play(), f"/workshops/{workshop['id']}"
    round_id = str(remote.until("round", "open")["round"])
    assert phone.submit(round_id, lead())["ok"]
    remote.until("ended")
    shown = phone.http.get(f"{server.url}/{workshop['code']}", timeout=LONG).text
    found = re.search(r'<div class="recommend"[^>]+data-round="([0-9a-f]{16})"', shown)
    assert found
    assert found[1] != round_id
    other = lead("lead:bbbb0001", name="Enora Le Guirriec", reach_value="06 12 34 56 99")
    assert phone.submit(found[1], other)["ok"]
    assert phone.submit(round_id, lead("lead:cccc0001"))["error"]["code"] == "round_closed"

    told = staff.get(f"{base}/report").text
    assert "Après l’atelier" in told
    pdf, xlsx = staff.get(f"{base}/report.pdf"), staff.get(f"{base}/report.xlsx")
    assert pdf.content.startswith(b"%PDF")
    book = openpyxl.load_workbook(io.BytesIO(xlsx.content))
    figures = {row[0]: row[1] for row in book.worksheets[0].iter_rows(values_only=True)}
    assert figures["Recommandations"] == 2
    cells = [str(c) for sheet in book for row in sheet.iter_rows(values_only=True) for c in row]
    assert not [secret for secret in SECRETS if secret in told + " ".join(cells)]

    keep_undoable(server, workshop["id"])
    assert remote.do("undo")["ok"]  # the end is taken back: what came in after it stays
    assert remote.screen()["stage"] == "podium"
    assert phone.submit(found[1], lead("lead:dddd0001"))["error"]["code"] == "round_closed"
    store = server.store()
    with store.session() as s:
        assert s.query(Lead).count() == 2
    store.close()


def test_a_rehearsal_plays_by_itself_and_leaves_nothing(
    server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    base = f"/workshops/{workshop['id']}"
    made = staff.post(f"{base}/rehearsal", {"players": "3"}, base).url.rpartition("/")[2]
    remote, store = Remote(staff, {"id": made}), server.store()

    def count(what: type[Player] | type[Submission], **of: str) -> int:
        with store.session() as s:
            return s.query(what).filter_by(**of).count()

    wait_until(lambda: count(Player, workshop_id=made) == 3)
    round_id = str(remote.until("round", "briefing")["round"])
    assert remote.do("shorten", round=round_id, seconds=10)["ok"]  # a short one is played at once
    assert remote.do("next")["ok"]
    wait_until(lambda: count(Submission, round_id=round_id) >= 3)
    with store.session() as s:
        assert all(one.rehearsed for one in s.query(Lead))
        assert s.get_one(Workshop, workshop["id"]).stage == "lobby"  # nobody has played that
    remote.wire.close()
    again = staff.post(f"/workshops/{made}/rehearsal/end", {}, f"/workshops/{made}")
    assert again.url.endswith(workshop["id"])
    with store.session() as s:
        assert (s.get(Workshop, made), s.query(Lead).count()) == (None, 0)
    store.close()


def test_the_command_rehearses_through_a_lost_line_and_loses_nothing(
    server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    said = server.folder / "rehearsal.log"
    with said.open("wb") as out:
        command = [COMMAND[0], "rehearse", workshop["code"], "--players", "4"]
        playing = subprocess.Popen(command, env=server.env, stdout=out, stderr=out)
    try:
        made = wait_until(lambda: re.search(r"/remote/(\w{16})", said.read_text()))[1]
        wait_until(lambda: "4 here" in said.read_text())
        remote, store = Remote(staff, {"id": made}), server.store()
        assert "Répétition" in remote.screen()["html"]
        round_id = str(remote.until("round", "briefing")["round"])
        assert remote.do("shorten", round=round_id, seconds=20)["ok"]
        assert remote.do("next")["ok"]
        wait_until(lambda: told(said)["noted"])
        before = told(said)["lost"]
        server.kill()  # all lose their line, some with an answer on its way
        server.start()
        wait_until(lambda: told(said)["lost"] >= before + 4 and told(said)["here"] == 4)
        remote.wire.close()
        remote = Remote(staff, {"id": made})
        assert remote.do("extend", seconds=600)["ok"]
        with store.session() as s:
            players = {one.id for one in s.query(Player).filter_by(workshop_id=made)}
        assert len(players) == 4  # they came back, and nobody came twice

        def given() -> set[str]:
            with store.session() as s:
                return {one.player_id for one in s.query(Submission).filter_by(round_id=round_id)}

        wait_until(lambda: given() == players)
        wait_until(lambda: told(said)["noted"] >= 4)
        with store.session() as s:
            assert all(one.rehearsed for one in s.query(Lead))
            names = [one.name for one in s.query(Lead)]
        assert names
        desk = staff.get("/desk").text
        assert not [name for name in names if name in desk]
        remote.wire.close()
        again = staff.post(f"/workshops/{made}/rehearsal/end", {}, f"/workshops/{made}")
        assert again.url.endswith(workshop["id"])
        assert playing.wait(LONG) == 0
        assert "over: " in said.read_text()
        assert told(said)["refused"] == 0
        with store.session() as s:
            left = (s.get(Workshop, made), s.query(Lead).count(), s.query(Submission).count())
        assert left == (None, 0, 0)
        store.close()
    finally:
        playing.kill()


FIGURES = re.compile(
    r"(?P<here>\d+) here, (?P<noted>\d+) answers noted, (?P<lost>\d+) lines lost"
    r"(?:, (?P<refused>\d+) refused)?"
)


def told(said: Path) -> dict[str, int]:
    """What the command said last."""
    found = list(FIGURES.finditer(said.read_text()))[-1:]
    return {name: int(n or 0) for one in found for name, n in one.groupdict().items()}


def test_a_link_brings_the_remote_onto_a_phone_once_and_opens_nothing_else(
    server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    page = f"/remote/{workshop['id']}"
    url = staff.post(f"{page}/phone-link", {}, page).json()["url"]
    other = staff.demo()
    phone = Staff(server)
    assert "workshop" not in phone.get(url).url  # to look at it uses nothing up
    taken = phone.post(url, {})
    assert taken.url.endswith(page)
    assert Staff(server).get(url).status_code == 410
    newer = staff.post(f"{page}/phone-link", {}, page).json()["url"]
    store = server.store()
    with store.writing.begin() as connection:
        (until,) = connection.scalars(select(RemoteLink.until))
        assert until - now_ms() <= 10 * 60_000
        connection.execute(update(RemoteLink).values(until=1))
    store.close()
    assert Staff(server).get(newer).status_code == 410  # its ten minutes are over
    assert Remote(phone, workshop).do("next")["ok"]
    for path in (
        *("/workshops", f"/workshops/{workshop['id']}", "/account", "/desk/leads", "/users"),
        *(f"/remote/{other['id']}", f"/workshops/{workshop['id']}/report"),
    ):
        assert phone.get(path).status_code in (403, 404), path
    assert phone.post(f"{page}/phone-link", {}, page).status_code == 403
    auth = {"surface": "remote", "workshop": other["id"], "lang": "fr", "v": 0}
    refused = False
    try:
        Wire(server, phone.http.cookies, auth).open()
    except Exception:
        refused = True
    assert refused


def test_a_phone_says_before_the_room_that_it_reached_us(
    server: Server, staff: Staff, workshop: dict[str, str]
) -> None:
    found = f"/workshops/{workshop['id']}/check/found"
    assert staff.get(found).json() == {"phone": None, "projectors": 0}
    here = f"{server.url}/{workshop['code']}/here"
    assert requests.get(here, timeout=LONG).ok
    assert staff.get(found).json()["phone"] is None
    assert requests.post(here, timeout=LONG).ok
    auth = {"surface": "projector", "workshop": workshop["id"], "key": workshop["key"], "v": 0}
    projector = Wire(server, [], auth).open()
    small = Wire(server, [], auth | {"small": True}).open()
    wait_until(lambda: staff.get(found).json()["projectors"] == 1)
    assert staff.get(found).json()["phone"]
    projector.close()
    wait_until(lambda: staff.get(found).json()["projectors"] == 0)
    small.close()
    store = server.store()
    with store.session() as s:
        assert s.query(RoundRow).filter_by(workshop_id=workshop["id"], phase="waiting").count()
    store.close()
