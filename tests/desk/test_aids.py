"""Titles compared and target companies at the desk: rules, rooms and the pool; a person decides."""

import json
import re
from html import unescape
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from game.store.base import new_id
from game.store.tables import (
    BriefRow,
    Draft,
    Job,
    Lead,
    Recommendation,
    RoundRow,
    TargetCompany,
    WordingChoice,
    Workshop,
)
from tests.desk.at_desk import Desk
from tests.desk.test_drafts import _helped, work
from tests.model_server import Models
from tests.reading import words_of

__all__ = ["_helped"]
NAMES = "Développeur back-end\nIngénieur·e logiciel serveur"


@pytest.fixture
def helped(_helped: tuple[Desk, Models]) -> tuple[Desk, Models]:
    desk, models = _helped
    for table in (Lead, Draft, Job, Workshop, TargetCompany, WordingChoice):
        desk.write(lambda s, table=table: s.execute(delete(table)))
    models.mood = ""
    models.asked.clear()
    return desk, models


def revealed(
    desk: Desk, kind: str, result: dict[str, Any], options: dict[str, Any], sort: str = "real"
) -> str:
    """A round of a workshop, for real where nothing else is told, that came to this; its id."""
    w, r, b = new_id(), new_id(), new_id()

    def add(s: Any) -> None:
        given = {"code": w[:8], "projector_key": w, "created_at": 1}
        s.add(Workshop(id=w, name="Atelier", sort=sort, **given))
        s.flush()
        s.add(BriefRow(id=b, workshop_id=w, key="k", title="Soudeur·se TIG", must_haves=[]))
        s.flush()
        told = {"phase": "revealed", "opened_at": 1, "seconds": 60, "place": 0}
        s.add(
            RoundRow(
                **{"id": r, "workshop_id": w, "kind": kind, "brief_id": b, **told},
                **{"result": result, "options": options},
            )
        )

    desk.write(add)
    return r


def page(client: Any, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def order(shown: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'name="chosen" value="([^"]*)"', shown)]


def test_titles_are_compared_in_one_s_own_order_and_chosen_with_a_reason(
    helped: tuple[Desk, Models],
) -> None:
    desk, models = helped
    client, by = desk.person()
    form = {"names": NAMES, "lang": "fr"}
    shown = client.get("/desk/wordings", query_string=form).get_data(as_text=True)
    assert order(shown) == NAMES.splitlines()
    back = "\n".join(NAMES.splitlines()[::-1])  # whatever is flagged, whatever the alphabet
    other = client.get("/desk/wordings", query_string={**form, "names": back})
    assert order(other.get_data(as_text=True)) == back.splitlines()
    seven = client.get("/desk/wordings", query_string={"names": "\n".join("ABCDEFG")})
    assert order(seven.get_data(as_text=True)) == list("ABCDEF")
    alone = client.get("/desk/wordings", query_string={"names": "A"}).get_data(as_text=True)
    assert "deux au moins" in alone
    assert "deux au moins" not in shown
    assert "Dit un genre : « Développeur » → Développeur·se" in words_of(shown)
    assert "Développeur·se back-end" in words_of(shown)  # what the rules would write
    refused = client.post("/desk/wordings/choose", data={**form, "chosen": NAMES[:20]})
    assert refused.status_code == 422
    assert order(refused.get_data(as_text=True)) == NAMES.splitlines()  # nothing typed is lost
    chosen = {**form, "chosen": "Ingénieur·e logiciel serveur", "reason": "Dit le métier"}
    assert client.post("/desk/wordings/choose", data=chosen).status_code == 302
    kept = desk.read(lambda s: s.scalars(select(WordingChoice)).one())
    assert (kept.chosen, kept.reason, kept.user_id) == (chosen["chosen"], "Dit le métier", by)
    assert not models.asked


