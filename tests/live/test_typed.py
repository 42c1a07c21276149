"""What is typed, on any surface, is stored without signs that no file can hold."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from game.base.text import FORBIDDEN, all_printable
from game.store.backup import tables
from game.store.engine import Store
from game.store.tables import BriefRow, Lead, Player, Verdict, Workshop
from tests.serving import Phone, Remote, Server, Staff, lead

DIRT = "\ufffe\uffff\x07"


def dirty(text: str) -> str:
    return f"{text[:2]}{DIRT}{text[2:]}"


@pytest.fixture
def server(tmp_path: Path) -> object:
    made = Server(tmp_path, DEFAULT_COUNTRY="BE").start()
    yield made
    made.kill()


def dirt_in(store: Store) -> set[str]:
    """The columns that hold a sign which XML forbids."""
    found = set()
    with store.session() as s:
        for table in tables():
            for row in s.execute(select(table)).mappings():
                found |= {
                    f"{table.name}.{name}"
                    for name, value in row.items()
                    if all_printable(value) != (list(value) if type(value) is tuple else value)
                }
    return found


def test_no_sign_that_xml_forbids_is_ever_stored(
    server: Server, staff: Staff, workshop: dict[str, str], remote: Remote
) -> None:
    phone = Phone(server, workshop, dirty("Ortie blanche"))
    joined = phone.join(department=dirty("Achats"), real_name=dirty("Nora Blanc"))
    assert joined["ok"]
    phone.wire.open()
    round_id = str(remote.until("round", "open")["round"])
    texts = {name: dirty("Régleuse") for name in ("name", "role", "company", "reason")}
    sent = lead(**texts, skills=[dirty("tournage")], reach_value="0470 12 34 56")
    assert phone.submit(round_id, sent)["ok"]
    path = re.search(r"/desk/leads/[0-9a-f]{16}", staff.get("/desk").text)
    assert path
    verdict = {"verdict": "pursue", "reason": dirty("Elle convient.")}
    assert staff.post(f"{path[0]}/verdict", verdict, path[0]).ok
    typed = {"name": dirty("Nora"), "role": dirty("Soudeuse"), "phone": "0471 12 34 56"}
    assert staff.post(path[0], typed, path[0]).ok
    brief = re.search(r"/workshops/[0-9a-f]{16}/briefs/[0-9a-f]{16}", _prepared(staff, workshop))
    assert brief
    names = ("title", "must_1", "must_2", "must_3", "where", "why", "requisition_ref")
    assert staff.post(brief[0], {name: dirty("Achats") for name in names}).ok
    store = server.store()
    assert dirt_in(store) == set()
    with store.session() as s:
        kept = s.scalars(select(Lead)).one()
        assert (kept.name, kept.role, kept.phone) == ("Nora", "Soudeuse", "+32471123456")
        assert s.scalars(select(Verdict.reason)).one() == "Elle convient."
        assert "Achats" in s.scalars(select(BriefRow.title)).all()
        assert s.scalars(select(Player.nickname)).one() == "Ortie blanche"
        assert not FORBIDDEN.search(s.scalars(select(Workshop.name)).first() or "")
    store.close()


def _prepared(staff: Staff, workshop: dict[str, str]) -> str:
    return staff.get(f"/workshops/{workshop['id']}").text


def test_a_number_of_the_house_s_country_is_taken_on_the_phone(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    round_id = str(remote.until("round", "open")["round"])
    phone = Phone(server, workshop).play()
    assert phone.submit(round_id, lead(reach_value="0470 12 34 56"))["ok"]
    assert phone.submit(
        round_id, lead("lead:other1", name="Enora Vidal", reach_value="0692 12 34 56")
    )["ok"]
    refused = phone.submit(round_id, lead("lead:third1", reach_value="12"))
    assert "reach_value" in refused["error"]["fields"]
    store = server.store()
    with store.session() as s:
        assert set(s.scalars(select(Lead.phone))) == {"+32470123456", "+262692123456"}
    store.close()
