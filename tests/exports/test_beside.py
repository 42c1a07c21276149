"""A large export comes from a process of its own, whole or visibly broken off."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import openpyxl
import psutil
import pytest
from sqlalchemy.orm import Session

from game.base.refusal import Refusal
from game.exports import rows
from game.exports.beside import AT_ONCE, Exports, Wanted
from game.pool.lead_filter import Filter
from game.store.engine import Store
from game.store.tables import Lead
from game.web.desk.transfer.export import SMALL
from tests.databases import laid
from tests.serving import Server, Staff

DAY = date(2090, 12, 1)


def fill(store: Store, count: int) -> None:
    with Session(store.writing) as s:
        s.add_all(
            Lead(name=f"Zoë {n}", skills=[], inform_by=DAY, created_at=n) for n in range(count)
        )
        s.commit()


def wanted(folder: Path, count: int, **more: str) -> Wanted:
    url = laid(folder / "x.db")
    store = Store(url)
    fill(store, count)
    store.close()
    about = {"database_url": url, "kind": "csv", "lang": "fr", "separator": ";", **more}
    return Wanted(filter=Filter(text="zoe"), today=DAY, **about)


def test_a_large_list_is_streamed_whole(server: Server, staff: Staff) -> None:
    store = server.store()
    fill(store, SMALL + 1)
    store.close()
    sent = staff.post("/desk/export/csv", {"text": "zoe", "separator": "comma"}, "/desk")
    read = list(csv.DictReader(io.StringIO(sent.content.decode("utf-8-sig"))))
    assert len({row["Nom complet"] for row in read}) == len(read) == SMALL + 1
    sent = staff.post("/desk/export/xlsx", {}, "/desk")
    sheet = openpyxl.load_workbook(io.BytesIO(sent.content), read_only=True).worksheets[0]
    assert sum(1 for _ in sheet.iter_rows()) == SMALL + 2
    log = re.sub(r"/sign-in/link/\S+", "", server.log.read_text())  # a random token may hold it
    assert not re.search(r"Zo", log)


def test_who_leaves_ends_it(tmp_path: Path) -> None:
    exports, mine = Exports(), psutil.Process()
    pieces = exports.stream(wanted(tmp_path, 3_000))
    before = set(mine.children())
    assert next(pieces).startswith(b"\xef\xbb\xbf")
    assert set(mine.children()) - before
    assert exports.running == 1
    pieces.close()
    assert exports.running == 0
    assert not set(mine.children()) - before


def test_no_more_than_a_few_at_once(tmp_path: Path) -> None:
    exports, what = Exports(), wanted(tmp_path, 10)
    under_way = [exports.stream(what) for _ in range(AT_ONCE)]
    for pieces in under_way:
        next(pieces)
    with pytest.raises(Refusal, match="busy"):
        exports.stream(what)
    assert all(list(pieces) == [] for pieces in under_way)
    assert list(exports.stream(what)), "who is done makes room"


def test_what_breaks_off_is_no_whole_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    what = wanted(tmp_path, 1)
    (tmp_path / "x.db").write_bytes(b"not a database, but long enough to be looked at" * 99)
    with pytest.raises(RuntimeError):
        list(Exports().stream(what))


def test_the_child_counts_as_well(tmp_path: Path) -> None:
    exports, mine = Exports(), psutil.Process()
    before = set(mine.children())
    count, pieces = exports.counted(wanted(tmp_path, 30))
    assert count == 30
    read = list(csv.DictReader(io.StringIO(b"".join(pieces).decode("utf-8-sig")), delimiter=";"))
    assert len(read) == 30
    count, pieces = exports.counted(Wanted(**{**vars(wanted(tmp_path, 0)), "kind": "xlsx"}))
    next(pieces)
    pieces.close()
    assert exports.running == 0
    assert set(mine.children()) == before


def test_what_breaks_off_before_it_was_counted_is_no_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    what = wanted(tmp_path, 1)
    (tmp_path / "x.db").write_bytes(b"not a database, but long enough to be looked at" * 99)
    with pytest.raises(RuntimeError):
        Exports().counted(what)


def test_the_room_s_own_process_counts_no_further_than_it_must(store: Store) -> None:
    fill(store, 30)
    with store.session() as s:
        assert rows.count(s, Filter(), DAY, (), 10) == 10
        assert rows.count(s, Filter(), DAY, ()) == 30
