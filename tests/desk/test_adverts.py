"""A title that was chosen goes into the advert, and wherever others read what a position is called.

Only the desk reads who chose it, and why; it is changed and taken back there.
"""

import re
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from game.exports.words import words
from game.pool import letter
from game.privacy import own_link
from game.store.tables import (
    AuditEntry,
    BriefRow,
    Lead,
    Position,
    Recommendation,
    User,
    WordingChoice,
    Workshop,
)
from tests.api.program import Program
from tests.desk.at_desk import Desk
from tests.desk.test_drafts import drafts, named, text
from tests.reading import words_of

# in a server, what a library will leave out one day is no fault today
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

TOPIC = "Soudeur·se TIG"
ENGLISH = "TIG welder"
CHOSEN = {"fr": "Soudeur·se inox à Nantes", "en": "Stainless steel welder"}
REASON = "C’est ce que la salle chercherait"


@pytest.fixture
def named_for(desk: Desk) -> str:
    """A lead who was named for a position that is said in both languages."""
    for table in (Workshop, Position, WordingChoice):
        desk.write(lambda s, table=table: s.execute(delete(table)))
    lead = desk.lead("Ada Duval", role="Soudeuse TIG", mail="ada@exemple.fr")
    named(desk, lead, "unnamed")
    more: dict[str, Any] = {
        "translations": {"en": {"title": ENGLISH, "must_haves": ["Weld pipes"], "where": "Nantes"}},
        "must_haves": ["Souder des tubes"],
    }
    desk.write(lambda s: s.execute(update(BriefRow).values(**more)))
    own = {"lang": "fr", "title": TOPIC, "where": "Nantes", "changed_at": 1, "is_whole": True}
    desk.write(lambda s: s.add(Position(**own, **more)))
    return lead


def choose(client: FlaskClient, lang: str, chosen: str, **more: str) -> Any:
    given = {"names": f"{TOPIC}\n{chosen}", "lang": lang, "topic": TOPIC, "reason": REASON}
    return client.post("/desk/wordings/choose", data={**given, "chosen": chosen, **more})


def dossier(client: FlaskClient) -> str:
    return str(client.get("/desk/posts", query_string={"topic": TOPIC}).text)


def adverts(client: FlaskClient) -> dict[str, list[str]]:
    """The lines of each advert that can be copied, by language."""
    area = r'<textarea id="p-advert-(\w+)"[^>]*>(.*?)</textarea>'
    found = re.findall(area, dossier(client), re.S)
    return {lang: unescape(said).splitlines() for lang, said in found}


def read_elsewhere(desk: Desk, client: FlaskClient, lead: str, lang: str) -> dict[str, str]:
    """What the position is called where somebody else than the desk may read it."""
    client.post(f"/lang/{lang}")
    told = re.findall("<article.*?</article>", drafts(client, lead, f"?lang={lang}"), re.S)
    pack = desk.game.pack(lang)
    origins = words(pack, lang).origins
    token = desk.write(lambda s: own_link.token(s, desk.game.secret, lead, None))
    theirs = desk.app.test_client()
    theirs.post(f"/lang/{lang}")

    def field(s: Any) -> str:
        rosa = s.scalars(select(User)).first()
        return letter.values_of(s, [s.get(Lead, lead)], rosa, pack, origins)[lead]["brief"]

    return {
        "draft": text("".join(told)),
        "letter": desk.read(field),
        "own page": theirs.get(f"/contact/{token}").text,
        "own file": str(theirs.get(f"/contact/{token}/data.json").json),
    }


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_chosen_title_is_what_others_read_in_their_language(
    desk: Desk, named_for: str, lang: str
) -> None:
    client, _by = desk.person()
    for spoken, title in CHOSEN.items():
        asked = choose(client, spoken, title)
        assert asked.headers["Location"].endswith("#advert")
    for where, said in read_elsewhere(desk, client, named_for, lang).items():
        assert CHOSEN[lang] in said, where
        assert REASON not in said, where  # why is the desk's
        assert (TOPIC if lang == "fr" else ENGLISH) not in said, where
    source = "l’intitulé choisi pour l’annonce" if lang == "fr" else "the title chosen for the ad"
    assert f"{CHOSEN[lang]} – {source}" in text(drafts(client, named_for, f"?lang={lang}"))


