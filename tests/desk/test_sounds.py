"""The sound of an interview at the desk, and on the page of whom it is of."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from game.base.sounds import Sounds
from game.helpers import hear
from game.jobs.worker import Worker
from game.pool import grid
from game.privacy import own_link
from game.store.tables import AuditEntry, GridInterview, GridPassage, Lead, Sound
from tests.desk.at_desk import Desk, desk_in
from tests.desk.test_aids import page
from tests.hearing import installed, sound
from tests.jobs.test_drafts import PACKS
from tests.reading import words_of

HEARD = sound((1.0, "Le danger ?"), (4.0, "J'ai dit stop."))


@pytest.fixture(scope="module")
def floor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder: Path = tmp_path_factory.mktemp("sounds")
    asked = [{"key": "q1", "must_have": "", "theme": "safety", "text": "Le danger ?", "levels": []}]
    with desk_in(folder) as made, installed():
        by = made.person()[1]
        made.write(lambda s: grid.save(s, "Soudeur", "fr", asked, by))
        yield made


def begun(floor: Desk) -> tuple[FlaskClient, str, str, str]:
    """A recruiter, who they are, the person, and the address of the interview."""
    client, by = floor.person()
    lead = floor.lead("Zéphyrine Inconnue")
    given = {"grid": "Soudeur"}
    here = client.post(f"/desk/leads/{lead}/interviews", data=given).headers["Location"]
    return client, by, lead, here


def bring(client: FlaskClient, here: str, **more: Any) -> Any:
    given = {"sound_agreed": "1", "begins": "0:10", **more}
    given.setdefault("sound", (io.BytesIO(HEARD), "a.webm"))
    return client.post(f"{here}/sound", data=given)


def files(floor: Desk) -> list[Path]:
    folder = Sounds(floor.game.settings.instance_dir).folder
    return list(folder.iterdir()) if folder.is_dir() else []


def work(floor: Desk) -> None:
    worker = Worker(floor.game.store, PACKS, floor.game.settings)
    while worker.once():
        worker.wait()


def sounds(floor: Desk) -> list[Sound]:
    return list(floor.read(lambda s: s.scalars(select(Sound)).all()))


@pytest.fixture(autouse=True)
def clean(floor: Desk) -> None:
    floor.write(lambda s: s.execute(delete(Lead)))


def test_a_sound_is_brought_heard_and_confirmed(floor: Desk) -> None:
    client, by, lead, here = begun(floor)
    answer = client.get(here)
    assert "microphone=(self)" in answer.headers["Permissions-Policy"]
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert "microphone=()" in client.get("/desk").headers["Permissions-Policy"]
    assert bring(client, here).status_code == 302
    (file,) = files(floor)
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert "En attente de transcription" in page(client, here)
    work(floor)
    assert files(floor) == []
    shown = words_of(page(client, here))
    assert "Transcrit, le son est effacé." in shown
    assert "J'ai dit stop." in shown.replace("’", "'").partition("La grille")[0]
    one = floor.read(lambda s: s.scalars(select(GridPassage)).one())
    assert (one.second, one.filed, one.source) == (11, "", "transcript")
    rows = floor.read(
        lambda s: s.scalars(select(AuditEntry).where(AuditEntry.action == "sound_agreed")).all()
    )
    assert [(row.user_id, row.detail["lead"]) for row in rows[-1:]] == [
        (by, lead)
    ]  # whose, by whom
    held = client.post(f"/desk/leads/{lead}/held/json").get_json(force=True)
    assert [one["state"] for one in held["sounds"]] == ["done"]


def test_nothing_is_taken_without_a_yes_and_what_is_wrong_is_said_at_its_field(
    floor: Desk,
) -> None:
    client, _by, _lead, here = begun(floor)
    for more, field in (
        ({"sound_agreed": ""}, "s-agreed-e"),
        ({"sound": (io.BytesIO(b""), "")}, "s-file-e"),
        ({"sound": (io.BytesIO(b""), "empty.webm")}, "s-file-e"),
        ({"begins": "douze"}, "s-begins-e"),
    ):
        refused = bring(client, here, **more)
        assert refused.status_code == 422
        assert f'id="{field}"' in refused.get_data(as_text=True)
        assert files(floor) == []
    assert "douze" in refused.get_data(as_text=True)
    english, _other = floor.person(lang="en")
    told = bring(english, here, sound_agreed="").get_data(as_text=True)
    assert "without the person" in told


def test_what_is_recorded_on_the_page_comes_after_a_noted_yes(floor: Desk) -> None:
    client, _by, _lead, here = begun(floor)
    refused = client.post(f"{here}/sound/agree", data={"sound_agreed": ""})
    assert refused.status_code == 422
    assert "accord" in refused.get_json()["fault"]
    made = client.post(f"{here}/sound/agree", data={"sound_agreed": "1"}).get_json()["id"]
    there = f"{here}/sounds/{made}"
    assert client.post(there, data={}).status_code == 422  # and may be sent again
    blob = {"sound": (io.BytesIO(HEARD), "blob")}
    assert client.post(there, data=blob).status_code == 204
    assert client.post(f"{there}/stop").status_code == 302
    assert files(floor) == []
    assert "Arrêté" in page(client, here)
    again = client.post(there, data={"sound": (io.BytesIO(HEARD), "blob")})
    assert again.status_code == 422  # nobody waits for it any more
    assert files(floor) == []
    other = begun(floor)[3]
    assert client.post(f"{other}/sounds/{made}/stop").status_code == 404


def test_one_that_is_sent_twice_leaves_the_one_that_waits(floor: Desk) -> None:
    client, _by, _lead, here = begun(floor)
    made = client.post(f"{here}/sound/agree", data={"sound_agreed": "1"}).get_json()["id"]
    there = f"{here}/sounds/{made}"
    assert client.post(there, data={"sound": (io.BytesIO(HEARD), "blob")}).status_code == 204
    other = sound((1.0, "Autre chose."))  # as by a page whose line broke before the answer came
    again = client.post(there, data={"sound": (io.BytesIO(other), "blob")})
    assert again.status_code == 422
    assert [one.read_bytes() for one in files(floor)] == [HEARD]
    work(floor)
    assert files(floor) == []
    assert floor.read(lambda s: s.get_one(Sound, made).state) == "done"


@pytest.mark.parametrize("who", ["desk", "own page", "erased"])
def test_the_yes_can_be_taken_back_and_then_nothing_is_left(floor: Desk, who: str) -> None:
    client, _by, lead, here = begun(floor)
    bring(client, here)
    work(floor)
    bring(client, here)
    assert len(files(floor)) == 1
    if who == "desk":
        client.post(f"{here}/transcript/withdraw")
    elif who == "own page":
        token = floor.write(lambda s: own_link.token(s, floor.game.secret, lead, None))
        assert "transcrit" in page(client, f"/contact/{token}")
        assert client.post(f"/contact/{token}/unrecord").status_code == 303
        assert "être transcrit·e" not in page(client, f"/contact/{token}")
    else:
        client.post(f"/desk/leads/{lead}/erase")
        work(floor)  # the worker finds what nobody waits for
    assert files(floor) == []
    work(floor)
    assert floor.read(lambda s: s.scalars(select(GridPassage)).all()) == []
    assert {one.state for one in sounds(floor)} <= {"done", "gone"}
    if who != "erased":
        agreed = floor.read(lambda s: s.get_one(GridInterview, here.rpartition("/")[2]).agreed_at)
        assert agreed is None


def test_where_nothing_is_installed_the_page_says_so_and_takes_nothing(
    floor: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, _by, _lead, here = begun(floor)
    monkeypatch.setattr(hear, "is_there", lambda: False)
    answer = client.get(here)
    assert "microphone=()" in answer.headers["Permissions-Policy"]
    assert "pas installé" in answer.get_data(as_text=True)
    assert bring(client, here).status_code == 404
    assert client.post(f"{here}/sound/agree", data={"sound_agreed": "1"}).status_code == 404
