"""What a room imagined becomes contacts planned for a day, for those who are kept in mind."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bench.room import make_rooms
from game.rules.registry import kinds
from game.store.tables import RoundRow, Touchpoint
from tests.desk.at_desk import Desk
from tests.rules.conftest import setting_of
from tests.screens.test_every_screen import answers
from tests.table import PACKS

KIND = next(kind for kind in kinds().values() if kind.name == "revival")


def revealed(desk: Desk) -> str:
    where = setting_of(PACKS["fr"], KIND.name)
    (room,) = make_rooms(desk.game.store, 1, (KIND.name,))

    def reveal(s: Session) -> None:
        row = s.get_one(RoundRow, room.rounds[0])
        row.phase, row.opened_at = "revealed", 1
        row.result = dict(KIND.settle(where, answers(KIND, where, 6)).result)

    desk.write(reveal)
    return room.rounds[0]


def test_a_reminder_is_planned_for_its_day_and_people(desk: Desk) -> None:
    round_id = revealed(desk)
    url = f"/desk/results/{round_id}/reminders/0"
    client, _id = desk.person()
    warm, gone, other = (
        desk.lead(name, verdict=verdict, **more)
        for name, verdict, more in (
            ("Solenn Kerguelen", "nurture", {}),
            ("Ada Vidal", "nurture", {"objected_at": 1}),
            ("Nadia Lopez", "pursue", {}),
        )
    )
    assert url in client.get("/desk/results").text
    page = client.get(url).text
    assert [name in page for name in ("Solenn", "Ada", "Nadia")] == [True, False, False]
    day = desk.today() + timedelta(days=40)
    past = client.post(url, data={"due_on": "2020-01-01", "lead": [warm]})
    assert past.status_code == 422
    assert "Ce jour est passé." in past.text
    assert f'value="{warm}" checked' in past.text  # nothing typed is lost
    assert client.post(url, data={"due_on": day.isoformat()}).status_code == 422
    form = {"due_on": day.isoformat(), "lead": [warm, gone, other]}
    for told in ("1 rappel planifié", "0 rappel planifié"):  # once a day, however often it is sent
        done = client.post(url, data=form, follow_redirects=True)
        assert told in " ".join(done.text.split())
    draft = KIND.view(
        setting_of(PACKS["fr"], KIND.name), "desk", revealed_result(desk, round_id), None
    )
    (planned,) = desk.read(lambda s: s.scalars(select(Touchpoint)).all())
    assert (planned.lead_id, planned.due_on, planned.kind) == (warm, day, draft.drafts[0].kind)
    assert client.get(f"/desk/results/{round_id}/reminders/99").status_code == 404


def revealed_result(desk: Desk, round_id: str) -> dict[str, object]:
    return desk.read(lambda s: dict(s.get_one(RoundRow, round_id).result or {}))  # type: ignore[no-any-return]
