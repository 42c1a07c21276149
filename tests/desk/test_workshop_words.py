"""A workshop's own prompts: written in the browser in both languages, checked, played first."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from game.rules.own import list_parts
from game.store.tables import RoundRow, Workshop
from game.workshop import create, setting
from game.workshop.played_round import PlayedRounds
from tests.desk.at_desk import Desk, desk_in

pytestmark = pytest.mark.filterwarnings("ignore:Passing SelectField choices:DeprecationWarning")
(PROMPTS,) = (part.name for part in list_parts())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with desk_in(tmp_path_factory.mktemp("words") / "instance") as made:
        yield made


def prompts(*texts: str) -> dict[str, str]:
    form: dict[str, str] = {}
    for n, text in enumerate(texts):
        row = {"key": f"own-{n + 1}", "text": text, "cue": "best"}
        form |= {f"{PROMPTS}.{n}.{name}": value for name, value in row.items()}
    return form


def shown(desk: Desk, workshop_id: str, lang: str) -> list[str]:
    """The texts of the prompts of its first round that has any, in a language."""

    def read(s: object) -> list[str]:
        workshop = s.get_one(Workshop, workshop_id)  # type: ignore[attr-defined]
        rows = select(RoundRow).where(RoundRow.workshop_id == workshop_id)
        for row in s.scalars(rows.order_by(RoundRow.place)):  # type: ignore[attr-defined]
            kind, where = setting.of_round(row, workshop, None, desk.game.pack(lang))
            if PROMPTS in {part.name for part in kind.parts}:
                return [one.text for one in where.pack.parts[PROMPTS]]
        return []

    return list(desk.read(read))


def test_prompts_of_a_workshop_come_first_in_each_language(desk: Desk) -> None:
    client, _user = desk.person("facilitator")
    made = {"name": "Atelier", "lang": "fr", "agenda": "decouverte-30"}
    workshop = client.post("/workshops", data=made).location
    workshop_id = workshop.rpartition("/")[2]
    page = f"{workshop}/content"
    assert page in client.get(workshop).text
    wrong = client.post(page, data={"lang": "fr", **prompts("Qui plonge ?", "x" * 161)})
    assert wrong.status_code == 422
    assert "Qui plonge ?" in wrong.text  # nothing typed is lost
    tag = re.search(rf'<[^>]*name="{PROMPTS}.1.text"[^>]*>', wrong.text)
    assert tag
    assert 'aria-invalid="true"' in tag[0]
    usual = {lang: shown(desk, workshop_id, lang) for lang in ("fr", "en")}
    sent = client.post(page, data={"lang": "fr", **prompts("Qui plonge ?")})
    assert sent.status_code == 302
    assert shown(desk, workshop_id, "fr") == ["Qui plonge ?", *usual["fr"]]
    assert shown(desk, workshop_id, "en") == ["Qui plonge ?", *usual["en"]]  # none in English yet
    client.post(page, data={"lang": "en", **prompts("Who dives?")})
    assert shown(desk, workshop_id, "en") == ["Who dives?", *usual["en"]]
    assert shown(desk, workshop_id, "fr") == ["Qui plonge ?", *usual["fr"]]
    assert "Who dives?" in client.get(f"{page}?lang=en").text
    assert "Qui plonge ?" in client.get(workshop).text  # to choose from, in a round's options
    copied = desk.write(lambda s: create.copy(s, workshop_id, user_id=None, name="Encore").id)
    assert shown(desk, copied, "en")[0] == "Who dives?"
    rounds = desk.read(
        lambda s: s.scalars(select(RoundRow.id).where(RoundRow.workshop_id == workshop_id)).all()
    )
    with desk.game.store.reading.connect() as connection:
        played, _ = PlayedRounds(desk.game.packs, "FR").read(connection, rounds)
    held = [one.setting.pack.parts.get(PROMPTS, ()) for one in played.values()]
    assert all(parts[0].text == "Qui plonge ?" for parts in held)  # answers know the same ones
    client.post(page, data={"lang": "fr"})  # emptied rows are gone
    assert shown(desk, workshop_id, "fr") == usual["fr"]
    other, _ = desk.person("facilitator")
    assert other.get(page).status_code == 404
