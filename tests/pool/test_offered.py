"""Another way to reach a known guest: seen by a recruiter, used for nothing until it is taken."""

from typing import Any

from flask import Flask, render_template
from sqlalchemy import select

from game import content
from game.base import paths
from game.base.clock import now_ms
from game.base.days import day_of
from game.exports.words import words
from game.pool import composed, merge, offered
from game.pool.own_file import own_file
from game.pool.verdict import worth
from game.privacy import objection
from game.privacy.erase import erase, keep_out
from game.store.tables import Arrival, AuditEntry, Lead, LeadKey, Merge, OfferedWay
from tests.pool.guests import TYPED, card, made, read
from tests.privacy.pages import Signed, game_of

USUAL = worth({lang: pack.points for lang, pack in content.load(paths.content()).items()}, 180)


def offered_to(app: Flask, mail: str = "autre@exemple.fr") -> tuple[str, list[OfferedWay]]:
    """A guest who is known gives another mail; returns who it is, and what waits."""
    made(app)
    client, at = app.test_client(), f"/hello/{card(app)}"
    client.post(at, data={**TYPED, "company": "Naval Ouest"})
    lead = read(app, select(Lead.id))[0][0]
    client.post(at, data={**TYPED, "company": "Naval Ouest", "mail": mail})
    with game_of(app).store.session() as s:
        return lead, list(offered.of_lead(s, lead))


def test_another_mail_of_a_known_guest_waits_and_is_used_for_nothing(app: Flask) -> None:
    lead, waiting = offered_to(app)
    assert [(one.way, one.value) for one in waiting] == [("mail", "autre@exemple.fr")]
    assert waiting[0].occasion
    assert read(app, select(Lead.mail)) == [(TYPED["mail"],)]
    assert "m:autre@exemple.fr" not in [row[0] for row in read(app, select(LeadKey.key))]
    game = game_of(app)
    game.writer.write(lambda s: composed.recompose(s.connection(), [lead]))
    assert read(app, select(Lead.mail)) == [(TYPED["mail"],)]
    client = app.test_client()
    again = {**TYPED, "company": "Naval Ouest", "mail": "autre@exemple.fr"}
    client.post(f"/hello/{card(app)}", data=again)
    assert len(read(app, select(OfferedWay.id))) == 1  # the same one again
    for n in range(offered.MOST + 3):
        client.post(f"/hello/{card(app)}", data={**again, "mail": f"autre{n}@exemple.fr"})
    assert len(read(app, select(OfferedWay.id))) == offered.MOST
    # who types it under another name is somebody else: it recognises nobody
    client.post(f"/hello/{card(app)}", data={**TYPED, "name": "Un Autre", "mail": again["mail"]})
    assert len(read(app, select(Lead.id))) == 2
    noted = read(app, select(AuditEntry.detail).where(AuditEntry.action == "way_offered"))
    assert noted
    assert "exemple.fr" not in str(noted)


def test_a_contacts_page_and_files_hold_what_was_typed_under_their_name(app: Flask) -> None:
    lead, _waiting = offered_to(app)
    game = game_of(app)
    with game.store.session() as s:
        held = own_file(s, s.get_one(Lead, lead), words(game.pack("fr"), "fr"), "fr")
    assert [one.value for one in held.offered] == ["autre@exemple.fr"]
    assert "autre@exemple.fr" in str(held.plain())
    with app.test_request_context():
        assert "autre@exemple.fr" in render_template("contact/data.html", held=held)


def test_a_recruiter_takes_it_or_leaves_it(app: Flask) -> None:
    lead, (waiting,) = offered_to(app)
    recruiter = Signed(app, "recruiter")
    page = recruiter.get(f"/desk/leads/{lead}")
    assert "autre@exemple.fr" in page
    assert "mailto:autre@exemple.fr" not in page
    recruiter.post(f"/desk/leads/{lead}/ways/{waiting.id}/take", at=f"/desk/leads/{lead}")
    assert read(app, select(Lead.mail)) == [("autre@exemple.fr",)]
    assert "m:autre@exemple.fr" in [row[0] for row in read(app, select(LeadKey.key))]
    assert read(app, select(OfferedWay.id)) == []
    game = game_of(app)
    game.writer.write(
        lambda s: offered.offer(s, lead, {"phone": "+33612345678"}, "Soirée du port", 1)
    )
    ((id,),) = read(app, select(OfferedWay.id))
    recruiter.post(f"/desk/leads/{lead}/ways/{id}/leave", at=f"/desk/leads/{lead}")
    assert read(app, select(OfferedWay.id)) == []
    assert read(app, select(Lead.phone)) == [("",)]
    acts = [row[0] for row in read(app, select(AuditEntry.action))]
    assert {"way_offered", "way_taken", "way_left"} <= set(acts)


def test_what_was_offered_is_erased_and_kept_out_with_the_person(app: Flask) -> None:
    lead, _waiting = offered_to(app)
    game = game_of(app)
    game.writer.write(lambda s: erase(s, game.secret, lead, None))
    assert read(app, select(OfferedWay.id)) == []
    back = {**TYPED, "name": "Encore Moi", "mail": "autre@exemple.fr"}
    assert "Merci" in app.test_client().post(f"/hello/{card(app)}", data=back).text
    assert read(app, select(Lead.id)) == []


