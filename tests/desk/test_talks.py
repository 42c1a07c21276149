"""The reverse interview, end to end: pages, and mails that a real SMTP server received."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from sqlalchemy import select, update

from game.base.clock import now_ms
from game.base.days import day_of
from game.base.slots import FORM
from game.jobs.worker import Worker
from game.store.database_clock import clock
from game.store.tables import (
    Colleague,
    Interview,
    Job,
    Nomination,
    Player,
    Point,
    RoundRow,
    Touchpoint,
    User,
    Workshop,
)
from tests.desk.at_desk import Desk, desk_in
from tests.reading import without_tokens
from tests.smtp import Post, smtp_server
from tests.table import PACKS

SECRET = "Pourquoi la dernière personne est-elle partie ?"
PICKED = next(one.label for one in PACKS["fr"].questions if one.key == "monday")
NAME = "Solenn Kerguelen"


class House:
    """A desk with a mail server, and the worker that sends its mails."""

    def __init__(self, desk: Desk, post: Post) -> None:
        self.desk, self.post = desk, post
        self.worker = Worker(desk.game.store, PACKS, desk.game.settings)

    def mails(self, *, later: bool = False) -> list[EmailMessage]:
        """Those that leave now; with `later`, those that were to leave one day."""
        before = len(self.post.mails)
        with self.desk.game.store.writing.begin() as connection:
            if later:
                waits = update(Job).where(Job.state == "waiting", Job.kind == "talk_mail")
                connection.execute(waits.values(due_at=0))
            self.worker.asked = day_of(clock(connection))
        while self.worker.once():
            pass
        return self.post.mails[before:]

    def change(self, table: Any, **values: Any) -> None:
        self.desk.write(lambda s: s.execute(update(table).values(**values)))


@pytest.fixture
def house(tmp_path: Any) -> Iterator[House]:
    with (
        smtp_server() as post,
        desk_in(tmp_path / "x", smtp_url=post.url, mail_from="talents@maison.fr") as desk,
    ):
        yield House(desk, post)


def text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def page_in(mail: EmailMessage) -> str:
    """The path of the page that a mail leads to."""
    found = re.search(r"https?://[^/]+(/(?:colleague|contact)/\S+)", text(mail))
    assert found
    return found[1]


def by_address(mails: list[EmailMessage]) -> dict[str, EmailMessage]:
    return {str(mail["To"]): mail for mail in mails}


def in_days(days: int) -> str:
    """A time by the house's clock."""
    here = datetime.now(UTC).astimezone(ZoneInfo("Europe/Paris"))
    return (here + timedelta(days=days)).strftime(FORM)


def offered(house: House, desk: FlaskClient, name: str = "Camille Bernard") -> str:
    """A colleague who offered themselves; the path of their page."""
    mail = f"{name.split()[0].lower()}@maison.fr"
    desk.post("/desk/colleagues", data={"name": name, "mail": mail, "topics": "le bateau"})
    (invited,) = house.mails()
    page = page_in(invited)
    assert invited["To"] == mail
    stranger = house.desk.app.test_client()
    form = {"ways": ["walk", "remote"], "topics": "le chantier"}
    assert stranger.post(f"{page}/offer", data=form).status_code == 303
    return page


def opened(house: House, desk: FlaskClient, **more: Any) -> tuple[str, str]:
    """A lead to whom a talk was opened: (id, path of their page of it)."""
    lead_id = house.desk.lead(NAME, mail="solenn@exemple.fr", **more)
    done = desk.post(f"/desk/leads/{lead_id}/talk", data={"why": "offer"})
    assert done.status_code == 302, done.text
    (mail,) = house.mails()
    assert mail["To"] == "solenn@exemple.fr"
    return lead_id, page_in(mail)


def choice(house: House, **more: Any) -> dict[str, Any]:
    whom = house.desk.read(lambda s: s.scalars(select(Colleague.id)).first())
    asked = {"pick": ["monday"], "own": SECRET, "slot": [in_days(4), in_days(3), ""]}
    return {"colleague": whom, "way": "walk", **asked, **more}