@pytest.mark.parametrize(
    ("voters", "told"), [(4, "pas assez de votes"), (20, "entre 39\u202f% et 78\u202f%")]
)
def test_a_room_s_votes_make_the_order_once_there_are_five(
    helped: tuple[Desk, Models], voters: int, told: str
) -> None:
    desk, _ = helped
    client, _by = desk.person()
    result = {"voters": voters, "guessed_right": 0}
    if voters >= 5:
        result |= {"shares": {"own-1": 40, "own-2": 60}, "top": ["own-2"]}
    room = revealed(desk, "titles", result, {"own": NAMES})
    shown = page(client, f"/desk/wordings?room={room}")
    first = NAMES.splitlines() if voters < 5 else NAMES.splitlines()[::-1]
    assert order(shown) == first
    assert " ".join(told.split()) in words_of(shown)
    if voters >= 5:
        result["shares"] = {"own-1": 60, "own-2": 40}  # the one that is flagged
        room = revealed(desk, "titles", result, {"own": NAMES})
        assert order(page(client, f"/desk/wordings?room={room}")) == NAMES.splitlines()


def test_employers_of_rooms_and_pool_are_merged_kept_struck_and_taken_along(
    helped: tuple[Desk, Models],
) -> None:
    desk, _ = helped
    client, _by = desk.person(lang="en")
    companies = [{"about": "", "text": "Chantiers Brun", "people": 4, "tie": ""}]
    companies += [{"about": "", "text": "Morel", "people": 1, "tie": ""}]
    revealed(desk, "rivals", {"people": 5, "named": 2, "companies": companies}, {})
    for n, company in enumerate(
        ("CHANTIERS BRUN SAS", "Verrerie", "Verrerie", "Seule", "Verrerie")
    ):
        desk.lead(f"Personne {n}", company=company)
    shown = words_of(page(client, "/desk/employers"))
    assert "Chantiers Brun CHANTIERS BRUN SAS a room (4) the pool" in shown
    assert "Verrerie the pool (3)" in shown
    assert "Seule" not in shown  # one lead alone would be somebody
    assert "Personne" not in shown
    topic = {"topic": "Soudeur·se TIG"}
    for name, state in (("Chantiers Brun", "kept"), ("Morel", "struck"), ("Ajoutée SA", "kept")):
        sent = {**topic, "name": name, "state": state, "source": "room"}
        assert client.post("/desk/employers", data=sent).status_code == 302
    assert client.post("/desk/employers", data={**topic, "name": "x"}).status_code == 422
    shown = client.get("/desk/employers", query_string=topic).get_data(as_text=True)
    assert '"Chantiers Brun" OR "Ajoutée SA"' in unescape(shown)
    assert "Who do you know at Chantiers Brun" in words_of(shown)
    file = client.get("/desk/employers.csv", query_string=topic).get_data().decode("utf-8-sig")
    assert [line.split(",")[0] for line in file.splitlines()] == [
        "Company",
        "Ajoutée SA",
        "Chantiers Brun",
    ]
    back = {**topic, "name": "chantiers brun", "state": ""}
    client.post("/desk/employers", data=back)
    left = desk.read(lambda s: s.scalars(select(TargetCompany.name)).all())
    assert sorted(left) == ["Ajoutée SA", "Morel"]


def name_in(desk: Desk, round_id: str, leads: list[str]) -> None:
    """These leads were named in a round, for its position."""

    def add(s: Any) -> None:
        row = s.get_one(RoundRow, round_id)
        where = {"workshop_id": row.workshop_id, "round_id": row.id, "brief_id": row.brief_id}
        same = {"relationship": "former-colleague", "channel": "school", "reach": "introduce"}
        same |= {"known": True, "aware": True, "internal": False, "at": 1}
        for n, id in enumerate(leads):
            said = {"lead_id": id, "name": f"Personne {n}", "slot": f"lead:n{n}"}
            s.add(Recommendation(**said, **same, **where))

    desk.write(add)


