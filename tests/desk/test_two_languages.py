"""A position in two languages: written side by side, in spreadsheets, on phones, in the preview."""

import re
from collections.abc import Callable
from html import unescape
from io import BytesIO

import openpyxl
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.screens.round_shown import brief_shown
from game.store.tables import BriefRow, RoundRow, Workshop
from game.workshop import agenda, create, setting
from tests.desk.at_desk import Desk
from tests.desk.test_position_sheet import cell, give
from tests.desk.test_positions import BRIEF, DECK, PROMPTS, blank, deck, prompt, row_of

pytestmark = pytest.mark.filterwarnings("ignore:Passing SelectField choices:DeprecationWarning")
FIELDS = re.compile(r'<input[^>]*? name="((?:other-)?[a-z_0-9]+)"[^>]*? value="([^"]*)"')
AREAS = re.compile(r'<textarea[^>]*? name="((?:other-)?[a-z_0-9]+)"[^>]*>([^<]*)</textarea>')
OTHER = {
    **{
        "other-title": "Underwater welder",
        "other-trade": "Welding",
        "other-where": "Brest, France",
    },
    **{"other-why": "The sea.", "other-must_1": "Dives", "other-must_2": "Welds"},
    **{"other-must_3": "Stays calm", "other-pay": "€45–52k"},
}
PAY = "45 à 52 k€"
TEXTS = {
    f"{PROMPTS}.0.text.other": "Who dives?",
    f"{DECK}.criteria.0.label.other": "Dives",
    f"{DECK}.criteria.1.label.other": "Welds",
    f"{DECK}.cards.0.title.other": "Profile 0",
    f"{DECK}.cards.0.facts.other": "Dives to thirty metres\nWelds dry",
    f"{DECK}.cards.0.explanation.other": "Because.",
}
BOTH = {**BRIEF, "pay": PAY, **deck(), **prompt(), **OTHER, **TEXTS}


def workshop_with(client: FlaskClient, desk: Desk, path: str, lang: str) -> tuple[str, str]:
    """A workshop in this language whose rounds are about its copy of the position."""
    made = {"name": "Atelier", "lang": lang, "agenda": "decouverte-30"}
    workshop = client.post("/workshops", data=made).location
    taken = client.post(f"{workshop}/briefs", data={"position": path.rpartition("/")[2]})
    assert taken.status_code == 302, taken.text
    workshop_id = workshop.rpartition("/")[2]

    def use(s: Session) -> str:
        own = f"own-{path.rpartition('/')[2]}"
        brief = s.scalars(select(BriefRow).filter_by(key=own, workshop_id=workshop_id)).one()
        for row in s.scalars(select(RoundRow).where(RoundRow.workshop_id == workshop_id)).all():
            args = (s, workshop_id, row.id)
            agenda.edit(*args, seconds=row.seconds, options=row.options, brief_id=brief.id)
        return brief.id

    return workshop, desk.write(use)


def seen(desk: Desk, workshop_id: str, lang: str) -> str:
    """All that phones of a language are shown of a workshop's rounds."""

    def read(s: Session) -> str:
        workshop, found = s.get_one(Workshop, workshop_id), []
        for row in s.scalars(select(RoundRow).where(RoundRow.workshop_id == workshop_id)):
            brief = s.get(BriefRow, row.brief_id) if row.brief_id else None
            _kind, where = setting.of_round(row, workshop, brief, desk.game.pack(lang))
            found += [where.brief, brief_shown(brief, lang), where.pack.parts.get(PROMPTS)]
            found += [where.pack.parts.get(DECK)]
        return repr(found)

    return str(desk.read(read))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_phones_of_each_language_read_theirs_and_what_is_lacking_in_the_other(
    desk: Desk, lang: str
) -> None:
    client, _user = desk.person("facilitator")
    path = blank(client)
    assert client.post(path, data=BOTH).location == path
    kept = row_of(desk, path)
    assert set(kept.translations) == {"en"}
    assert "Underwater welder" in client.get(path).text
    workshop, brief_id = workshop_with(client, desk, path, lang)  # offered in both languages
    workshop_id = workshop.rpartition("/")[2]
    french, english = (seen(desk, workshop_id, one) for one in ("fr", "en"))
    for one, other in (
        *(("Soudeuse sous-marine", "Underwater welder"), ("Plonge'", "Dives'")),
        *(("Qui plonge ?", "Who dives?"), ("Profil 0", "Profile 0"), ("La mer.", "The sea.")),
        *(("Soude à sec", "Welds dry"), (PAY, "€45–52k")),
    ):
        assert one in french
        assert other not in french
        assert other in english
        assert one not in re.sub(r"Card\(key='own-[23].*?\)", "", english)
    assert "Profil 1" in english  # a card that is said in one language only
    for text, texts in ((french, "keep"), (english, "keep")):
        assert text.count(f"gold='{texts}'") == french.count(f"gold='{texts}'")
    copied = desk.write(lambda s: create.copy(s, workshop_id, user_id=None, name="Encore").id)
    assert seen(desk, copied, "en").count("Who dives?") == english.count("Who dives?")
    pages = [client.get(f"{workshop}/preview?lang={one}").text for one in ("fr", "en")]
    assert "lang=en" in pages[1]
    rounds = desk.read(
        lambda s: s.scalars(select(RoundRow.id).where(RoundRow.workshop_id == workshop_id)).all()
    )
    for spoken, word, not_word in (("fr", "Plonge", "Dives"), ("en", "Dives", "Plonge ")):
        shown = "".join(
            client.get(f"{workshop}/preview/phone/{one}/briefing?lang={spoken}").text
            for one in rounds
        )
        assert word in shown
        assert ("45 à 52" if spoken == "fr" else "€45–52k") in shown  # told where it is known
        assert not_word not in shown
    # in the workshop, the copy is written on in both languages with the same check
    edited = f"{workshop}/briefs/{brief_id}"
    assert "Underwater welder" in client.get(edited).text
    assert client.post(edited, data={**BOTH, "other-why": ""}).status_code == 422
    assert client.post(edited, data={**BOTH, "other-title": "Diver"}).status_code == 302
    assert "Diver" in seen(desk, workshop_id, "en")
    assert "Diver" not in seen(desk, workshop_id, "fr")