def taken_out(mail: EmailMessage) -> str:
    """The talk that a mail takes out of a calendar."""
    (file,) = mail.iter_attachments()
    calendar = Calendar.from_ical(file.get_content())
    assert calendar["METHOD"] == "CANCEL"
    (event,) = calendar.walk("VEVENT")
    assert event["STATUS"] == "CANCELLED"
    return str(event["UID"]).removeprefix("talk-").removesuffix("@sourcerie")


def agreed_with(house: House, own: str, page: str) -> str:
    """A talk that is agreed, its mails out; its id."""
    contact, friend = house.desk.app.test_client(), house.desk.app.test_client()
    contact.post(f"{own}/ask", data=choice(house))
    one = house.desk.read(lambda s: s.scalars(select(Interview)).one())
    assert friend.post(f"{page}/{one.id}/agree", data={"slot": one.slots[0]}).status_code == 303
    house.mails()
    return str(one.id)


def test_what_is_called_off_leaves_both_calendars(house: House) -> None:
    desk, _ = house.desk.person("recruiter")
    page = offered(house, desk)
    _lead, own = opened(house, desk)
    for act, who in (("withdraw", own), ("decline", page)):
        talk_id = agreed_with(house, own, page)
        at = f"{who}/{act}" if who == own else f"{page}/{talk_id}/{act}"
        assert house.desk.app.test_client().post(at).status_code == 303
        told = by_address(house.mails())
        assert taken_out(told["solenn@exemple.fr"]) == talk_id
        assert act == "decline" or taken_out(told["camille@maison.fr"]) == talk_id


def test_a_colleague_earns_points_whatever_comes_of_it(house: House) -> None:
    desk, _ = house.desk.person("recruiter")

    def play(s: Any) -> str:
        workshop = Workshop(name="A", code="TALK", created_at=1)
        s.add(workshop)
        s.flush()
        where = {"workshop_id": workshop.id}
        s.add(RoundRow(**where, place=0, kind="recommend", seconds=60, phase="revealed"))
        mail = "Camille@maison.fr"
        player = Player(**where, nickname="C", folded="c", work_mail=mail, joined_at=1)
        s.add(player)
        s.flush()
        return str(player.id)

    player = house.desk.write(play)
    page = offered(house, desk)
    _lead, own = opened(house, desk)
    talk_id = agreed_with(house, own, page)
    house.mails(later=True)
    house.mails(later=True)
    points = house.desk.read(lambda s: s.scalars(select(Point)).one())
    assert (points.slot, points.reason, points.status) == (f"talk:{talk_id}", "talked", "confirmed")
    found = house.desk.read(lambda s: s.get_one(Player, player))
    assert found.confirmed == found.provisional == points.amount > 0


def test_words_that_the_law_keeps_out_wait_for_one_reader(house: House) -> None:
    desk, _ = house.desk.person("recruiter")
    officer, _ = house.desk.person("dpo")
    page = offered(house, desk)
    lead_id, own = opened(house, desk)
    agreed_with(house, own, page)
    house.change(Interview, at=now_ms() - 1000)
    told = {"helped": "clearer", "words": "Elle est élue de la CFDT."}
    assert house.desk.app.test_client().post(f"{own}/tell", data=told).status_code == 303
    assert "CFDT" not in without_tokens(desk.get(f"/desk/leads/{lead_id}").text)
    assert "CFDT" in officer.get("/law/texts").text
    talk_id = house.desk.read(lambda s: s.scalars(select(Interview.id)).one())
    assert officer.post(f"/law/texts/{talk_id}/pass").status_code == 302
    assert "CFDT" in desk.get(f"/desk/leads/{lead_id}").text
    assert "CFDT" not in without_tokens(officer.get("/law/texts").text)


