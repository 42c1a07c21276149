"""A forgotten password: a link by mail, once, soon over; nobody learns who has an account."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import func, select

from game.accounts.user import named, new_link
from game.base import sign_in_link
from game.jobs.worker import Worker
from game.store.tables import AuditEntry, Job, User
from tests.addresses import call_from_elsewhere
from tests.desk.at_desk import Desk, desk_in
from tests.smtp import Post, smtp_server

GOOD = "une source claire"


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with smtp_server() as made:
        yield made


@pytest.fixture(scope="module")
def desk(post: Post, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    given = {"smtp_url": post.url, "mail_from": "talents@maison.fr"}
    with desk_in(tmp_path_factory.mktemp("forgotten") / "instance", **given) as made:
        yield made


def mail_of(desk: Desk, user_id: str) -> str:
    return str(desk.read(lambda s: s.get_one(User, user_id).mail))


def work(desk: Desk) -> None:
    """Does all that is due."""
    worker = Worker(desk.game.store, desk.game.packs, desk.game.settings)
    while worker.once():
        pass


def ask(desk: Desk, mail: str, lang: str = "fr") -> Any:
    stranger = call_from_elsewhere(desk.app.test_client())
    stranger.post(f"/lang/{lang}")
    return stranger.post("/sign-in/forgotten", data={"mail": mail})


def link_in(post: Post) -> str:
    text = post.mails[-1].get_content()
    found = re.search(r"http\S+(/sign-in/link/\S+)", text)
    assert found
    return found[1]


def test_the_mailed_link_opens_once_and_ends_what_was_open(desk: Desk, post: Post) -> None:
    there, user_id = desk.person()
    mail = mail_of(desk, user_id)
    told = ask(desk, f" {mail.upper()}", "en")
    assert told.status_code == 200
    work(desk)
    assert post.mails[-1]["To"] == mail
    assert post.mails[-1]["Subject"] == "Your link to sign in to Sourcerie"
    path = link_in(post)
    browser = call_from_elsewhere(desk.app.test_client())
    assert browser.get(path).status_code == 200  # a mail scanner looks, and uses nothing
    assert there.get("/account").status_code == 200
    assert browser.post(path).location == "/account"
    assert there.get("/account").status_code == 302
    assert browser.post(path).status_code == 410
    form = {"name": "", "lang": "fr", "password": GOOD}
    assert browser.post("/account", data=form).status_code == 302
    late = call_from_elsewhere(desk.app.test_client())
    assert late.post("/sign-in", data={"mail": mail, "password": GOOD}).status_code == 302
    asked = desk.read(
        lambda s: s.scalars(select(AuditEntry.user_id).filter_by(action="sign_in_link_asked")).all()
    )
    assert user_id in asked


def rows_written(desk: Desk) -> tuple[int, int]:
    """(jobs, lines of the log) that there are."""
    counts = [select(func.count()).select_from(table) for table in (Job, AuditEntry)]
    return desk.read(lambda s: (s.scalar(counts[0]), s.scalar(counts[1])))


def test_nobody_learns_whether_a_mail_is_known(desk: Desk, post: Post) -> None:
    """The same page, the same writes; and the queue keeps no mail of a stranger."""
    _browser, user_id = desk.person()
    before = len(post.mails)
    written = [rows_written(desk)]
    known = ask(desk, mail_of(desk, user_id))
    written.append(rows_written(desk))
    unknown = ask(desk, "personne@ailleurs.fr")
    written.append(rows_written(desk))
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(written)]
    assert steps == [(1, 1), (1, 1)]  # else the time of the answer would tell
    assert known.status_code == unknown.status_code == 200
    assert known.text.split("<main")[1] == unknown.text.split("<main")[1]
    jobs = desk.read(lambda s: s.scalars(select(Job).where(Job.kind == "sign_in_mail")).all())
    assert "personne@ailleurs.fr" not in str([job.given for job in jobs])
    work(desk)
    assert len(post.mails) == before + 1
    disabled = desk.person()[1]
    mail = mail_of(desk, disabled)
    desk.write(lambda s: setattr(s.get_one(User, disabled), "disabled_at", 1))
    assert ask(desk, mail).status_code == 200
    work(desk)
    assert len(post.mails) == before + 1


def test_it_is_asked_for_a_few_times_only(desk: Desk) -> None:
    codes = [ask(desk, "toujours@ailleurs.fr").status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]


def test_a_mailed_link_is_over_after_half_an_hour_and_a_given_one_after_a_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    secret = "a secret of this test alone"
    links = {way: sign_in_link.token(secret, "u", "n", way) for way in sign_in_link.LASTS}
    real = TimestampSigner.get_timestamp
    for later, open_ in ((1_700, {"", "mailed"}), (1_900, {""}), (86_500, set())):
        monkeypatch.setattr(
            TimestampSigner, "get_timestamp", lambda self, later=later: real(self) + later
        )
        assert {way for way, one in links.items() if sign_in_link.named(secret, one)} == open_


def test_a_new_password_ends_links_that_wait(desk: Desk, post: Post) -> None:
    browser, user_id = desk.person()
    mail = mail_of(desk, user_id)
    given = desk.write(lambda s: new_link(s, desk.game.secret, s.get_one(User, user_id), None))
    ask(desk, mail)
    work(desk)
    mailed = link_in(post)
    browser.post("/account", data={"name": "", "lang": "fr", "password": GOOD})
    for path in (mailed, f"/sign-in/link/{given}"):
        assert call_from_elsewhere(desk.app.test_client()).post(path).status_code == 410
    assert desk.read(lambda s: named(s, mail) is not None)


def test_without_a_mail_server_the_page_says_whom_to_ask(tmp_path: Any) -> None:
    with desk_in(tmp_path / "mute") as mute:
        page = mute.app.test_client().get("/sign-in/forgotten")
        assert "administre" in page.text
        assert "<form" not in page.text.split("<main")[1]