@pytest.mark.parametrize("sort", ["demo", "rehearsal"])
def test_no_employer_is_told_by_a_demonstration_a_rehearsal_or_a_colleague(
    helped: tuple[Desk, Models], sort: str
) -> None:
    desk, _ = helped
    client, _by = desk.person()
    said = [{"about": "", "text": "Jouée SA", "people": 4, "tie": ""}]
    room = revealed(desk, "rivals", {"people": 5, "named": 1, "companies": said}, {}, sort)
    real = [desk.lead(f"Vraie {n}", company="Verrerie Clairval") for n in range(3)]
    name_in(desk, room, real)  # who is in the pool for real may be named in a rehearsal, too
    for n in range(3):
        desk.lead(f"Jouée {n}", company="Fonderie Lacroix", rehearsed=True)
        desk.lead(f"Collègue {n}", company="Maison Mère", internal=True)

    def told(topic: str) -> set[str]:
        shown = client.get("/desk/employers", query_string={"topic": topic}).get_data(as_text=True)
        every = ("Verrerie Clairval", "Jouée SA", "Fonderie Lacroix", "Maison Mère")
        return {one for one in every if one in shown}

    assert told("") == {"Verrerie Clairval"}
    assert told("Soudeur·se TIG") == set()  # no position of theirs tells whom it was about
    narrowed = {"brief": "Soudeur·se TIG"}
    assert "Vraie 0" not in client.get("/desk", query_string=narrowed).get_data(as_text=True)
    desk.write(lambda s: s.execute(update(Workshop).values(sort="real")))
    assert told("") == told("Soudeur·se TIG") == {"Verrerie Clairval", "Jouée SA"}
    assert "Vraie 0" in client.get("/desk", query_string=narrowed).get_data(as_text=True)


@pytest.mark.parametrize("sort", ["demo", "rehearsal"])
def test_votes_of_a_demonstration_or_a_rehearsal_are_no_room_s(
    helped: tuple[Desk, Models], sort: str
) -> None:
    desk, _ = helped
    client, _by = desk.person()
    result = {"voters": 20, "guessed_right": 0, "shares": {"own-1": 40, "own-2": 60}}
    room = revealed(desk, "titles", {**result, "top": ["own-2"]}, {"own": NAMES}, sort)
    assert order(page(client, f"/desk/wordings?room={room}")) == []
    desk.write(lambda s: s.execute(update(Workshop).values(sort="real")))
    assert order(page(client, f"/desk/wordings?room={room}")) == NAMES.splitlines()[::-1]


def test_what_a_model_adds_is_marked_and_leaves_by_a_person_s_hand_alone(
    helped: tuple[Desk, Models],
) -> None:
    desk, models = helped
    client, _by = desk.person(lang="en")
    topic = {"topic": "Soudeur·se TIG"}
    revealed(desk, "rivals", {"people": 5, "named": 0, "companies": []}, {})
    models.says = lambda told: json.dumps({"names": ["Fonderies Lacroix", "http://vol.example"]})
    desk.lead("Ada Duval", company="Secrète")
    client.post("/desk/employers/ask", data=topic)
    work(desk)
    shown = words_of(client.get("/desk/employers", query_string=topic).get_data(as_text=True))
    assert "Fonderies Lacroix a model not verified" in shown
    assert "Named by the model petit on" in shown
    assert "vol.example" not in shown
    assert "1 link that was not yours was taken out" in shown
    assert set(models.told) == {"lang", "position", "known"}
    assert "Ada" not in str(models.asked)
    assert "Secrète" not in str(models.asked)
    file = client.get("/desk/employers.csv", query_string=topic).get_data(as_text=True)
    assert "Lacroix" not in file
    models.says = lambda told: json.dumps({"proposals": ["Server engineer (vol.fr)", "Code ninja"]})
    asked = client.post("/desk/wordings/ask", data={"names": "Back-end developer", "lang": "en"})
    work(desk)
    shown = words_of(page(client, asked.location))
    assert "Server engineer" in shown
    assert "Suggested by the model petit on" in shown
    assert "ninja" not in shown
    assert "1 link that was not yours was taken out" in shown
    assert set(models.told) == {"lang", "names"}
    sums = words_of(page(client, "/desk/aids"))
    assert "What the models have cost" in sums
    assert re.search(r"20\d\d-\d\d 2 2 80 40 ", sums)