def test_from_the_offer_to_what_the_candidate_says_of_it(house: House) -> None:
    desk, _ = house.desk.person("recruiter")
    contact, friend = house.desk.app.test_client(), house.desk.app.test_client()
    page = offered(house, desk)
    lead_id, own = opened(house, desk)
    shown = contact.get(own).text
    assert "Camille Bernard" in shown
    assert "le chantier" in shown
    late = contact.post(f"{own}/ask", data=choice(house, slot=[in_days(-1)]))
    assert late.status_code == 422
    assert SECRET in late.text  # nothing typed is lost
    assert contact.post(f"{own}/ask", data=choice(house, way="phone")).status_code == 422
    assert contact.post(f"{own}/ask", data=choice(house)).status_code == 303
    sent = by_address(house.mails())
    assert SECRET in text(sent["solenn@exemple.fr"])
    assert SECRET not in text(sent["camille@maison.fr"])
    assert NAME not in text(sent["camille@maison.fr"])
    theirs = friend.get(page).text
    for said in (NAME, SECRET.replace("?", "")[:-1], PICKED[:20]):
        assert said in theirs
    (talk_id,) = house.desk.read(lambda s: list(s.scalars(select(Interview.id))))
    other = {"other": in_days(6), "place": "Devant la grille"}
    assert friend.post(f"{page}/{talk_id}/propose", data=other).status_code == 303
    assert page_in(house.mails()[0]) == own
    assert "Devant la grille" in contact.get(own).text
    assert contact.post(f"{own}/take").status_code == 303
    agreed = by_address(house.mails())
    assert set(agreed) == {"solenn@exemple.fr", "camille@maison.fr"}
    for mail in agreed.values():
        (file,) = mail.iter_attachments()
        assert file.get_content_type() == "text/calendar"
        (event,) = Calendar.from_ical(file.get_content()).walk("VEVENT")
        assert event["LOCATION"] == "Devant la grille"
        at = house.desk.read(lambda s: s.scalars(select(Interview.at)).one())
        assert event["DTSTART"].dt.timestamp() * 1000 == at
        assert NAME not in str(file.get_content())
    assert b"BEGIN:VEVENT" in contact.get(f"{own}.ics").data
    assert NAME.encode() not in friend.get(f"{page}/{talk_id}.ics").data
    seen = desk.get(f"/desk/leads/{lead_id}").text  # all of it: privacy/test_what_is_asked.py
    assert "Camille Bernard" in seen
    for secret in (SECRET[:-1], PICKED[:20], page.rsplit("/", 1)[1]):
        assert secret not in seen
    later = house.mails(later=True)
    assert sorted(str(mail["To"]) for mail in later) == [
        "camille@maison.fr",
        *["solenn@exemple.fr"] * 2,
    ]
    assert house.desk.read(lambda s: s.scalars(select(Interview.questions)).one()) == []
    told = {"helped": "clearer", "words": "Une heure franche."}
    assert contact.post(f"{own}/tell", data=told).status_code == 422  # not before it took place
    house.change(Interview, at=now_ms() - 1000)
    assert contact.get(own).status_code == 200
    assert contact.post(f"{own}/tell", data=told).status_code == 303
    assert "Une heure franche." in desk.get(f"/desk/leads/{lead_id}").text
    kinds = house.desk.read(lambda s: s.scalars(select(Touchpoint.kind)).all())
    assert list(kinds) == ["invitation"]


@pytest.mark.parametrize("wish", ["object", "erase"])
def test_who_objects_or_goes_leaves_nothing_of_it(house: House, wish: str) -> None:
    desk, _ = house.desk.person("recruiter")
    contact, friend = house.desk.app.test_client(), house.desk.app.test_client()
    page = offered(house, desk)
    _lead, own = opened(house, desk)
    contact.post(f"{own}/ask", data=choice(house))
    (talk_id,) = house.desk.read(lambda s: list(s.scalars(select(Interview.id))))
    slot = house.desk.read(lambda s: s.scalars(select(Interview.slots)).one())[0]
    assert friend.post(f"{page}/{talk_id}/agree", data={"slot": slot}).status_code == 303
    before = [str(mail["To"]) for mail in house.mails()]  # the copy, and two that it is agreed
    assert sorted(before) == ["camille@maison.fr", *["solenn@exemple.fr"] * 2]
    contact.post(f"{own.removesuffix('/talk')}/{wish}")
    (mail,) = house.mails(later=True)
    assert mail["To"] == "camille@maison.fr"
    assert taken_out(mail) == talk_id
    assert "renonce" in text(mail)
    assert NAME not in text(mail)
    assert NAME not in friend.get(page).text
    assert house.desk.read(lambda s: s.scalars(select(Interview.id)).all()) == []