def a_ready_agenda(client: FlaskClient, lang: str) -> str:
    made = {"name": "Atelier", "lang": lang, "agenda": "decouverte-30"}
    return str(client.post("/workshops", data=made).location)


def a_ready_brief(client: FlaskClient, lang: str) -> str:
    workshop = client.post("/workshops", data={"name": "A", "lang": lang, "agenda": ""}).location
    assert client.post(f"{workshop}/briefs", data={"brief": "soudeur"}).status_code == 302
    return str(workshop)


def an_agenda_added(client: FlaskClient, lang: str) -> str:
    workshop = client.post("/workshops", data={"name": "A", "lang": lang, "agenda": ""}).location
    added = client.post(f"{workshop}/rounds", data={"agenda": "decouverte-30"})
    assert added.status_code == 302
    return str(workshop)


def a_demonstration(client: FlaskClient, lang: str) -> str:
    client.post(f"/lang/{lang}")
    return "/workshops/" + client.post("/workshops/demo").location.rpartition("/")[2]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("made", [a_ready_agenda, a_ready_brief, an_agenda_added, a_demonstration])
def test_phones_of_each_language_read_a_ready_made_brief_in_theirs(
    desk: Desk, made: Callable[[FlaskClient, str], str], lang: str
) -> None:
    client, _user = desk.person("facilitator")
    workshop_id = made(client, lang).rpartition("/")[2]
    rows = desk.read(lambda s: s.scalars(select(BriefRow).filter_by(workshop_id=workshop_id)).all())
    assert rows
    for row in rows:
        for spoken in ("fr", "en"):
            pack = desk.game.packs[spoken]
            ours = next(b for b in pack.briefs if b.key == row.key)
            shown = brief_shown(row, spoken)
            assert (shown.title, tuple(shown.must_haves)) == (ours.title, ours.must_haves)
            assert setting.brief_of(row, spoken) == ours
    if made is a_ready_brief:
        return  # no round is about it
    for spoken in ("fr", "en"):
        other = "en" if spoken == "fr" else "fr"
        said, read = seen(desk, workshop_id, spoken), desk.game.packs
        for part in (PROMPTS,):
            for mine, theirs in zip(read[spoken].parts[part], read[other].parts[part], strict=True):
                assert repr(mine) in said
                assert repr(theirs) not in said


