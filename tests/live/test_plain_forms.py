"""An answer sent as a plain form, without any script: over every kind of round that there is."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urljoin

import pytest
import requests
from bs4 import BeautifulSoup, Tag
from sqlalchemy import func, select

from game.rules.registry import kinds
from game.store.tables import Submission
from tests.serving import LONG, Phone, Remote, Server
from tests.waiting import wait_until

TEMPLATES = Path(__file__).parents[2] / "templates"
NAME = "Solenn Kerguelen"
CAME_BACK = {"data-came-back": True}
Fields = list[tuple[str, str]]
THIN = ("name", "relationship")  # of a lead of whom more may be said


@pytest.mark.parametrize("file", sorted(TEMPLATES.rglob("*.html")), ids=lambda f: f.stem)
def test_no_form_can_put_what_is_typed_into_an_address(file: Path) -> None:
    forms = re.findall(r"<form\b[^>]*>", file.read_text())
    if file.name == "code.html":  # the code of the room is the address itself
        forms = [form for form in forms if 'action="/"' not in form]
    assert all(re.search(r'method="(post|dialog)"', form) for form in forms), forms


class Plain:
    """A phone that runs no script."""

    def __init__(self, server: Server, workshop: dict[str, str]) -> None:
        self.phone = Phone(server, workshop)
        assert self.phone.join()["ok"]
        self.url = f"{server.url}/{workshop['code']}"

    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.phone.http.get(self.url, timeout=LONG).text, "html.parser")

    def forms(self) -> list[Tag]:
        return list(self.page().find_all("form", attrs={"data-answer": True}))

    def send(self, form: Tag, fields: Fields) -> requests.Response:
        url = urljoin(self.url, str(form["action"]))
        return self.phone.http.post(url, data=fields, timeout=LONG)


def named(form: Tag) -> Iterator[Tag]:
    for field in form.find_all(["input", "textarea", "select", "button"]):
        if field.get("name"):
            yield field


def texts(form: Tag) -> list[Tag]:
    return [
        f
        for f in named(form)
        if f.name == "textarea" or (f.get("type", "text") == "text" and f.name == "input")
    ]


def filled(form: Tag) -> Fields:
    """What a browser sends of the form once somebody has filled in all of it."""
    fields: Fields = []
    for field in named(form):
        name, kind = str(field["name"]), field.get("type", "text")
        if field.name == "select":
            values = [str(o["value"]) for o in field.find_all("option") if o.get("value")]
            fields.append((name, values[0]))
        elif (kind == "radio" and name in dict(fields)) or (
            field.name == "button" and name in dict(fields)
        ):
            continue
        elif field in texts(form):
            fields.append((name, NAME))
        elif kind == "email":
            fields.append((name, "camille@imaginaire.fr"))
        else:
            fields.append((name, str(field.get("value", "on"))))
    return fields


def count(server: Server, round_id: str) -> int:
    store = server.store()
    with store.session() as s:
        rows = select(func.count()).where(Submission.round_id == round_id)
        found = s.execute(rows).scalar_one()
    store.close()
    return int(found)


def agenda_rounds(remote: Remote) -> Iterator[str]:
    """Each round of the demonstration's agenda, open."""
    seen = set()
    while True:
        for _ in range(60):
            now = remote.screen()
            if now["stage"] in ("podium", "ended"):
                return
            if now["phase"] == "open" and now["round"] not in seen:
                break
            assert remote.do("next")["ok"]
        seen.add(now["round"])
        yield now["round"]


def check_round(server: Server, plain: Plain, round_id: str) -> None:
    forms = plain.forms()
    assert forms, "a round that takes no plain answer"
    for form in forms:
        assert form["method"] == "post"
        fields, before = filled(form), count(server, round_id)
        noted = plain.send(form, fields)
        assert noted.ok, (form["data-answer"], noted.text[:2000])
        assert "C’est noté" in BeautifulSoup(noted.text, "html.parser").find(id="noted").text
        assert all(NAME not in r.url and "Solenn" not in r.url for r in [noted, *noted.history])
        assert plain.send(form, fields).ok  # tapped twice, or reloaded: one answer
        assert count(server, round_id) == before + 1
        check_fault(plain, form, fields)


