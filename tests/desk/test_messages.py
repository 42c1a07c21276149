"""Writing from the desk, to one and to many, sent by a real SMTP server or copied by hand."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from sqlalchemy import delete, select

from game.base.days import day_of
from game.jobs.worker import Worker
from game.privacy import notice
from game.store.database_clock import clock
from game.store.tables import (
    AuditEntry,
    Job,
    Lead,
    Mailing,
    MessageTemplate,
    Notice,
    Objection,
    Touchpoint,
)
from tests.desk.at_desk import Desk, desk_in
from tests.published import publish_notice
from tests.smtp import Post, smtp_server


@pytest.fixture(scope="module")
def _sending(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Post]]:
    folder = tmp_path_factory.mktemp("sending") / "instance"
    with smtp_server() as post:
        with desk_in(folder, smtp_url=post.url, mail_from="talents@maison.fr") as desk:
            yield desk, post


@pytest.fixture
def sending(_sending: tuple[Desk, Post]) -> tuple[Desk, Post]:
    desk, post = _sending
    for table in (Lead, Objection, Mailing, MessageTemplate, Job, Notice):
        desk.write(lambda s, table=table: s.execute(delete(table)))
    post.mails.clear()
    post.to.clear()
    return desk, post


def work(desk: Desk) -> None:
    worker = Worker(desk.game.store, desk.game.packs, desk.game.settings)
    worker.asked = day_of(desk.read(clock))
    while worker.once():
        pass


TYPED = {
    "name": "Des nouvelles",
    "lang": "fr",
    "kind": "message",
    "subject": "Bonjour {prénom}",
    "body": "Comment allez-vous ?\r\n\r\n{recruteur}",
}


def template_of(desk: Desk) -> str:
    return str(desk.read(lambda s: s.scalars(select(MessageTemplate.id)).one()))


def test_a_template_is_taken_up_previewed_saved_changed_removed(
    sending: tuple[Desk, Post],
) -> None:
    desk, _ = sending
    client, _ = desk.person()
    assert "Premier message" in client.get("/desk/messages").text
    assert "{poste}" in client.get("/desk/messages/new?from=first-word").text
    preview = client.post("/desk/messages/new", data={**TYPED, "do": "preview"}).text
    assert "Bonjour Solenn" in preview
    assert "Rosa recruiter" in preview
    assert client.post("/desk/messages/new", data={**TYPED, "do": "save"}).status_code == 302
    page = f"/desk/messages/{template_of(desk)}"
    wrong = client.post(page, data={**TYPED, "body": "Bonjour {pseudo}", "do": "save"})
    assert wrong.status_code == 422
    assert "Bonjour {pseudo}" in wrong.text
    assert 'aria-describedby="m-body-e"' in wrong.text
    assert client.post(page, data={**TYPED, "name": "Autre", "do": "save"}).status_code == 302
    assert "Autre" in client.get("/desk/messages").text
    client.post(page, data={"do": "remove"})
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_one_person_is_written_to_and_the_answer_is_noted(
    sending: tuple[Desk, Post], lang: str
) -> None:
    desk, post = sending
    client, _ = desk.person(lang=lang)
    id = desk.lead("Solenn Kerguelen", mail="solenn@exemple.fr")
    page = client.get(f"/desk/leads/{id}/write?template=start:some-news").text
    assert "Solenn" in re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[0]
    form = {"template": "start:some-news", "kind": "message", "subject": "Où en êtes-vous ?"}
    sent = client.post(
        f"/desk/leads/{id}/write", data={**form, "body": "Bonjour Solenn", "do": "send"}
    )
    assert sent.status_code == 302
    work(desk)
    assert [mail["Subject"] for mail in post.mails] == ["Où en êtes-vous ?"]
    made = desk.read(lambda s: s.scalars(select(Touchpoint)).one())
    assert made.done_at
    client.post(f"/desk/touchpoints/{made.id}/answer", data={"answer": "answered"})
    assert desk.read(lambda s: s.get_one(Touchpoint, made.id)).answer == "answered"
    mailing = desk.read(lambda s: s.scalars(select(Mailing)).one())
    assert (mailing.subject, mailing.body) == ("", "")  # what names the person goes with them


@pytest.mark.parametrize(("role", "links"), [("recruiter", False), ("admin", True)])
def test_a_notice_that_was_never_published_is_neither_sent_nor_noted(
    sending: tuple[Desk, Post], role: str, links: bool
) -> None:
    desk, _ = sending
    client, _ = desk.person(role)
    id = desk.lead("Solenn", mail="solenn@exemple.fr", informed=False)
    page = f"/desk/leads/{id}/write"
    shown = client.get(page).text
    body = unescape(re.findall(r"<textarea[^>]*>(.*?)</textarea>", shown, re.DOTALL)[0])
    form = {"subject": "Mot", "template": "start:notice", "kind": "notice", "body": body}
    noted = {"kind": "notice", "medium": "mail", "direction": "out", "do": "done"}
    answers = [client.post(page, data={**form, "do": do}) for do in ("send", "copied")]
    answers.append(client.post(f"/desk/leads/{id}/touchpoints", data=noted))
    for answer in answers:
        assert answer.status_code == 422
        assert "pas encore publiée" in answer.text
        assert ('href="/law/notice">Publier' in answer.text) == links
    assert 'href="/law/notice">Publier' in shown if links else "pas encore publiée" in shown
    client.post("/desk/messages/new", data={**TYPED, "kind": "notice", "body": "{notice}", "do": "save"})  # fmt: skip  # noqa: E501
    many = {"template": template_of(desk), "do": "preview"}
    assert "pas encore publiée" in client.post("/desk/letters", data=many).text
    assert desk.read(lambda s: s.scalars(select(Touchpoint)).all()) == []
    assert desk.read(lambda s: s.get_one(Lead, id)).informed_at is None
    assert client.post(f"/desk/leads/{id}/informed").status_code == 302  # told by other means
    assert desk.read(lambda s: s.get_one(Lead, id)).informed_at


def test_the_first_word_is_the_whole_notice(sending: tuple[Desk, Post]) -> None:
    desk, post = sending
    client, _ = desk.person()
    desk.write(publish_notice)
    id = desk.lead("Solenn", mail="solenn@exemple.fr", informed=False)
    page, form = f"/desk/leads/{id}/write", {"subject": "Mot", "template": "start:notice"}
    for kind, body in (("message", "Bonjour"), ("notice", "Bonjour"), ("x", "Bonjour")):
        sent = client.post(page, data={**form, "kind": kind, "body": body, "do": "send"})
        assert sent.status_code == 422, kind
        assert "Bonjour</textarea>" in sent.text
    shown = client.get(page).text  # the notice is what is offered
    body = re.findall(r"<textarea[^>]*>(.*?)</textarea>", shown, re.DOTALL)[0]
    assert client.post(page, data={**form, "kind": "notice", "body": unescape(body), "do": "send"}).status_code == 302  # fmt: skip  # noqa: E501
    work(desk)
    assert len(post.mails) == 1
    assert desk.read(lambda s: s.get_one(Lead, id)).informed_at
    opened = own_page_in(post)
    assert "Bonjour Solenn" in client.get(opened).text


def test_the_page_of_a_person_opens_with_the_message_that_tells_it(
    sending: tuple[Desk, Post],
) -> None:
    """Looking at the form gives nobody a link; what was revoked stays closed for good."""
    desk, _ = sending
    client, _ = desk.person()
    desk.write(publish_notice)
    id = desk.lead("Solenn", informed=False)
    page, told = f"/desk/leads/{id}/write", []
    for _round in range(2):
        client.get(f"/desk/leads/{id}/drafts")
        shown = re.findall(r"<textarea[^>]*>(.*?)</textarea>", client.get(page).text, re.DOTALL)[0]
        body = unescape(shown)
        told.append(re.findall(r"https?://[^/\s]+(/contact/\S+)", body)[0])
        assert client.get(told[-1]).status_code == 404
        form = {"subject": "Mot", "template": "start:notice", "kind": "notice", "body": body}
        assert client.post(page, data={**form, "do": "copied"}).status_code == 302
        assert client.get(told[-1]).status_code == 200
        client.post(f"/desk/leads/{id}/link/revoke")
        assert client.get(told[-1]).status_code == 404
        assert client.post(page, data={**form, "do": "copied"}).status_code == 422  # an old form
    assert len(set(told)) == 2
    made = select(AuditEntry.action).where(AuditEntry.detail["lead"].as_string() == id)
    actions = desk.read(lambda s: s.scalars(made).all())
    assert actions.count("contact_link_made") == 2


def test_a_private_link_stands_in_no_cookie(sending: tuple[Desk, Post]) -> None:
    desk, _ = sending
    client, user = desk.person("admin")
    for path, found in (
        (f"/desk/leads/{desk.lead('Solenn')}/link", r"/contact/[\w.-]+"),
        (f"/users/{user}/link", r"/sign-in/link/[\w.-]+"),
    ):
        answer = client.post(path)
        assert re.search(found, answer.text)
        assert answer.headers["Cache-Control"] == "no-store"
        assert not [line for line in answer.headers.getlist("Set-Cookie") if "session=" in line]


def own_page_in(post: Post) -> str:
    """Where the link of the last mail leads."""
    text = " ".join(post.mails[-1].get_content().split())
    return re.findall(r"https?://[^/\s]+(/contact/\S+)", text)[0]


def test_many_are_written_to_with_a_preview_and_progress(sending: tuple[Desk, Post]) -> None:
    desk, post = sending
    client, _ = desk.person()
    for n in range(5):
        desk.lead(f"Ada {n} Vidal", mail=f"ada{n}@exemple.fr", verdict="nurture")
    desk.lead("Autre", mail="autre@exemple.fr", verdict="pass")
    gone = desk.lead("Objecte", mail="objecte@exemple.fr", verdict="nurture")
    client.post(f"/desk/leads/{gone}/objection")
    desk.lead("Muet", verdict="nurture")
    client.post("/desk/messages/new", data={**TYPED, "do": "save"})
    form = {"verdict": "nurture", "template": template_of(desk)}
    shown = client.post("/desk/letters", data={**form, "do": "preview"}).text
    assert "5 personnes le recevront" in shown
    assert "Bonjour Ada" in shown
    assert "s’est opposée" in shown
    assert post.mails == []
    sent = client.post("/desk/letters", data={**form, "do": "send"})
    page = sent.headers["Location"]
    assert "data-watch" in client.get(page).text
    work(desk)
    assert sorted(post.to) == [f"ada{n}@exemple.fr" for n in range(5)]
    done = client.get(page)
    assert "data-watch" not in done.text
    assert "5 / 5" in done.text


def test_a_mailing_is_stopped_before_it_leaves(sending: tuple[Desk, Post]) -> None:
    desk, post = sending
    client, _ = desk.person()
    desk.lead("Ada Vidal", mail="ada@exemple.fr")
    client.post("/desk/messages/new", data={**TYPED, "do": "save"})
    sent = client.post("/desk/letters", data={"template": template_of(desk), "do": "send"})
    assert client.post(sent.headers["Location"] + "/stop").status_code == 302
    work(desk)
    assert post.mails == []
    assert "arrêté" in client.get(sent.headers["Location"]).text


def test_without_a_server_a_message_is_copied_and_noted(desk: Desk) -> None:
    client, _ = desk.person()
    id = desk.lead("Solenn", mail="solenn@exemple.fr")
    page, form = f"/desk/leads/{id}/write", {"kind": "message", "subject": "Mot", "body": "Bonjour"}
    assert client.post(page, data={**form, "do": "send"}).status_code == 422
    assert client.post(page, data={**form, "do": "copied"}).status_code == 302
    made = desk.read(lambda s: s.scalars(select(Touchpoint)).one())
    assert (made.kind, made.medium, made.note) == ("message", "mail", "Mot")
    client.post(f"/desk/leads/{id}/objection")
    assert client.post(page, data={**form, "do": "copied"}).status_code == 422
    assert desk.read(lambda s: len(s.scalars(select(Touchpoint)).all())) == 1


def test_the_published_notice_is_what_is_sent_with_where_the_data_come_from(
    sending: tuple[Desk, Post],
) -> None:
    desk, post = sending
    client, _ = desk.person()
    version = desk.write(publish_notice)
    id = desk.lead("Solenn", mail="solenn@exemple.fr", informed=False)
    page = client.get(f"/desk/leads/{id}/write").text
    body = unescape(re.findall(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[0])
    form = {"subject": "Mot", "template": "start:notice", "kind": "notice", "do": "send"}
    short = body[: len(body) // 2]
    assert client.post(f"/desk/leads/{id}/write", data={**form, "body": short}).status_code == 422
    assert client.post(f"/desk/leads/{id}/write", data={**form, "body": body}).status_code == 302
    work(desk)
    sent = post.mails[0].get_content()
    paper = desk.read(lambda s: notice.given(s, version, "fr", "Un atelier"))
    for part in paper.parts:
        assert " ".join(part.paragraphs[0].split()) in " ".join(sent.split()), part.heading
    assert desk.read(lambda s: s.get_one(Lead, id)).notice_version == version
