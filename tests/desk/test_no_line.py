"""Without a server of models each aid works by rules, and none of them opens a connection."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete

from game.store.tables import Lead, Position
from tests.desk.at_desk import Desk, desk_in
from tests.desk.test_drafts import named, taken, text, work

POST = "Soudeur·se TIG"
MUSTS = ["Souder au TIG sur inox", "Encadrer une équipe"]


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A desk from which nothing may go out."""

    def never(*_: Any, **__: Any) -> None:
        raise AssertionError("a connection was opened")

    given = {"cv_beside_brief": "on", "public_url": "https://jeu.example"}
    with desk_in(tmp_path / "instance", **given) as desk:
        row = {"lang": "fr", "title": POST, "must_haves": MUSTS, "changed_at": 1}
        desk.write(lambda s: s.add(Position(**row)))
        monkeypatch.setattr(socket.socket, "connect", never)
        monkeypatch.setattr(socket, "getaddrinfo", never)
        yield desk
        desk.write(lambda s: s.execute(delete(Lead)))


def test_every_aid_works_by_rules_and_calls_nobody(alone: Desk) -> None:
    client, _by = alone.person()
    lead = alone.lead("Ada Duval", role="Soudeuse TIG", company="Ateliers Brun")
    named(alone, lead, "unnamed")

    def shown(path: str, **form: str) -> str:
        answer = client.post(path, data=form) if form else client.get(path)
        assert answer.status_code in (200, 302), (path, answer.status_code)
        return text(answer.get_data(as_text=True))

    assert "rien ne sort d’ici" in shown("/desk/aids")
    assert "aucun n’est réglé" in shown("/desk/aids/ways")
    assert "Développeur·se" in shown("/desk/wordings?names=Développeur&lang=fr")
    shown("/desk/employers", name="Ateliers Brun", state="kept")
    assert "Ateliers Brun" in shown("/desk/employers")
    page = client.get(f"/desk/leads/{lead}/drafts").get_data(as_text=True)
    assert page.count("<article") == 3
    assert "/contact/" in taken(page)["body"]
    brought = {"topic": POST, "name": "fiche", "lang": "fr", "day": "2026-03-02"}
    shown("/desk/posts/documents", **brought, text="La licence selon EN ISO 9606-1 est demandée.")
    assert "EN ISO 9606-1" in shown("/desk/posts/ask", topic=POST, question="Quelle licence ?")
    assert "Souder au TIG sur inox" in shown(f"/desk/grids?topic={POST}")
    shown(f"/desk/leads/{lead}/cv", post=POST, text="Soudeuse TIG sur inox\nPermis nacelle")
    assert "Soudeuse TIG sur inox" in shown(f"/desk/leads/{lead}/cv")
    # a form that asks for a model, sent all the same, asks nobody
    for path, form in (
        ("/desk/employers/ask", {"topic": POST}),
        ("/desk/wordings/ask", {"names": "Vendeur", "lang": "fr"}),
        ("/desk/posts/ask/model", {"topic": POST, "question": "Quelle licence ?"}),
    ):
        shown(path, **form)
    work(alone)