def test_what_was_offered_goes_with_a_merge_and_comes_back(app: Flask) -> None:
    lead, (waiting,) = offered_to(app)
    game = game_of(app)

    def other(s: Any) -> str:
        row = Lead(name="Nolwenn LG", inform_by=day_of(now_ms()), created_at=1, origin="import")
        s.add(row)
        s.flush()
        return str(row.id)

    kept = game.writer.write(other)
    game.writer.write(lambda s: merge.merge(s, kept, lead, None, USUAL))
    assert read(app, select(OfferedWay.lead_id)) == [(kept,)]
    ((merge_id,),) = read(app, select(Merge.id))
    game.writer.write(lambda s: merge.unmerge(s, merge_id, None, USUAL))
    assert read(app, select(OfferedWay.lead_id)) == [(lead,)]
    assert read(app, select(OfferedWay.id)) == [(waiting.id,)]


def another(app: Flask) -> tuple[str, str]:
    """A guest who gives the mail of somebody else whom the pool knows: (the guest, the other)."""
    lead, _waiting = offered_to(app, "luc@exemple.fr")
    own = {**TYPED, "name": "Luc Autre", "company": "", "mail": "luc@exemple.fr"}
    app.test_client().post(f"/hello/{card(app)}", data=own)
    ((other,),) = read(app, select(Lead.id).where(Lead.id != lead))
    return lead, other


def test_what_is_how_another_is_reached_is_taken_knowingly_or_the_two_are_made_one(
    app: Flask,
) -> None:
    lead, other = another(app)
    recruiter, at = Signed(app, "recruiter"), f"/desk/leads/{lead}"
    page = recruiter.get(at)
    assert f'/desk/leads/{other}">Luc Autre</a>' in page
    assert f"{at}/merge/{other}" in page
    ((way,),) = read(app, select(OfferedWay.id))
    recruiter.post(f"{at}/ways/{way}/take", at=at)  # from a page that knew nothing of the other
    assert "joint une autre fiche" in recruiter.get(at)
    assert read(app, select(OfferedWay.id)) == [(way,)]  # somebody else's in the meantime
    recruiter.post(f"{at}/merge/{other}", at=at)
    assert "Autre mail" not in recruiter.get(at)
    ((merged,),) = read(app, select(Merge.id))
    recruiter.post(f"{at}/part/{merged}", at=at)
    recruiter.post(f"{at}/ways/{way}/anyway", at=at)
    assert read(app, select(Lead.mail).where(Lead.id == lead)) == [("luc@exemple.fr",)]
    assert "Luc Autre" in recruiter.get(at)  # they are offered as one all the same


def test_a_correction_to_how_another_is_reached_offers_to_make_them_one(app: Flask) -> None:
    lead, other = another(app)
    recruiter, at = Signed(app, "recruiter"), f"/desk/leads/{lead}"
    ((way,),) = read(app, select(OfferedWay.id))
    recruiter.post(f"{at}/ways/{way}/leave", at=at)
    assert "Luc Autre" not in recruiter.get(at)
    recruiter.post(at, at=at, name=TYPED["name"], mail="luc@exemple.fr")
    page = recruiter.get(at)
    assert "Peut-être la même personne" in page
    assert f"{at}/merge/{other}" in page


def test_whose_address_a_stranger_typed_is_not_kept_out_with_the_one_who_is_erased(
    app: Flask,
) -> None:
    lead, other = another(app)
    game = game_of(app)
    game.writer.write(lambda s: erase(s, game.secret, lead, None))
    assert read(app, select(Lead.id)) == [(other,)]
    assert game.writer.write(lambda s: keep_out(s, game.secret)) == 0  # as after a restore
    again = {**TYPED, "name": "Luc Autre", "company": "Acier", "mail": "luc@exemple.fr"}
    app.test_client().post(f"/hello/{card(app)}", data=again)
    assert len(read(app, select(Arrival.id).where(Arrival.lead_id == other))) == 2


def test_whose_address_a_stranger_typed_does_not_object_with_the_one_who_does(app: Flask) -> None:
    lead, other = another(app)
    game = game_of(app)
    game.writer.write(lambda s: objection.object(s, game.secret, lead, None))
    with game.store.session() as s:
        assert objection.objected_among(s, game.secret, [lead, other]) == {lead}


def test_who_is_erased_is_left_under_nobody_s_name_and_takes_nobody_along(app: Flask) -> None:
    lead, other = another(app)
    game = game_of(app)
    game.writer.write(lambda s: erase(s, game.secret, other, None))
    assert read(app, select(OfferedWay.value)) == []
    # an older backup brings it back
    game.writer.write(lambda s: offered.offer(s, lead, {"mail": "luc@exemple.fr"}, "Salon", 1))
    assert game.writer.write(lambda s: keep_out(s, game.secret)) == 0
    assert read(app, select(OfferedWay.value)) == []
    assert read(app, select(Lead.id)) == [(lead,)]