def test_it_is_only_opened_to_whom_we_may_write_to(house: House) -> None:
    desk, _ = house.desk.person("recruiter")
    for more in ({"informed": False}, {"mail": ""}, {"objected_at": 1}):
        lead_id = house.desk.lead("Ada", **{"mail": "ada@exemple.fr", **more})
        assert desk.post(f"/desk/leads/{lead_id}/talk", data={"why": "offer"}).status_code == 422
    assert house.mails() == []


def test_the_experts_of_rooms_who_accepted_are_asked_to_offer_themselves(house: House) -> None:
    desk, _ = house.desk.person("recruiter")

    def name(s: Any) -> None:
        s.add(Workshop(id="w", name="A", code="EXPT", created_at=1))
        s.flush()
        told = {"workshop_id": "w", "place": 0, "kind": "expert", "seconds": 60}
        s.add(RoundRow(id="r", **told))
        s.flush()
        for nominee, status in (("Maud Riou", "accepted"), ("Yann Kerbrat", "asked")):
            given = {"slot": f"expert:{status}", "nominee": nominee, "status": status}
            s.add(Nomination(round_id="r", workshop_id="w", subject="la paie", at=1, **given))

    house.desk.write(name)
    shown = desk.get("/desk/colleagues").text
    assert "Maud Riou" in shown
    assert "Yann Kerbrat" not in shown  # who has not answered is named to nobody
    typed = {"name": "Maud Riou", "mail": "maud@maison.fr", "topics": "la paie"}
    assert desk.post("/desk/colleagues", data=typed).status_code == 302
    (invited,) = house.mails()
    assert invited["To"] == "maud@maison.fr"


def test_it_opens_to_who_hesitates_and_who_says_nothing_of_it_is_asked_no_more(
    house: House,
) -> None:
    desk, _ = house.desk.person("recruiter")
    page = offered(house, desk)
    lead_id = house.desk.lead(NAME, mail="solenn@exemple.fr")
    assert desk.post(f"/desk/leads/{lead_id}/talk", data={"why": "hesitates"}).status_code == 302
    own = page_in(house.mails()[0])
    assert house.desk.read(lambda s: s.scalars(select(Interview.why)).one()) == "hesitates"
    agreed_with(house, own, page)
    house.change(Interview, at=now_ms() - 1000)
    house.mails(later=True)
    assert house.mails(later=True) == []  # one question, and no reminder of it
    one = house.desk.read(lambda s: s.scalars(select(Interview)).one())
    assert (one.told_at, one.helped, one.words) == (None, "", "")
    assert "Elle en dit" not in desk.get(f"/desk/leads/{lead_id}").text


def test_who_decides_is_no_colleague_and_who_leaves_frees_their_talks(house: House) -> None:
    desk, by = house.desk.person("recruiter")
    mail = house.desk.read(lambda s: s.get_one(User, by).mail)
    refused = desk.post("/desk/colleagues", data={"name": "Rosa", "mail": mail})
    assert refused.status_code == 422
    assert "décide" in refused.text
    page = offered(house, desk)
    _lead, own = opened(house, desk)
    contact = house.desk.app.test_client()
    contact.post(f"{own}/ask", data=choice(house))
    house.mails()
    gone = house.desk.app.test_client()
    assert gone.post(f"{page}/leave").status_code == 200
    assert gone.get(page).status_code == 404
    (told,) = house.mails()
    assert told["To"] == "solenn@exemple.fr"
    state = house.desk.read(lambda s: s.execute(select(Interview.state, Interview.questions)).one())
    assert tuple(state) == ("open", [])
