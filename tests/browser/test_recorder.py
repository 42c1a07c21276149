"""The recorder of an interview's page, with a browser's made-up microphone."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from game.accounts import user as accounts
from game.base.sounds import Sounds
from game.pool import grid
from game.store.tables import Sound, User
from tests.browser.conftest import QUIET, program
from tests.desk.at_desk import Desk, desk_in
from tests.hearing import installed
from tests.waiting import wait_until

MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
WEBM = b"\x1aE\xdf\xa3"


@pytest.fixture
def floor(tmp_path: Path) -> Iterator[Desk]:
    asked = [{"key": "q1", "must_have": "", "theme": "safety", "text": "Le danger ?", "levels": []}]
    with desk_in(tmp_path) as made, installed():
        by = made.person()[1]
        made.write(lambda s: grid.save(s, "Soudeur", "fr", asked, by))
        yield made


@pytest.fixture
def address(floor: Desk) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, floor.app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def listening(chromium: Browser) -> Iterator[Browser]:
    """A browser of its own: whether there is a microphone is said at its start."""
    made = chromium.browser_type.launch(executable_path=program(), args=[*QUIET, *MICROPHONE])
    yield made
    made.close()


def test_a_talk_is_recorded_only_with_a_yes_and_handed_over_whole(
    floor: Desk, address: str, listening: Browser
) -> None:
    client, by = floor.person()
    lead = floor.lead("Zéphyrine Inconnue")
    here = client.post(f"/desk/leads/{lead}/interviews", data={"grid": "Soudeur"}).location
    secret = floor.game.secret
    token = floor.read(lambda s: accounts.link_token(secret, s.get_one(User, by)))
    page = listening.new_context(locale="fr-FR").new_page()
    page.goto(f"{address}/sign-in/link/{token}")
    page.get_by_role("button", name="Entrer").click()
    page.goto(address + here)
    record = page.get_by_role("button", name="Enregistrer maintenant")
    record.click()
    expect(page.locator("[data-fault]")).to_be_visible()  # nobody said yes
    assert floor.read(lambda s: s.scalars(select(Sound)).all()) == []

    page.get_by_label("La personne a accepté d’être enregistrée et transcrite").check()
    record.click()
    expect(page.locator("[data-clock]")).to_contain_text("0:01")
    page.get_by_role("button", name="Le danger").first.click()  # a tap does not end it
    expect(page.locator("[data-clock]")).to_contain_text("0:02")
    page.get_by_role("button", name="Arrêter et transcrire").click()
    expect(record).to_be_visible()
    (file,) = wait_until(lambda: list(Sounds(floor.game.settings.instance_dir).folder.iterdir()))
    assert file.read_bytes().startswith(WEBM)
    (row,) = floor.read(lambda s: s.scalars(select(Sound)).all())
    assert (row.state, row.user_id) == ("waiting", by)

    page.get_by_role("button", name="Arrêter et effacer le son").click()
    wait_until(lambda: not file.exists())