def check_fault(plain: Plain, form: Tag, fields: Fields) -> None:
    """Too long a text: refused at its field, and everything typed is still there."""
    free = [str(field["name"]) for field in texts(form)]
    if not free:
        return
    wrong = [(k, "x" * 500 if k == free[-1] else v) for k, v in fields if k != "_page"]
    refused = plain.send(form, [*wrong, ("_page", "another")])
    assert refused.status_code == 422, form["data-answer"]
    (back,) = BeautifulSoup(refused.text, "html.parser").find_all("form", attrs=CAME_BACK)
    assert back["data-answer"] == form["data-answer"]
    told = back.find(class_="error", id=True)
    assert told is not None
    assert told.text
    at = back.find(attrs={"aria-describedby": told["id"]})
    assert at is not None
    assert at["name"] == free[-1]
    for name, value in wrong:
        if not name.startswith("_") and name not in {
            str(b.get("name")) for b in form.find_all("button")
        }:
            assert still_there(back, name, value), name


def still_there(form: Tag, name: str, value: str) -> bool:
    for field in form.find_all(["input", "textarea", "select"], attrs={"name": name}):
        if field.name == "select":
            chosen = field.find("option", selected=True)
            return chosen is not None and chosen["value"] == value
        if field.name == "textarea":
            return str(field.text) == value
        if field.get("type") in ("radio", "checkbox"):
            if field.get("value", "on") == value:
                return "checked" in field.attrs
        else:
            return field.get("value") == value
    return False


def test_every_kind_takes_a_plain_form(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    plain = Plain(server, workshop)
    remote.until("round", "open")
    thin = [pair for pair in filled(plain.forms()[0]) if pair[0] in THIN or pair[0][0] == "_"]
    assert plain.send(plain.forms()[0], thin).ok  # for kinds that look back
    for name, kind in kinds().items():
        options = kind.votes_on(("Salon de Nantes", "Lycée Vauban")) if kind.votes_on else {}
        assert remote.do("insert", kind=name, seconds=600, options=options)["ok"]
    met = set()
    for round_id in agenda_rounds(remote):
        check_round(server, plain, round_id)
        met.add(str(plain.page().find(attrs={"data-kind": True})["data-kind"]))
    assert met == set(kinds())


def test_what_cannot_be_taken_comes_back_whole(
    server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    plain = Plain(server, workshop)
    remote.until("round", "open")
    form = plain.forms()[0]
    fields = filled(form)
    stranger = requests.post(urljoin(plain.url, str(form["action"])), data=fields, timeout=LONG)
    assert stranger.status_code == 403
    assert NAME in stranger.text
    assert str(form["action"]) in stranger.text  # the same form, to be sent again
    assert "Ce qui était tapé" in stranger.text
    with closing(sqlite3.connect(server.folder / "sourcerie.db")) as lock:
        lock.execute("BEGIN IMMEDIATE")
        away = plain.send(form, fields)
        assert away.status_code == 503
        came_back = BeautifulSoup(away.text, "html.parser").find("form", attrs=CAME_BACK)
        assert still_there(came_back, "name", NAME)
        assert "Touche encore le bouton" in came_back.text
    wait_until(lambda: requests.get(f"{server.url}/readyz", timeout=LONG).ok)
    abroad = plain.phone.http.post(
        stranger.url, data=fields, headers={"Sec-Fetch-Site": "cross-site"}, timeout=LONG
    )
    assert abroad.status_code == 403
    remote.until("round", "closed")
    late = plain.send(form, fields)
    assert late.status_code == 422
    page = BeautifulSoup(late.text, "html.parser")
    assert NAME in page.find("main").text
    assert "close" in page.find(role="alert").text
    assert not count(server, str(page.find("main")["data-round"]))
    huge = plain.send(form, [*fields, ("name", "x" * 70_000)])
    assert huge.status_code == 413
