"""The list of the desk: found, paged by key, on both databases; and the text it is found by."""

import random
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers, lists, sampled_from, tuples
from sqlalchemy import event, insert, select, text
from sqlalchemy.orm import Session

from game.imports import pool_file
from game.pool import lead as change
from game.pool import lead_list, search
from game.pool.lead_filter import Filter
from game.pool.merge import merge
from game.pool.search import COUNTED, PAGE
from game.pool.trace import alike
from game.privacy import inform
from game.rules.sought import folded
from game.store.base import new_id
from game.store.engine import Store
from game.store.tables import Lead
from tests.databases import opened
from tests.table import PACKS

DAY = date(2026, 12, 1)


@pytest.fixture
def store(either: str) -> Iterator[Store]:
    """An empty pool."""
    with opened(either) as made:
        yield made
        with made.writing.begin() as connection:
            connection.execute(Lead.__table__.delete())


def fill(store: Store, count: int) -> None:
    dice = random.Random(1)
    rows = []
    for n in range(count):
        fields = {
            "name": f"Zoë {n} Le Bœuf",
            "role": dice.choice(("Régleuse", "Soudeur")),
            "company": "Chantiers",
            "skills": ["C++"],
            "mail": f"zoe{n}@exemple.fr",
            "phone": f"+336{n:08}",
        }
        about = {
            "id": new_id(),
            "created_at": n // 7,  # many of the same moment
            "verdict": dice.choice(("", "pursue", "pass")),
            "inform_by": date(2026, 11 + n % 2, 5),
            "channel": dice.choice(("school", "pool")),
            "internal": n % 5 == 0,
            "link": "",
            "origin": "import",
        }
        rows.append({**fields, **about, "folded": folded(fields)})
    with store.writing.begin() as connection:
        connection.execute(insert(Lead), rows)


def plainly(store: Store, wanted: Filter) -> list[str]:
    """The same list, one lead after the other."""

    def fits(lead: Lead) -> bool:
        return (
            (wanted.text == "" or lead.role == wanted.text)
            and (wanted.channel in ("", lead.channel))
            and (wanted.verdict == "" or lead.verdict == wanted.verdict.replace("none", ""))
            and (not wanted.internal or lead.internal)
            and (not wanted.overdue or lead.inform_by < DAY)
        )

    with store.session() as s:
        every = [lead for lead in s.scalars(select(Lead)) if fits(lead)]
    return [x.id for x in sorted(every, key=lambda x: (x.created_at, x.id), reverse=True)]


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(),
        Filter(text="Soudeur"),
        Filter(text="Régleuse", channel="school", verdict="none", overdue=True),
        Filter(internal=True, verdict="pursue"),
        Filter(verdict="nurture"),
    ],
)
def test_pages_by_key_hold_everyone_once_in_both_directions(store: Store, wanted: Filter) -> None:
    fill(store, COUNTED + 3 * PAGE + 7)
    expected = plainly(store, wanted)
    seen: list[str] = []
    place, back = "", ""
    with store.session() as s:
        while True:
            found = search.page(s, wanted, DAY, after=place)
            assert found.total == min(len(expected), COUNTED)
            assert found.uncounted == (len(expected) > COUNTED)
            assert bool(found.newer) == bool(seen)
            seen += [lead.id for lead in found.leads]
            if not found.older:
                back = found.newer
                break
            place = found.older
        assert seen == expected
        end = len(expected) - len(found.leads)
        while back:
            found = search.page(s, wanted, DAY, before=back)
            assert [lead.id for lead in found.leads] == expected[end - PAGE : end]
            assert found.older
            end, back = end - PAGE, found.newer
        assert end == 0
        assert lead_list.count(s, wanted, DAY) == len(expected)
    exported = [x.id for batch in lead_list.batches(store.session, wanted, DAY, 64) for x in batch]
    assert exported == expected


@pytest.mark.parametrize("place", ["", "²", "1.x", "1", f"{'9' * 40}.{'a' * 16}", "-1.0", "\0"])
def test_a_place_that_is_none_is_the_first_page(store: Store, place: str) -> None:
    fill(store, 3)
    with store.session() as s:
        assert len(search.page(s, Filter(), DAY, after=place, before=place).leads) == 3


@pytest.mark.parametrize("text", ["%", "_", "/", "zoe%", "zoe_@exemple.fr", "\\"])
def test_what_a_database_reads_as_a_pattern_is_a_sign_like_others(store: Store, text: str) -> None:
    fill(store, 12)
    with store.session() as s:
        found = {lead.id for lead in search.page(s, Filter(text=text), DAY).leads}
        assert len(found) in ((12,) if not any(c.isalnum() for c in text) else (0, 12))
        assert not ("@" in text and found)


@pytest.mark.parametrize(
    ("asked", "most"), [({}, 4), ({"text": "personne du tout"}, 7), ({"verdict": "pursue"}, 7)]
)
def test_a_page_asks_the_database_a_few_times(
    store: Store, asked: dict[str, str], most: int
) -> None:
    """Each question costs a turn to the database and back, whatever it finds."""
    fill(store, COUNTED + 3)
    with store.session() as session:
        sent: list[str] = []

        def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
            sent.append(statement)

        event.listen(store.reading, "before_cursor_execute", note)
        search.page(session, Filter(**asked), DAY)
        inform.due(session, DAY)
    assert len(sent) <= most, "\n".join(sent)


