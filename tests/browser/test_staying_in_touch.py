"""A recruiter's walk: a notice and a message that arrive, a call planned, an objection, silence."""

from datetime import date

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of
from game.store.base import new_id
from game.store.tables import Lead, Touchpoint
from tests.accounts.people import person
from tests.browser.posting import work
from tests.published import publish_notice
from tests.serving import Server
from tests.smtp import Post


def lead_in(server: Server) -> str:
    id, store = new_id(), server.store()
    with Session(store.writing) as s:
        row = {"inform_by": date(2090, 1, 1), "created_at": now_ms(), "skills": []}
        publish_notice(s)
        s.add(Lead(id=id, name="Solenn Kerguelen", mail="solenn@exemple.fr", **row))
        s.commit()
    store.close()
    return id


def send(page: Page, template: str) -> None:
    page.get_by_role("link", name="Écrire", exact=True).click()
    page.get_by_label("Modèle").select_option(label=template)
    page.get_by_role("button", name="Reprendre ce modèle").click()
    page.get_by_role("button", name="Envoyer à solenn@exemple.fr").click()
    expect(page.get_by_text("Le message part.")).to_be_visible()


def test_a_link_is_kept_from_the_notice_to_the_objection(
    browser: Browser, sending: Server, post: Post
) -> None:
    who, id = person(sending, "recruiter"), lead_in(sending)
    context = browser.new_context(locale="fr-FR")
    context.add_cookies(
        [{"name": c.name, "value": c.value or "", "url": sending.url} for c in who.http.cookies]
    )
    page = context.new_page()
    page.goto(f"{sending.url}/desk/leads/{id}")

    send(page, "Notice d’information")
    work(sending, post)
    send(page, "Prendre des nouvelles")
    work(sending, post)
    assert [mail["To"] for mail in post.mails] == ["solenn@exemple.fr"] * 2
    assert "Qui détient vos données" in post.mails[0].get_content()

    page.goto(f"{sending.url}/desk/leads/{id}")
    page.get_by_text("Prévoir ou noter un contact").click()
    page.get_by_label("Prévu le").fill(day_of(now_ms()).isoformat())
    page.get_by_role("button", name="Prévoir", exact=True).click()
    page.goto(f"{sending.url}/desk/agenda")
    expect(page.get_by_role("link", name="Solenn Kerguelen")).to_be_visible()

    page.get_by_role("link", name="Solenn Kerguelen").click()
    page.get_by_role("button", name="La personne s’oppose").click()
    expect(page.get_by_role("link", name="Écrire", exact=True)).to_have_count(0)
    page.goto(f"{sending.url}/desk/agenda")
    expect(page.get_by_role("link", name="Solenn Kerguelen")).to_have_count(0)
    page.goto(f"{sending.url}/desk/leads/{id}/write")
    page.get_by_role("button", name="Envoyer à solenn@exemple.fr").click()
    expect(page.get_by_role("alert")).to_contain_text("s’est opposée")
    work(sending, post)
    assert len(post.mails) == 2

    store = sending.store()
    with store.session() as s:
        ended = s.execute(select(Touchpoint.done_at, Touchpoint.cancelled_at)).all()
    store.close()
    assert len([row for row in ended if row[0]]) == 2
    assert len([row for row in ended if row[1]]) == 1
