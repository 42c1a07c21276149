"""Two steps: a code of the app or of paper, each once; guesses bounded; nobody locked out."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.accounts import password, second_factor
from game.accounts import user as accounts
from game.accounts.sign_in import WAITS_MS
from game.base.clock import now_ms
from game.base.refusal import Refusal
from game.store.tables import AuditEntry, RecoveryCode, SecondFactor, SignIn, User
from tests.addresses import call_from_elsewhere
from tests.databases import opened
from tests.desk.at_desk import Desk, desk_in

SECRET = "a secret of this test alone"
GOOD = "une source claire"
KEPT = password.hash_of(GOOD)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_in(tmp_path_factory.mktemp("steps") / "instance") as made:
        yield made


@pytest.fixture
def rows(either: str) -> Iterator[Session]:
    with opened(either) as store, Session(store.writing) as session:
        yield session
        session.rollback()


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of codes stands still: none goes stale between its making and its use."""
    at = now_ms()
    monkeypatch.setattr(second_factor, "now_ms", lambda: at)


def code(key: str, later: int = 0) -> str:
    return pyotp.TOTP(key).generate_otp(second_factor.now_ms() // second_factor.STEP_MS + later)


def user_with(session: Session, secret: str = SECRET) -> tuple[str, str, list[str]]:
    """Somebody whose second factor is on: their id, the app's key, their codes on paper."""
    user = accounts.add_user(session, f"rosa-{now_ms()}@maison.fr", "recruiter")
    second_factor.begin(session, secret, user.id)
    key = second_factor.offered(session, secret, user.id)
    codes = second_factor.confirm(session, secret, user.id, code(key, -1))
    assert codes
    return user.id, key, codes


def test_a_code_counts_once_whatever_database(rows: Session) -> None:
    user, key, paper = user_with(rows)
    assert len(set(paper)) == 10
    assert second_factor.proof(rows, SECRET, user, code(key, -1)) is None  # set it up already
    mine = code(key)
    assert second_factor.proof(rows, SECRET, user, f" {mine[:3]} {mine[3:]} ") == "app"
    assert second_factor.proof(rows, SECRET, user, mine) is None
    assert second_factor.proof(rows, SECRET, user, code(key, -1)) is None  # before the last one
    assert second_factor.proof(rows, SECRET, user, code(key, 5)) is None
    assert second_factor.proof(rows, SECRET, user, paper[3].upper().replace("-", " ")) == "paper"
    assert second_factor.proof(rows, SECRET, user, paper[3]) is None
    assert second_factor.left(rows, user) == 9
    for nonsense in ("", "١٢٣٤٥٦", "0" * 40, "-"):
        assert second_factor.proof(rows, SECRET, user, nonsense) is None
    other, _key, _codes = user_with(rows)
    assert second_factor.proof(rows, SECRET, other, paper[4]) is None  # somebody else's


def test_neither_key_nor_codes_stand_in_the_database(rows: Session) -> None:
    user, key, paper = user_with(rows)
    kept = rows.get_one(SecondFactor, user).sealed
    hashes = "".join(rows.scalars(select(RecoveryCode.hash)))
    assert key not in kept
    assert not [one for one in paper if one in hashes or one.replace("-", "") in hashes]
    for secret, known in ((SECRET, True), ("another secret", False)):  # nobody tries codes on it
        assert {second_factor._hash(secret, user, one) in hashes for one in paper} == {known}
    with pytest.raises(Refusal, match="second_unreadable"):
        second_factor.proof(rows, "another secret than before", user, code(key))


class Somebody:
    """A recruiter with a password, in a browser of theirs."""

    def __init__(self, desk: Desk, role: str = "recruiter") -> None:
        self.desk = desk
        self.client, self.id = desk.person(role)
        self.mail = desk.write(self._with_password)

    def _with_password(self, s: Session) -> str:
        user = s.get_one(User, self.id)
        user.password_hash = KEPT
        return user.mail

    def set_up(self) -> tuple[str, list[str]]:
        """The app's key, and the codes on paper."""
        self.client.post("/account/second", data={"do": "begin"})
        page = self.client.get("/account/second").text
        key = re.findall(r'class="key">([A-Z2-7 ]+)<', page)[0].replace(" ", "")
        assert "<svg" in page
        form = {"one_time": code(key, -1), "current": GOOD}
        told = self.client.post("/account/second", data=form)
        return key, re.findall(r"<code>([a-z0-9]{5}-[a-z0-9]{5})</code>", told.text)

    def browser(self) -> FlaskClient:
        """Another browser, its first step done."""
        made = call_from_elsewhere(self.desk.app.test_client())
        made.post("/sign-in?next=/desk/agenda", data={"mail": self.mail, "password": GOOD})
        return made


def is_in(client: FlaskClient) -> bool:
    return client.get("/account").status_code == 200


def test_the_first_step_alone_lets_nobody_in(desk: Desk) -> None:
    who = Somebody(desk)
    before = who.browser()
    assert is_in(before)
    key, paper = who.set_up()
    assert len(paper) == 10
    assert is_in(who.client)
    assert not is_in(before)  # it had come in with one step
    for one_time in (code(key), paper[0]):
        browser = who.browser()
        assert not is_in(browser)
        assert "/sign-in/second" in browser.get("/sign-in/second").request.path
        wrong = browser.post("/sign-in/second", data={"one_time": "000 000"})
        assert wrong.status_code == 422
        assert "pas le bon" in wrong.text
        right = browser.post("/sign-in/second", data={"one_time": one_time})
        assert right.location == "/desk/agenda"
        assert one_time not in right.location
        assert is_in(browser)
        again = who.browser().post("/sign-in/second", data={"one_time": one_time})
        assert again.status_code == 422
    noted = desk.read(lambda s: set(s.scalars(select(AuditEntry.action))))
    assert {"second_factor_set", "second_step_failed", "recovery_code_used"} <= noted


def test_a_link_asks_for_the_second_step_too(desk: Desk) -> None:
    who = Somebody(desk)
    key, _paper = who.set_up()
    token = desk.write(
        lambda s: accounts.new_link(s, desk.game.secret, s.get_one(User, who.id), None)
    )
    browser = call_from_elsewhere(desk.app.test_client())
    assert browser.post(f"/sign-in/link/{token}").location == "/sign-in/second"
    assert not is_in(browser)
    assert not is_in(who.client)  # a link ends what was open
    browser.post("/sign-in/second", data={"one_time": code(key)})
    assert is_in(browser)


def test_the_second_step_waits_ten_minutes_and_no_cookie_replaces_it(desk: Desk) -> None:
    who = Somebody(desk)
    key, _paper = who.set_up()
    late = who.browser()

    def age(s: Session) -> str:
        mine = select(SignIn).where(SignIn.user_id == who.id, SignIn.owes_code)
        row = s.scalars(mine).one()
        row.started_at -= WAITS_MS
        return row.id

    id = desk.write(age)
    assert late.post("/sign-in/second", data={"one_time": code(key)}).location == "/sign-in"
    with late.session_transaction() as cookie:
        cookie["_user_id"] = id
    assert not is_in(late)


def test_codes_are_guessed_as_seldom_as_passwords(desk: Desk) -> None:
    who = Somebody(desk)
    key, _paper = who.set_up()
    thief = who.browser()
    said = [thief.post("/sign-in/second", data={"one_time": f"{n:06}"}).text for n in range(12)]
    assert "Trop d’essais" in said[-1]
    assert "Trop d’essais" in thief.post("/sign-in/second", data={"one_time": code(key)}).text
    # in the browser that they have come in with, its owner is let in all the same
    who.client.post("/sign-out")
    known = {"mail": who.mail, "password": GOOD}
    assert who.client.post("/sign-in", data=known).location == "/sign-in/second"
    assert who.client.post("/sign-in/second", data={"one_time": code(key)}).status_code in (
        302,
        422,
    )


def test_setting_it_up_takes_the_password_and_turning_it_off_a_code(desk: Desk) -> None:
    who = Somebody(desk)
    desk.write(lambda s: s.execute(update(SignIn).values(by_link=False)))
    who.client.post("/account/second", data={"do": "begin"})
    page = who.client.get("/account/second").text
    key = re.findall(r'class="key">([A-Z2-7 ]+)<', page)[0].replace(" ", "")
    form = {"one_time": code(key, -1), "current": "une source trouble"}
    refused = who.client.post("/account/second", data=form)
    assert refused.status_code == 422
    assert "mot de passe actuel" in refused.text
    told = who.client.post("/account/second", data={**form, "current": GOOD})
    paper = re.findall(r"<code>([a-z0-9-]{11})</code>", told.text)
    wrong = {"do": "off", "one_time": "123456"}
    assert who.client.post("/account/second", data=wrong).status_code == 422
    renewed = who.client.post("/account/second", data={"do": "codes", "one_time": paper[0]})
    fresh = re.findall(r"<code>([a-z0-9-]{11})</code>", renewed.text)
    assert len(fresh) == 10
    off = {"do": "off", "one_time": paper[1]}  # of the older ones, which count no more
    assert who.client.post("/account/second", data=off).status_code == 422
    assert who.client.post("/account/second", data={**off, "one_time": fresh[1]}).location
    assert is_in(who.browser())


def test_who_administers_takes_away_a_lost_phones_step(desk: Desk) -> None:
    who, admin = Somebody(desk), Somebody(desk, "admin")
    who.set_up()
    assert "deux étapes" in admin.client.get("/users").text
    assert admin.client.post(f"/users/{who.id}/second").status_code == 302
    assert not is_in(who.client)
    assert is_in(who.browser())
    noted = desk.read(
        lambda s: s.scalars(select(AuditEntry).filter_by(action="second_factor_removed")).all()
    )
    assert (admin.id, {"user": who.id}) in [(row.user_id, row.detail) for row in noted]


def test_a_house_may_ask_it_of_everybody(tmp_path: Path) -> None:
    with desk_in(tmp_path / "strict", two_factor="required") as strict:
        token, user_id = strict.write(lambda s: _newcomer(s, strict.game.secret))
        browser = call_from_elsewhere(strict.app.test_client())
        assert browser.post(f"/sign-in/link/{token}").location == "/sign-in/second"
        assert not is_in(browser)
        browser.post("/sign-in/second", data={"do": "begin"})
        page = browser.get("/sign-in/second").text
        key = re.findall(r'class="key">([A-Z2-7 ]+)<', page)[0].replace(" ", "")
        told = browser.post("/sign-in/second", data={"one_time": code(key)})
        assert "Codes de secours" in told.text
        assert is_in(browser)
        assert "Ne plus demander" not in browser.get("/account/second").text
        assert strict.read(lambda s: second_factor.is_on(s, user_id))


def _newcomer(s: Session, secret: str) -> tuple[str, str]:
    user = accounts.add_user(s, "neuve@maison.fr", "recruiter")
    return accounts.link_token(secret, user), user.id
