"""The desk with fifty thousand leads, walked in a real browser: nothing is left out or mixed up."""

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from bench.pool import fill
from game.base.clock import now_ms
from game.store.engine import Store
from game.store.tables import Lead, Verdict
from tests.accounts.people import Person, person
from tests.browser.test_monday import Keys, context_of, faults
from tests.serving import Server

COUNT = 50_000
SCHOOL, PASSED = Lead.channel == "school", Lead.verdict == "pass"


@pytest.fixture
def pool(server: Server) -> Iterator[Store]:
    """Everybody is there; those met at schools were told, and may leave."""
    store = server.store()
    fill(store, COUNT)
    with Session(store.writing) as s:
        s.execute(update(Lead).where(SCHOOL).values(informed_at=now_ms()))
        s.commit()
    yield store
    store.close()


def rows(page: Page) -> list[str]:
    return page.locator("tbody tr td:first-child a").all_inner_texts()


def test_a_recruiter_finds_their_way_among_fifty_thousand(
    browser: Browser, server: Server, pool: Store, tmp_path: Path
) -> None:
    who = person(server, "recruiter")
    with pool.session() as s:
        newest, *_ = s.scalars(select(Lead).order_by(Lead.created_at.desc()).limit(1)).all()
        mine = select(Lead).order_by(Lead.created_at).offset(COUNT // 3).limit(1)
        sought = s.scalars(mine).one()
    page = context_of(browser, who).new_page()
    walk_the_list(page, who, newest.name)
    search(page, sought)
    narrow(page, pool)
    export(page, pool, tmp_path / "list.xlsx")
    review(page, who, pool)


def walk_the_list(page: Page, who: Person, newest: str) -> None:
    """Pages hold everybody once, and lead back."""
    page.goto(f"{who.server.url}/desk")
    expect(page.get_by_role("heading", level=1)).to_contain_text("plus de")
    first = rows(page)
    assert (first[0], len(first)) == (newest, 50)
    page.get_by_role("button", name="Plus anciens").click()
    expect(page.get_by_role("button", name="Plus récents")).to_be_visible()
    assert not set(rows(page)) & set(first)
    page.get_by_role("button", name="Plus récents").click()
    expect(page.locator("tbody tr td:first-child a").first).to_have_text(newest)
    assert rows(page) == first
    assert faults(page) == []


def search(page: Page, sought: Lead) -> None:
    """A mail finds one among all; their page opens, and the way back is there."""
    page.get_by_label("Chercher").fill(sought.mail)
    page.get_by_role("button", name="Filtrer").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    assert sought.mail not in page.url
    page.get_by_role("link", name=sought.name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(sought.name)
    expect(page.get_by_text(sought.phone)).to_be_visible()


def narrow(page: Page, pool: Store) -> None:
    """What a facet promises is what the list then has."""
    page.get_by_role("link", name="Vivier").first.click()
    page.get_by_text("Plus de filtres").click()
    with pool.session() as s:
        (skill,) = s.scalars(select(Lead.skills).where(SCHOOL, PASSED).limit(1)).one()[:1]
    page.get_by_label("Compétence").fill(skill)
    page.get_by_role("button", name="Filtrer").click()
    facet = page.get_by_role("group", name="Affiner").get_by_role("button").first
    promised = int(facet.locator("small").inner_text())
    facet.click()
    expect(page.get_by_role("heading", level=1).locator("small")).to_have_text(str(promised))


def export(page: Page, pool: Store, path: Path) -> None:
    """A list of more than a thousand leaves whole, whoever it names."""
    page.get_by_role("link", name="Tout voir").click()
    page.get_by_label("Canal").select_option("school")
    page.get_by_label("Avis").select_option("pass")
    page.get_by_role("button", name="Filtrer").click()
    with page.expect_download(timeout=120_000) as coming:
        page.get_by_role("button", name="Tableur (XLSX)").click()
    coming.value.save_as(path)
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True).active
    assert sheet is not None
    header, *lines = list(sheet.iter_rows(values_only=True))
    mails = {line[header.index("Mail")] for line in lines}
    with pool.session() as s:
        expected = set(s.scalars(select(Lead.mail).where(SCHOOL, PASSED, ~Lead.internal)).all())
    assert len(expected) > 1_000
    assert mails >= expected


def review(page: Page, who: Person, pool: Store) -> None:
    """The queue goes on to the next by itself."""
    page.goto(f"{who.server.url}/desk/review")
    keys = Keys(page)
    for key in ("p", "n"):
        keys.press(key)
    with pool.session() as s:
        judged = s.scalar(select(func.count()).select_from(Verdict))
    assert judged == 2