def test_it_heads_the_advert_and_stands_beside_the_brief(desk: Desk, named_for: str) -> None:
    client, by = desk.person("admin")
    before = adverts(client)
    assert before["fr"] == [TOPIC, "Nantes", "", "L’indispensable\u202f:", "– Souder des tubes"]
    assert before["en"] == [ENGLISH, "Nantes", "", "What you need:", "– Weld pipes"]
    for spoken, title in CHOSEN.items():
        choose(client, spoken, title)
    after = adverts(client)
    for spoken, title in CHOSEN.items():
        assert after[spoken] == [title, *before[spoken][1:]]
    who = desk.read(lambda s: s.get_one(User, by).name)
    assert f"choisi par {who} le" in words_of(dossier(client))
    assert REASON in dossier(client)
    brief, workshop, own = desk.read(
        lambda s: (
            *s.execute(select(BriefRow.id, BriefRow.workshop_id)).one(),
            *s.scalars(select(Position.id)),
        )
    )
    pages = ["/positions", f"/positions/{own}", f"/workshops/{workshop}"]
    for page in (*pages, f"/workshops/{workshop}/briefs/{brief}"):
        shown = client.get(page).text
        assert all(title in shown for title in CHOSEN.values()), page
        assert REASON not in shown, page
    (told,) = Program(desk).get("/briefs").json["briefs"]  # type: ignore[index]
    assert (told["title"], told["advertised"]) == (TOPIC, CHOSEN)


def test_it_is_changed_and_taken_back(desk: Desk, named_for: str) -> None:
    client, _by = desk.person(lang="en")
    other, _ = desk.person("admin", lang="en")
    choose(client, "fr", CHOSEN["fr"])
    choose(client, "en", CHOSEN["en"])
    choose(other, "fr", "Tuyauteur·se inox", reason="Plus juste")
    assert adverts(client)["fr"][0] == "Tuyauteur·se inox"
    assert adverts(client)["en"][0] == CHOSEN["en"]
    listed = words_of(client.get("/desk/wordings").text)
    assert "out of the ad since" in listed
    assert "by Rosa admin" in listed
    standing = "/desk/wordings/{}/back"
    ways = re.findall('action="(/desk/wordings/[^"]+/back)"', dossier(client))
    assert len(ways) == 2
    for way in (*ways, *ways, standing.format("nobody")):  # twice is once
        assert client.post(way).status_code == 302
    assert [lines[0] for lines in adverts(client).values()] == [TOPIC, ENGLISH]
    for where, said in read_elsewhere(desk, client, named_for, "fr").items():
        assert TOPIC in said, where
        assert "Tuyauteur" not in said, where
    entries = desk.read(lambda s: s.scalars(select(AuditEntry.action)).all())
    assert entries.count("title_taken_back") == 2


def test_a_title_for_no_position_goes_nowhere_and_a_form_loses_nothing(
    desk: Desk, named_for: str
) -> None:
    client, _by = desk.person()
    refused = choose(client, "fr", CHOSEN["fr"], reason=" ")
    assert refused.status_code == 422
    assert f"<option selected>{TOPIC}</option>" in refused.text
    assert choose(client, "fr", CHOSEN["fr"], topic="").headers["Location"].endswith("#chosen")
    assert adverts(client)["fr"][0] == TOPIC
    assert CHOSEN["fr"] in client.get("/desk/wordings").text
    assert desk.read(lambda s: s.scalars(select(Recommendation.lead_id)).one()) == named_for
