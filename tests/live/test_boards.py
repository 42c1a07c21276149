"""The boards: provisional in the room, confirmed once it has ended."""

import re

from tests.serving import Phone, Remote, Server, Staff, Wire, lead, wait_until


def test_the_confirmed_board_counts_after_the_end(
    server: Server, staff: Staff, workshop: dict[str, str], remote: Remote
) -> None:
    auth = {"surface": "projector", "workshop": workshop["id"], "key": workshop["key"], "v": 0}
    projector = Wire(server, [], auth).open()
    quick = Phone(server, workshop, "Beaucoup").play()
    sure = Phone(server, workshop, "Un seul").play()
    round_id = str(remote.until("round", "open")["round"])
    for n in range(3):
        quick.submit(round_id, lead(f"lead:many000{n}", name=f"Vite {n}", reach="", company=""))
    sure.submit(round_id, lead(name="Sûre Personne"))
    remote.until("board")
    assert (quick.me()["rank"], sure.me()["rank"]) == (1, 2)
    assert {phone.me()["basis"] for phone in (quick, sure)} == {"provisional"}
    path = re.search(r'(/desk/leads/[0-9a-f]{16})">Sûre', staff.get("/desk").text)
    assert path
    staff.post(f"{path[1]}/verdict", {"verdict": "nurture", "reason": "bien"}, path[1])
    remote.until("ended")
    wait_until(lambda: projector.all("screen")[-1]["stage"] == "ended")
    assert (quick.me()["rank"], sure.me()["rank"]) == (2, 1)
    # rank and points are on one basis, and it is named: a phone shows the points of that one
    assert {phone.me()["basis"] for phone in (quick, sure)} == {"confirmed"}
    assert quick.me()["confirmed"] == 0 < sure.me()["confirmed"]


def test_a_reveal_brings_everybody_what_they_gained_without_being_asked(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phones = [Phone(server, workshop).play() for _ in range(3)]
    round_id = str(remote.until("round", "open")["round"])
    for n, phone in enumerate(phones[:2]):
        phone.submit(round_id, lead(name=f"Personne {n}", company="", reach=""))
    remote.until("round", "revealed")
    for phone in phones[:2]:
        told = wait_until(lambda phone=phone: [m for m in phone.wire.all("me") if m.get("gained")])
        assert sum(line["amount"] for line in told[-1]["gained"]) == told[-1]["points"] > 0
