"""Papers write themselves from the company's facts; the notice says all that article 14 asks."""

from io import BytesIO

import pytest
from sqlalchemy.orm import Session

from game import content
from game.base import paths
from game.base.refusal import Refusal
from game.exports.paper_pdf import pdf
from game.privacy import company, notice, papers
from game.rules.pack import Pack
from game.store.engine import Store
from game.store.tables import CompanyFact, Notice, Workshop
from game.workshop import course, create

PACKS = content.load(paths.content())
LANGS = ("fr", "en")
KEYS = {
    *("council-note", "players-notice", "contacts-notice", "register-entry"),
    *("balancing-test", "aids-sheet", "accessibility", "cv-self-assessment"),
}
FACTS = {
    "controller": "Chantiers Łoś & <Fils>",
    "contact": "1 rue du Port, 29000 Quimper, donnees@chantiers.example",
    "basis": "interest",
    "interests.fr": "Recruter par recommandation.",
    "interests.en": "Recruiting by recommendation.",
    "recipients.fr": "L'équipe recrutement.",
    "transfers.fr": "Aucun.",
    "lead_months": "18",
}


def know(store: Store, **more: str) -> None:
    with Session(store.writing) as s:
        company.save(s, {**FACTS, **more}, None)
        s.commit()


@pytest.fixture
def known(store: Store) -> Store:
    know(store)
    return store


def wrote(store: Store) -> dict[str, dict[str, str]]:
    with store.session() as s:
        return notice.working(s, PACKS)


def refused(store: Store, verb: object) -> Refusal:
    with Session(store.writing) as s, pytest.raises(Refusal) as found:
        verb(s)  # type: ignore[operator]
    return found.value


def publish(store: Store) -> int:
    with Session(store.writing) as s:
        made = notice.publish(s, PACKS, None)
        s.commit()
        return made


@pytest.mark.parametrize("lang", LANGS)
def test_the_pack_has_all_papers(lang: str) -> None:
    assert {paper.key for paper in PACKS[lang].papers} == KEYS


@pytest.mark.parametrize("lang", LANGS)
def test_every_place_is_a_fact_that_somebody_can_give(lang: str) -> None:
    given = set(papers.values({}, PACKS[lang].notices, lang)) | {"source"}
    for paper in PACKS[lang].papers:
        for section in paper.sections:
            assert set(papers.PLACE.findall(section.text)) <= given, (paper.key, section.key)
            assert not section.only or section.only in given


@pytest.mark.parametrize("lang", LANGS)
def test_the_notice_has_a_part_for_every_point_of_article_14(lang: str) -> None:
    there = {section.key: section.text for section in notice.paper(PACKS[lang]).sections}
    assert set(notice.ARTICLE_14) <= set(there)
    for key, places in notice.PLACES.items():
        for place in places:
            assert f"{{{place}}}" in there[key]


def test_a_notice_is_not_published_while_a_fact_is_missing(store: Store) -> None:
    needed = {field.name for field in company.FIELDS if field.needed}
    assert {"controller", "contact", "basis", "lead_months"} <= needed
    for name in needed:
        know(store, **{one: "" for one in FACTS if one.split(".")[0] == name})
        assert refused(store, lambda s: notice.publish(s, PACKS, None)).code == "company_unknown"
    know(store)
    assert publish(store) == 1


def test_no_point_of_article_14_can_be_left_out(known: Store) -> None:
    for lang in LANGS:
        for key in notice.ARTICLE_14:
            texts = wrote(known)
            texts[lang][key] = "  "
            fault = refused(known, lambda s, texts=texts: notice.save(s, PACKS, texts, None))
            assert fault.fields == {f"{lang}.{key}": "missing"}


def test_nor_can_what_it_must_say_today(known: Store) -> None:
    for key in notice.PLACES:
        texts = wrote(known)
        texts["fr"][key] = "Des mots, sans le fait."
        fault = refused(known, lambda s, texts=texts: notice.save(s, PACKS, texts, None))
        assert fault.fields == {f"fr.{key}": "place_missing"}


