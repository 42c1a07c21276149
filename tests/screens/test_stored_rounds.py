"""What screens and files say of stored rounds: titles in the reader's words, a speaker's notes."""

from html import unescape

from flask import Flask
from flask_babel import force_locale
from sqlalchemy.orm import Session

from game.exports import hour_report
from game.rules.pack import Pack
from game.rules.round import PHASES
from game.screens.build import build
from game.screens.render import render
from game.store.tables import Player, RoundRow, Submission, Workshop
from game.workshop import create, hour, own_data
from game.workshop.state import agenda_of

OWN = "Le tour de la cantine"


def prepared(session: Session, pack: Pack) -> Workshop:
    """A French workshop in its last round but one; the last one is called as nobody else does."""
    made = create.create(
        session, user_id=None, name="A", lang="fr", held_on=None, agenda_key="complet-60", pack=pack
    )
    rounds = agenda_of(session, made.id)
    rounds[-1].title = OWN
    for row in rounds[:-1]:
        row.phase, row.opened_at = "closed", 1
    made.stage, made.round_id = "round", rounds[-2].id
    session.flush()
    return made


def test_every_surface_and_file_says_them_in_the_readers_words(app: Flask) -> None:
    game = app.extensions["sourcerie"]
    here, there = (
        next(one for one in game.packs[lang].agendas if one.key == "complet-60").rounds
        for lang in ("fr", "en")
    )
    now = here[-2].title, there[-2].title
    with Session(game.store.writing) as s:
        made = prepared(s, game.packs["fr"])
        for lang, (said, other) in {"fr": now, "en": now[::-1]}.items():
            for surface in ("phone", "projector", "remote"):
                shown = build(game, s, made.id, surface, lang)
                assert shown
                with app.test_request_context(), force_locale(lang):
                    page = unescape(render(surface, shown))
                assert said in page, (surface, lang)
                assert other not in page, (surface, lang)
                if surface == "remote":
                    assert OWN in page
        report = str(hour_report.sections(hour.of(s, made, game.packs["en"]), "en"))
        assert all(one.title in report for one in there[:-1])
        assert held(s, game.packs["en"], agenda_of(s, made.id)[0]) == [there[0].title]
        s.rollback()


def test_a_speakers_notes_stand_on_the_remote_for_the_round_that_is_on_or_comes(app: Flask) -> None:
    game = app.extensions["sourcerie"]
    with Session(game.store.writing) as s:
        made = prepared(s, game.packs["fr"])
        rounds = agenda_of(s, made.id)
        for n, row in enumerate(rounds):
            row.notes, row.phase = f"Dire {n}.\nPuis rire.", "waiting"
        steps = [("lobby", None, "waiting", 0), *(("round", 0, at, 0) for at in PHASES)]
        steps += [("board", 0, "revealed", 1), ("round", 1, "briefing", 1)]
        for stage, at, phase, told in steps:
            made.stage, made.round_id = stage, None if at is None else rounds[at].id
            if at is not None:
                rounds[at].phase = phase
            s.flush()
            for surface in ("phone", "projector", "remote"):
                shown = build(game, s, made.id, surface, "fr")
                assert shown
                with app.test_request_context(), force_locale("fr"):
                    page = render(surface, shown)
                found = [n for n in range(len(rounds)) if f"Dire {n}.\nPuis rire." in page]
                assert found == ([told] if surface == "remote" else []), (stage, phase, surface)
        s.rollback()


def held(session: Session, pack: Pack, row: RoundRow) -> list[object]:
    """What a player's copy of their data calls the rounds that they answered in."""
    player = Player(workshop_id=row.workshop_id, nickname="P", folded="p", joined_at=1)
    session.add(player)
    session.flush()
    said = {"id": "a" * 16, "slot": "vote", "stored": {}, "answer": {}, "at": 1, "seq": 1}
    session.add(Submission(player_id=player.id, round_id=row.id, **said))
    session.flush()
    answers = own_data.held(session, "secret", player.id, pack)["answers"]
    assert isinstance(answers, list)
    return [one["round"] for one in answers]
