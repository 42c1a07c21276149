"""A recommender's name leaves the desk with their yes, or not at all."""

import io
from pathlib import Path

import openpyxl
import pytest
from flask import Flask, current_app
from flask_babel import Babel
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from game.exports import csv_file, rows, xlsx_file
from game.exports.card_file import card
from game.exports.columns import COLUMNS, titles
from game.exports.person import persons
from game.exports.resume import resume
from game.exports.target import row, settled
from game.exports.targets import targets
from game.exports.words import words
from game.pool.introduction import offered
from game.pool.lead import correct
from game.pool.lead_filter import Filter
from game.pool.recommender import NAMED, short_name
from game.privacy.objection import object
from game.store.engine import Store
from game.store.tables import AuditEntry, Lead, Player, Recommendation, Submission
from game.web.desk.touch.introductions import message
from tests.pool.test_rehearsal import TODAY
from tests.table import PACKS, SECRET, SLOTS, Table, said

GAME = Path(__file__).parents[2] / "game"
SPEAKS = ("", "first", "together", "named", "unnamed")
NAME, NICKNAME, MAIL = "Camille Bertinoux", "Renarde Discrète", "camille@maison.fr"


@pytest.fixture
def table(store: Store) -> Table:
    return Table(store)


def dress(table: Table, *, real: bool) -> None:
    with Session(table.store.writing) as s:
        player = s.get_one(Player, table.players[0])
        player.nickname, player.real_name = NICKNAME, NAME if real else ""
        player.work_mail = MAIL if real else ""
        s.commit()


def files(table: Table) -> dict[str, str]:
    """Every file there is, as text."""
    say = words(PACKS["fr"], "fr")

    def lines() -> object:
        return rows.every(table.store.session, Filter(), TODAY, say, ())

    made = {
        f"csv{sign}": b"".join(csv_file.write(titles("fr"), lines(), sign)).decode("utf-8-sig")  # type: ignore[arg-type]
        for sign in ",;"
    }
    book = b"".join(xlsx_file.stream(COLUMNS, titles("fr"), lines()))  # type: ignore[arg-type]
    cells = openpyxl.load_workbook(io.BytesIO(book)).active
    assert cells is not None
    made["xlsx"] = "\n".join(str(cell) for row in cells.iter_rows(values_only=True) for cell in row)
    return made


def handed(table: Table) -> dict[str, str]:
    """All that any other system is given of each person, by the person's name."""
    with table.store.session() as s:
        leads = s.scalars(select(Lead)).all()
        people = list(persons(s, leads, words(PACKS["fr"], "fr"), "fr"))
    found = {}
    for one in people:
        given: list[object] = [card(one), resume(one)]
        for target in targets().values():
            kept = {**settled(target, {}), "stage": "1", "credit": f"{MAIL} = 42"}
            given += [row(target, kept, one)]
            given += [target.push.body(one, kept)] if target.push else []
        found[one.id] = "\n".join(map(str, given))
    return found


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    given=st.lists(st.sampled_from(SPEAKS), min_size=1, max_size=4),
    real=st.booleans(),
    introduce=st.booleans(),
)
def test_no_file_has_a_name_without_a_yes(
    given: list[str], real: bool, introduce: bool, table: Table
) -> None:
    with Session(table.store.writing) as s:
        for one in (Recommendation, Lead, Submission):
            s.execute(delete(one))
        s.commit()
    dress(table, real=real)
    way = {"reach": "introduce", "reach_value": ""} if introduce else {}
    for n, speaks in enumerate(given):
        assert table.submit(0, {**said(SLOTS[n], n), **way, "speaks": speaks})["ok"]
    name = NAME if real else NICKNAME
    allowed = sum(1 for one in given if one in NAMED)
    for kind, text in files(table).items():
        assert text.count(name) == allowed, kind
        assert (NICKNAME if real else NAME) not in text, kind
        assert MAIL not in text, kind
    spoken = {one.lead_id: one.speaks for (one,) in table.read(select(Recommendation))}
    for lead, text in handed(table).items():
        yes = spoken[lead] in NAMED
        assert (name in text) is yes
        assert ("'creditedToUserId': '42'" in text) is (yes and real)
        assert (NICKNAME if real else NAME) not in text
        assert MAIL not in text


