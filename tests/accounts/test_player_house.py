"""Players by the company's account: themselves on any phone, and never in the way of a name."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from game.accounts.house import Known
from game.store.tables import Player, Workshop
from tests.addresses import call_from_elsewhere
from tests.desk.at_desk import Desk, desk_in
from tests.provider import come_back, knows, oidc_provider

HERE = "http://127.0.0.1:8000"
OURS = {"oidc_client_id": "sourcerie", "oidc_client_secret": "a secret of ours"}
TYPED = {"nickname": "Ortie", "real_name": "Quelqu'un d'autre", "work_mail": "boss@maison.fr"}


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with oidc_provider() as url:
        yield url


@pytest.fixture(scope="module")
def house(issuer: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = Path(tmp_path_factory.mktemp("players")) / "instance"
    with desk_in(folder, oidc_issuer=issuer, public_url=HERE, **OURS) as made:
        made.write(
            lambda s: s.add(
                Workshop(name="A", code="PORT", asks="house", stage="lobby", created_at=1)
            )
        )
        yield made


@pytest.fixture
def desk(house: Desk) -> Desk:
    house.write(lambda s: s.execute(delete(Player)))
    house.write(
        lambda s: s.execute(update(Workshop).values(asks="house", version=Workshop.version + 1))
    )
    house.game.headers.kept.clear()
    return house


def phone(desk: Desk) -> FlaskClient:
    made = call_from_elsewhere(desk.app.test_client())
    made.get("/PORT")
    return made


def leave(client: FlaskClient, **typed: str) -> str:
    """Off to the provider; its address."""
    gone = client.post("/PORT/house", data={**TYPED, **typed})
    assert gone.status_code == 200
    found = re.fullmatch("0; url=(.+)", gone.headers["Refresh"])
    assert found
    return found[1]


def back(client: FlaskClient, answer: dict[str, str]):  # type: ignore[no-untyped-def]
    return client.get("/sign-in/house/back", query_string=answer)


def players(desk: Desk) -> list[tuple[str, str, str]]:
    rows = select(Player.nickname, Player.real_name, Player.work_mail)
    return desk.read(lambda s: sorted(tuple(row) for row in s.execute(rows)))


def test_the_account_says_who_one_is_and_brings_one_back_anywhere(desk: Desk, issuer: str) -> None:
    knows(issuer, "p-1", email="Solenn@maison.fr", name="Solenn Kerguelen")
    first, other = phone(desk), phone(desk)
    said = first.get("/PORT").text
    assert "compte de l’entreprise" in said
    assert said.count("un repère de ton compte") == 2  # beside the button, and in the notice
    done = back(first, come_back(leave(first), "p-1"))
    assert (done.status_code, done.location) == (303, "/PORT")
    assert players(desk) == [("Ortie", "Solenn Kerguelen", "solenn@maison.fr")]
    assert "Ortie" in first.get("/PORT").text
    (mark,) = desk.read(lambda s: list(s.scalars(select(Player.subject))))
    assert mark  # nobody tells whose account it is without the house's secret
    assert mark != Known(issuer, "p-1", "", "").digest
    assert back(other, come_back(leave(other, nickname="Autre"), "p-1")).status_code == 303
    assert players(desk) == [("Ortie", "Solenn Kerguelen", "solenn@maison.fr")]
    assert "Ortie" in other.get("/PORT").text


def test_a_name_is_enough_and_what_is_typed_vouches_for_nobody(desk: Desk) -> None:
    client = phone(desk)
    assert client.post("/PORT/join", data=TYPED).status_code == 303
    assert players(desk) == [("Ortie", "", "")]


def test_what_goes_wrong_leads_back_to_the_door_with_what_was_typed(
    desk: Desk, issuer: str
) -> None:
    knows(issuer, "p-2", email="marc@maison.fr")
    client, thief = phone(desk), phone(desk)
    answer = come_back(leave(client), "p-2")
    assert back(thief, answer).status_code == 422  # only who set out from here
    declined = back(client, {"state": answer["state"], "error": "access_denied"})
    assert declined.status_code == 422
    assert 'value="Ortie"' in declined.text
    assert "abandonnée" in declined.text
    assert back(client, answer).status_code == 422  # once
    rude = come_back(leave(client, nickname="x" * 30), "p-2")
    assert back(client, rude).status_code == 422
    assert players(desk) == []


def test_only_where_the_workshop_offers_it(desk: Desk) -> None:
    desk.write(
        lambda s: s.execute(update(Workshop).values(asks="nickname", version=Workshop.version + 1))
    )
    client = phone(desk)
    assert "/PORT/house" not in client.get("/PORT").text
    assert client.post("/PORT/house", data=TYPED).status_code == 422
    assert client.post("/PORT/join", data=TYPED).status_code == 303