def test_the_same_name_is_alike_whatever_its_case_and_accents(store: Store) -> None:
    names = ("Zoë Le Bœuf", "ZOE LE BOEUF", "Zoé Le-Bœuf", "Zoë Le Bœuf-Martin", "Le Bœuf")
    with Session(store.writing) as s:
        s.add_all(Lead(name=n, skills=[], inform_by=DAY, created_at=1) for n in names)
        s.commit()
        first = s.scalars(select(Lead).where(Lead.name == names[0])).one()
        assert {x.name for x in alike(s, first)} == {names[1], names[2]}


def test_the_text_follows_imports_corrections_and_mergers(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "in.csv"
    file.write_text("name,mail,phone\nAda Un,ada@exemple.fr,\nAda Deux,,06 12 34 56 87\n")
    with Session(store.writing) as s:
        assert pool_file.import_pool(s, file, "secret", PACKS, "FR").taken == 2
        one, two = s.scalars(select(Lead).order_by(Lead.name.desc()))
        change.correct(
            s, one.id, {"name": "Ada Trois", "mail": one.mail, "skills": "Soudure"}, None
        )
        merge(s, one.id, two.id, None, {})
        s.commit()
    with store.session() as s:
        for text in ("ada trois soudure", "ada@exemple.fr", "0612345687"):
            assert len(search.page(s, Filter(text=text), DAY).leads) == 1, text
        for lead in s.scalars(select(Lead)):
            fields = ("name", "role", "company", "skills", "mail", "phone")
            assert lead.folded == folded({name: getattr(lead, name) for name in fields})


def test_a_large_file_is_counted_at_once(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or PostgreSQL would sort the whole list for each page until it counts by itself."""
    monkeypatch.setattr(pool_file, "LARGE", 2)
    (tmp_path / "in.csv").write_text("name,mail\nAda Un,ada@exemple.fr\nBo Deux,bo@exemple.fr\n")
    with Session(store.writing) as s:
        assert pool_file.import_pool(s, tmp_path / "in.csv", "secret", PACKS, "FR").taken == 2
    if not store.is_sqlite:
        with store.session() as s:
            counted = text("SELECT reltuples FROM pg_class WHERE relname = 'leads'")
            assert s.scalar(counted) == 2


@pytest.mark.parametrize(
    "text", ["soudeur", "introuvable", "zoe 1", "42", "zo", "C++", '"zoe"', "soudeur regleuse"]
)
def test_the_index_finds_what_reading_the_whole_list_finds(
    store: Store, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, 60)
    with store.session() as session:
        quick = search.page(session, Filter(text=text), DAY)
        monkeypatch.setattr(search, "narrowed", lambda _session, _text: [])
        whole = search.page(session, Filter(text=text), DAY)
    assert [lead.id for lead in quick.leads] == [lead.id for lead in whole.leads]
    assert quick.total == whole.total


@settings(max_examples=30)
@given(rows=lists(tuples(integers(0, 9), sampled_from(["Ada", "Zoë Ducœur", "Li", "O'Neil"]))))
def test_the_index_follows_whatever_is_written(rows: list[tuple[int, str]]) -> None:
    """Added, renamed and removed leads are found as they are now, and as they were no more."""
    with tempfile.TemporaryDirectory() as folder, opened(f"sqlite:///{folder}/x.db") as store:
        for place, name in rows:
            _write(store, f"{place:016x}", name)
        with store.session() as s:
            names = s.execute(select(Lead.id, Lead.folded)).all()
            for three in ("ada", "zoe", "duc", "oeu", "nei"):
                asked = text(
                    "SELECT number FROM lead_numbers WHERE number IN (SELECT rowid FROM"
                    " lead_sought WHERE lead_sought MATCH :three)"
                )
                found = s.execute(asked, {"three": f'"{three}"'}).all()
                assert len(found) == sum(three in folded for _, folded in names), three
            assert s.scalar(text("SELECT count(*) FROM lead_numbers")) == len(names)


def _write(store: Store, id: str, name: str) -> None:
    """A new lead, the same under another name, or a lead that goes: by turns."""
    with Session(store.writing) as s:
        known = s.get(Lead, id)
        if known is None:
            s.add(Lead(id=id, name=name, inform_by=DAY, created_at=1))
        elif known.name != name:
            known.name = name
        else:
            s.delete(known)
        s.commit()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kergelen", "Solenn Kerguelen"),
        ("Solene Kerguellen", "Solenn Kerguelen"),
        ("abdelazziz", "Abdelaziz Benani"),
        ("Benani Abdelaizz", "Abdelaziz Benani"),
    ],
)
def test_a_slip_in_a_name_finds_the_person(store: Store, typed: str, meant: str) -> None:
    with Session(store.writing) as s:
        for name in ("Solenn Kerguelen", "Abdelaziz Benani", "Maud Lebrun"):
            s.add(Lead(name=name, inform_by=DAY, created_at=1))
        s.commit()
    with store.session() as s:
        found = search.page(s, Filter(text=typed), DAY)
        assert found.near
        assert [lead.name for lead in found.leads] == [meant]
        assert not search.page(s, Filter(text=typed, channel="school"), DAY).leads
        assert not search.page(s, Filter(text=meant), DAY).near
        assert not search.page(s, Filter(text="personne du tout"), DAY).leads