@pytest.mark.parametrize("room", ["exports", "mail", "webhooks", "privacy", "web/contact"])
def test_only_one_place_says_where_a_name_may_be_told(room: str) -> None:
    for file in (GAME / room).rglob("*.py"):
        text = file.read_text()
        assert "real_name" not in text, file
        assert ".nickname" not in text, file


def test_offering_an_introduction_tells_who_one_is(table: Table) -> None:
    dress(table, real=False)
    offer = {**said(SLOTS[0], 0), "reach": "introduce", "reach_value": ""}
    refused = table.submit(0, {**offer, "own_mail": "nope"})
    assert refused.fields == {"own_mail": "mail_invalid"}
    table.submit(0, {**offer, "own_name": f"  {NAME} ", "own_mail": MAIL.upper()})
    table.submit(0, {**said(SLOTS[1], 1), "own_name": "Autre Nom"})  # no introduction: not asked
    table.submit(0, {**said(SLOTS[2], 2), "speaks": "together"})
    mine = Player.id == table.players[0]
    row = table.read(select(Player.real_name, Player.work_mail).where(mine))
    assert tuple(row[0]) == (NAME, MAIL)
    stored = str(table.read(select(Submission.stored, Submission.answer)))
    assert NAME not in stored
    assert MAIL not in stored
    with Session(table.store.writing) as s:
        asked = offered(s, SECRET, "")
        s.rollback()
    assert [(one.colleague, one.way) for one in asked] == [
        ("Camille B.", "introduce"),
        ("Camille B.", "together"),
    ]


def test_who_is_not_followed_up_is_not_asked_for(table: Table) -> None:
    table.submit(0, {**said(SLOTS[0], 0), "reach": "introduce", "reach_value": ""})
    (lead,) = table.leads()
    with Session(table.store.writing) as s:
        (one,) = offered(s, SECRET, "")
        assert not one.is_known  # the desk says that this is the name of a game
        mine = AuditEntry.action == "introductions_listed"
        told = s.scalars(select(AuditEntry.detail).where(mine))
        assert list(told) == [{"count": 1}]
        s.rollback()
    table.judge(lead, "pass")
    with Session(table.store.writing) as s:
        assert offered(s, SECRET, "") == []
        s.rollback()


@pytest.mark.parametrize(
    ("real", "short"), [("Camille Bertin", "Camille B."), ("Camille", "Camille"), ("", "Renard")]
)
def test_how_the_desk_calls_a_colleague(real: str, short: str) -> None:
    assert short_name(Player(real_name=real, nickname="Renard")) == short


def test_nobody_is_asked_to_introduce_who_objected(table: Table) -> None:
    first = {**said(SLOTS[0], 0), "speaks": "first"}
    table.submit(0, first)
    (lead,) = table.leads()
    table.write(lambda s: object(s, SECRET, lead, None))
    assert table.write(lambda s: offered(s, SECRET, "")) == []
    table.write(lambda s: s.execute(delete(Lead)))  # as retention does; then they are named again
    table.submit(1, first)
    assert table.leads() not in ([], [lead])
    assert table.write(lambda s: offered(s, SECRET, "")) == []


def test_a_colleague_is_asked_of_the_person_as_they_named_them(table: Table) -> None:
    table.submit(0, {**said(SLOTS[0], 0), "reach": "introduce", "reach_value": ""})
    (lead,) = table.leads()
    table.write(lambda s: correct(s, lead, {"name": "Nom De Naissance"}, None))
    (one,) = table.write(lambda s: list(offered(s, SECRET, "")))
    with Flask("test").app_context():
        Babel(current_app)
        told = message(one)
    assert one.lead == "Nom De Naissance"
    assert one.named in told
    assert one.lead not in told
