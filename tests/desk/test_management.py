"""The management's page: counts of people alone, none under five, and a hire's cost."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.pool import management, standing
from game.store.tables import CompanyFact, Lead, Workshop
from tests.databases import opened
from tests.desk.at_desk import Desk
from tests.table import Table, said


@pytest.fixture
def table(either: str) -> Iterator[Table]:
    with opened(either) as store:
        with Session(store.writing) as s:
            for one in (Lead, Workshop, CompanyFact):
                s.execute(delete(one))
            s.commit()
        yield Table(store)


def figures(table: Table) -> management.House:
    with table.store.session() as s:
        return management.of_house(s)


def test_figures_tell_of_five_people_and_more_and_what_a_hire_cost(table: Table) -> None:
    for n in range(4):
        table.submit(n % 2, said(f"lead:slot{n // 2}", n))
    few = figures(table)
    assert (few.people, few.leads, few.pursued, few.hired, few.each) == (None,) * 4 + ([],)
    for n in range(4, 6):
        table.submit(n % 2, said(f"lead:slot{n // 2}", n))
    ids = table.leads()
    table.judge(ids[0], "pursue")
    table.judge(ids[1], "pursue")
    with Session(table.store.writing) as s:
        for id in ids[:2]:
            standing.set_outcome(s, id, "hired", None)
        s.get_one(Workshop, table.room.id).ended_at = 2
        s.commit()
    assert figures(table).per_hire is None  # nobody said what was spent
    with Session(table.store.writing) as s:
        typed = {"cost_spent": "9\u202f001 €", "cost_agency": "12 000"}
        management.save_costs(s, typed, "rosa")
        s.commit()
    house = figures(table)
    assert (house.workshops, house.leads, house.pursued, house.hired) == (1, 6, 2, 2)
    assert (house.per_hire, house.costs["cost_agency"]) == (4500, 12_000)
    assert [one.leads for one in house.each] == [6]
    with Session(table.store.writing) as s:
        with pytest.raises(Refusal) as refused:
            management.save_costs(s, {"cost_spent": "beaucoup"}, "rosa")
        assert refused.value.fields == {"cost_spent": "invalid"}
        management.save_costs(s, {}, "rosa")
        s.commit()
    assert figures(table).costs == {}


def test_the_page_and_its_table_tell_the_same_and_name_nobody(desk: Desk) -> None:
    for n in range(7):
        desk.lead(f"Ada Vidal{n}", verdict="pursue", hired_at=1 if n < 3 else None)
    browser, _id = desk.person("admin")
    wrong = browser.post("/desk/management", data={"cost_spent": "cher", "cost_agency": "9000"})
    assert wrong.status_code == 422
    assert 'value="cher"' in wrong.text
    assert browser.post("/desk/management", data={"cost_spent": "3000"}).status_code == 302
    browser.post("/desk/management", data={"cost_spent": "3000", "cost_agency": "9000"})
    page = browser.get("/desk/management").text
    sheet = browser.get("/desk/management.csv").text
    assert "1\u202f000\u00a0€" in page
    assert "9\u202f000\u00a0€" in page
    assert sheet.splitlines()[1].split(";") == ["Tous", "", "7", "7", "3", "1000", "9000"]
    assert "Vidal" not in page + sheet
    assert desk.person("dpo")[0].post("/desk/management", data={}).status_code == 403
