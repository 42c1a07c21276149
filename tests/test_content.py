"""The shipped packs: whole, decent, and the same in both languages."""

import random
import re
from itertools import pairwise

import pytest

from game import content
from game.base import paths
from game.rules import nickname, rude
from game.rules.kinds.spot import Card
from game.rules.pack import Pack

ROOT = paths.content()
LANGS = ("fr", "en")
QUIZ = ["title", "seniority", "salary", "years", "diploma", "best", "passes-on"]
# what would say who somebody is: age, form of address, gender, school, postcode
PRIVATE = {
    "fr": r"\b\d+ ans\b|\bâgée?\b|\bnée? (en|à)\b|\b(M\.|Mme|Monsieur|Madame)|\bUniversité\b"
    r"|\bLycée\b|\bIUT\b|\b[Ii]ls?\b|\b[Ee]lles?\b|\bhomme\b|\bfemme\b|\b\d{5}\b",
    "en": r"\b\d+ years old\b|\baged\b|\bborn in\b|\b(Mr|Mrs|Ms)\b|\bUniversity\b|\bCollege\b"
    r"|\b([Hh]e|[Ss]he|[Hh]is|[Hh]ers?|[Hh]im)\b|\b(wo)?man\b|\b\d{5}\b",
}


def pack_of(lang: str) -> Pack:
    return content.load(ROOT)[lang]


def cards(pack: Pack) -> list[Card]:
    return [card for deck in pack.parts["decks"] for card in deck.cards]


def test_the_shipped_packs_are_fine() -> None:
    assert content.check(ROOT) == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_packs_hold_enough(lang: str) -> None:
    pack = pack_of(lang)
    assert {30, 60, 90} <= {a.minutes for a in pack.agendas}
    assert len({b.trade for b in pack.briefs}) >= 8
    assert len(pack.parts["prompts"]) >= 30
    assert len({p.cue for p in pack.parts["prompts"]}) == 8
    assert len(cards(pack)) >= 40
    assert {d.brief for d in pack.parts["decks"]} == {b.key for b in pack.briefs}
    assert [o.key for o in pack.parts["expert"].definition.options] == QUIZ


@pytest.mark.parametrize("lang", LANGS)
def test_cards_say_nothing_of_who_somebody_is(lang: str) -> None:
    for card in cards(pack_of(lang)):
        for text in (card.title, *card.facts):
            assert not re.search(PRIVATE[lang], text), f"{card.key}: {text}"


@pytest.mark.parametrize("lang", LANGS)
def test_decks_ask_for_thought(lang: str) -> None:
    """Keeps and passes are mixed, without a rhythm, and every criterion decides somewhere."""
    for deck in pack_of(lang).parts["decks"]:
        golds = [card.gold for card in deck.cards]
        assert 0.3 <= golds.count("keep") / len(golds) <= 0.7
        assert any(one == other for one, other in pairwise(golds))
        assert {card.criterion for card in deck.cards} == {c.key for c in deck.criteria}


@pytest.mark.parametrize("lang", LANGS)
def test_agendas_leave_time_to_talk(lang: str) -> None:
    for agenda in pack_of(lang).agendas:
        assert sum(line.seconds for line in agenda.rounds) <= agenda.minutes * 60 * 0.8


@pytest.mark.parametrize("lang", LANGS)
def test_notices_say_what_is_owed(lang: str) -> None:
    told = pack_of(lang).notices
    assert str(told.keep_player_days) in told.told_to_players
    assert str(told.keep_lead_months) in told.told_to_contacts
    assert "L1222-3" in told.player
    assert "CNIL" in told.player
    assert "14" in told.contact
    assert "CNIL" in told.contact


@pytest.mark.parametrize("lang", LANGS)
def test_no_nickname_that_is_offered_is_rude(lang: str) -> None:
    pack, dice = pack_of(lang), random.Random(3)
    offers = {nickname.offer(pack.nicknames, dice) for _ in range(2000)}
    assert len(offers) > 1000
    assert not [name for name in offers if rude.is_rude(name, pack.rude)]


@pytest.mark.parametrize(
    "name",
    [
        "Botanique royale",
        "Therapist",
        "Toujours en retard",
        "Unique Rose",
        "As de pique",
        "Janus",
        "Macadam",
        "Saint-Nazaire",
        "Coquillage",
        "Violette",
        "Moutarde",
        "Coquelicot",
        "Bouchon",
        "Sextant",
        "Pédalo",
    ],
)
def test_innocent_words_are_no_insult(name: str) -> None:
    assert not rude.is_rude(name, pack_of("fr").rude)


@pytest.mark.parametrize(
    "name", ["Enculé", "les CONNASSES", "nique ta mère", "Motherfucker", "b1te", "s a l o p e"]
)
@pytest.mark.parametrize("lang", LANGS)
def test_insults_of_both_languages_are_known_in_each(name: str, lang: str) -> None:
    assert rude.is_rude(name, pack_of(lang).rude)


def test_french_spaces_do_not_break() -> None:
    text = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "fr").rglob("*.yaml"))
    assert not re.search(r"\w [;?!»:]|« ", text)


def keys_of(pack: Pack, part: str) -> list[str]:
    return [item.key for item in pack.parts.get(part) or getattr(pack, part)]


def test_both_languages_hold_the_same() -> None:
    fr, en = pack_of("fr"), pack_of("en")
    for part in ("agendas", "briefs", "prompts", "decks", "families", "relationships", "reasons"):
        assert keys_of(fr, part) == keys_of(en, part), part
    golds = [[(c.key, c.gold, c.criterion) for c in cards(pack)] for pack in (fr, en)]
    assert golds[0] == golds[1]
    assert fr.rude == en.rude


@pytest.mark.parametrize("lang", LANGS)
def test_no_two_rounds_of_an_agenda_share_a_title(lang: str) -> None:
    for agenda in pack_of(lang).agendas:
        titles = [round.title or round.kind for round in agenda.rounds]
        assert len(titles) == len(set(titles)), agenda.key