def test_a_ready_made_brief_is_written_on_in_both_languages(desk: Desk) -> None:
    client, _user = desk.person("facilitator")
    workshop = a_ready_brief(client, "fr")
    row = desk.read(lambda s: s.scalars(
        select(BriefRow).filter_by(workshop_id=workshop.rpartition("/")[2])
    ).one())  # fmt: skip
    page = f"{workshop}/briefs/{row.id}"
    shown = client.get(page).text
    for text in ("Soudeur·se TIG", "TIG welder", "Reads a piping drawing"):
        assert text in shown
    assert set(row.translations) == {"en"}
    assert "pay" not in row.translations["en"]  # told where it is known
    form = {name: unescape(value) for name, value in FIELDS.findall(shown)}
    form |= {name: unescape(text).strip() for name, text in AREAS.findall(shown)}
    workshop_id = workshop.rpartition("/")[2]

    def english() -> object:
        rows = select(BriefRow).filter_by(workshop_id=workshop_id)
        return desk.read(lambda s: s.scalars(rows).one()).translations.get("en")

    assert client.post(page, data={**form, "pay": PAY}).status_code == 302
    assert english() == row.translations["en"]
    both = {"title": "Soudeuse sous-marine", "other-title": "Underwater welder"}
    assert client.post(page, data={**form, **both}).status_code == 302
    assert "Underwater welder" in str(english())
    # another job than the ready-made one is not told in the words of that one
    assert client.post(page, data=form).status_code == 302
    assert client.post(page, data={**form, "title": "Chaudronnier"}).status_code == 302
    assert english() is None


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_copies_of_an_earlier_version_learn_the_other_language_at_one_click(
    desk: Desk, lang: str
) -> None:
    client, _user = desk.person("facilitator")
    workshop = a_ready_agenda(client, lang)
    client.post(f"{workshop}/briefs", data={"brief": "soudeur"})
    workshop_id, other = workshop.rpartition("/")[2], "en" if lang == "fr" else "fr"
    mine = select(BriefRow).where(BriefRow.workshop_id == workshop_id).order_by(BriefRow.id)
    ready = {row.id: dict(row.translations) for row in desk.read(lambda s: s.scalars(mine).all())}
    assert all(set(texts) == {other} for texts in ready.values())
    assert "briefs/languages" not in client.get(workshop).text  # nothing is lacking

    def as_before(s: Session) -> tuple[str, str]:
        rows = s.scalars(mine).all()
        for row in rows:
            row.translations, row.lang = {}, ""
        another, own = rows[0], rows[1]
        another.title, own.pay = "Scaphandrier", PAY
        return another.id, own.id

    another, own = desk.write(as_before)
    assert f'action="{workshop}/briefs/languages"' in client.get(workshop).text
    assert client.post(f"{workshop}/briefs/languages").status_code == 302
    now = {row.id: row for row in desk.read(lambda s: s.scalars(mine).all())}
    assert now[another].translations == {}
    assert now[own].pay == PAY
    assert {id: row.translations for id, row in now.items() if id != another} == {
        id: texts for id, texts in ready.items() if id != another
    }
    assert "briefs/languages" not in client.get(workshop).text


def test_the_second_language_is_checked_as_the_first_and_nothing_typed_is_lost(desk: Desk) -> None:
    client, _user = desk.person("facilitator")
    path = blank(client)
    wrong = {**BOTH, "other-why": "", f"{DECK}.cards.0.facts.other": "One fact"}
    wrong |= {f"{PROMPTS}.0.text.other": "x" * 161, f"{DECK}.cards.1.title.other": "Profile 1"}
    wrong |= {f"{PROMPTS}.1.key": "own-2", f"{PROMPTS}.1.text.other": "Only here?"}
    said = client.post(path, data=wrong)
    assert said.status_code == 422
    at_fault = (
        *("other-why", f"{PROMPTS}.0.text.other", f"{PROMPTS}.1.text"),
        *(f"{DECK}.cards.0.facts.other", f"{DECK}.cards.1.facts.other"),
    )
    for name in at_fault:
        tag = re.search(rf'<[^>]*name="{re.escape(name)}"[^>]*>', said.text)
        assert tag, name
        assert 'aria-invalid="true"' in tag[0], name
    for typed in ("One fact", "Only here?", "Profile 1", "Underwater welder"):
        assert typed in said.text
    assert not row_of(desk, path).is_whole
    assert client.post(path, data={**BRIEF, **deck(), **prompt()}).status_code == 302
    assert row_of(desk, path).translations == {}  # the second one is nobody's duty


def test_both_languages_go_out_in_a_spreadsheet_and_come_back(desk: Desk) -> None:
    client, _user = desk.person("recruiter")
    path = blank(client)
    client.post(path, data=BOTH)
    before = row_of(desk, path)

    def sheet() -> openpyxl.Workbook:
        return openpyxl.load_workbook(BytesIO(client.get(f"{path}/content.xlsx").data))

    book = sheet()
    assert give(client, path, book)[0] == 302
    after = row_of(desk, path)
    assert (after.own, after.translations) == (before.own, before.translations)
    book[PROMPTS][cell(book, PROMPTS, "Texte (en)", 2)] = "Who swims?"
    book["briefs"][cell(book, "briefs", "Titre (en)", 2)] = "Diver"
    book["cards"][cell(book, "cards", "Titre (en)", 3)] = "Profile 1"
    status, text = give(client, path, book)
    assert status == 422
    where = cell(book, "cards", "Fait (en) 1", 3)
    assert f"<li>cards {where}: il manque" in text
    book["cards"][where] = "Dives"
    book["cards"][cell(book, "cards", "Fait (en) 2", 3)] = "Welds"
    book["cards"][cell(book, "cards", "Explication (en)", 3)] = "Because."
    assert give(client, path, book)[0] == 302
    texts = repr(row_of(desk, path).translations)
    for said in ("Who swims?", "Diver", "Profile 1"):
        assert said in texts
    assert row_of(desk, path).own == before.own
    # a file of one language changes nothing of the other
    for name in book.sheetnames:
        for column in reversed(book[name][1]):
            if "(en)" in str(column.value):
                book[name].delete_cols(column.column)
    assert give(client, path, book)[0] == 302
    assert repr(row_of(desk, path).translations) == texts