def test_a_published_version_never_changes(known: Store) -> None:
    assert publish(known) == 1
    texts = wrote(known)
    texts["fr"]["complaint"] = "Vous pouvez écrire à la CNIL."
    with Session(known.writing) as s:
        notice.save(s, PACKS, texts, None)
        s.commit()
    know(known, controller="Autre maison")
    assert publish(known) == 2
    with known.session() as s:
        first, second = (notice.given(s, n, "fr", "un collègue") for n in (1, 2))
        assert notice.newest(s) == 2
        assert notice.given(s, 3, "fr", "") is None
    assert first is not None
    assert second is not None
    assert "Chantiers Łoś" in first.text
    assert "Autre maison" not in first.text
    assert "Autre maison" in second.text
    assert "écrire à la CNIL" in second.text
    assert "un collègue" in first.text
    for written in (first, second):
        assert papers.GAP not in written.text
        assert not papers.PLACE.search(written.text)
        assert "18 mois" in written.text


@pytest.mark.parametrize("lang", LANGS)
def test_a_fact_that_nobody_gave_is_a_gap_and_never_invented(lang: str) -> None:
    (register,) = [p for p in papers.every({}, PACKS, lang) if p.key == "register-entry"]
    assert papers.GAP in register.text
    full = {paper.key: paper for paper in papers.every(FACTS, PACKS, lang)}
    assert papers.GAP not in full["contacts-notice"].text
    register = full["register-entry"]
    assert papers.GAP not in register.text
    assert FACTS["controller"] in register.text


@pytest.mark.parametrize("lang", LANGS)
def test_every_paper_is_a_pdf_that_can_be_read(lang: str) -> None:
    for paper in papers.every(FACTS, PACKS, lang):
        made = pdf(paper)
        assert made.startswith(b"%PDF-"), paper.key
        assert b"%%EOF" in BytesIO(made).read()[-1024:]
        assert made.count(b"/FontFile2") >= 2  # both faces are in it


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("lead_months", "25", "months_range"),
        ("lead_months", "deux", "months_range"),
        ("basis", "none", "invalid"),
        ("controller", "x" * 1001, "too_long"),
    ],
)
def test_a_fact_that_cannot_be_is_told_at_its_field(
    store: Store, name: str, value: str, fault: str
) -> None:
    found = refused(store, lambda s: company.save(s, {**FACTS, name: value}, None))
    assert found.fields == {name: fault}


def test_the_last_working_text_is_no_version(known: Store) -> None:
    with Session(known.writing) as s:
        notice.save(s, PACKS, notice.working(s, PACKS), None)
        s.commit()
        assert notice.newest(s) is None
        assert s.get_one(Notice, notice.WORKING).published_at is None


def opened(store: Store, pack: Pack, sort: str) -> str:
    with Session(store.writing) as s:
        made = create.create(
            s, user_id=None, name="A", lang="fr", held_on=None, agenda_key=None, pack=pack
        )
        made.sort = sort
        course.go_on(s, PACKS, made.id)
        s.commit()
        return s.get_one(Workshop, made.id).stage


def test_the_lobby_of_a_real_workshop_stays_shut_while_a_fact_is_missing(store: Store) -> None:
    with pytest.raises(Refusal, match="lobby_shut"):
        opened(store, PACKS["fr"], "real")
    assert opened(store, PACKS["fr"], "demo") == "lobby"
    assert opened(store, PACKS["fr"], "rehearsal") == "lobby"
    know(store)
    assert opened(store, PACKS["fr"], "real") == "lobby"
    with Session(store.writing) as s:
        s.get_one(CompanyFact, "transfers.fr").value = ""
        s.commit()
    with pytest.raises(Refusal, match="lobby_shut"):
        opened(store, PACKS["fr"], "real")
