"""The reverse interview walked in a browser, with the mails that a real SMTP server received."""

import re
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.slots import FORM
from game.store.base import new_id
from game.store.tables import Interview, Lead
from tests.accounts.people import person
from tests.browser.posting import work
from tests.browser.test_accessible import look
from tests.published import publish_notice
from tests.reading import without_tokens
from tests.serving import Server
from tests.smtp import Post

WAIT = 60_000  # ms
QUESTION = "Comment se passe le retour de congé maternité ?"


class Walk:
    """The desk, the colleague's phone and the contact's, and what axe finds on each page."""

    def __init__(self, browser: Browser, server: Server, post: Post) -> None:
        self.server, self.post = server, post
        who = person(server, "recruiter")
        desk = browser.new_context(locale="fr-FR", viewport={"width": 1366, "height": 768})
        desk.add_cookies(
            [{"name": c.name, "value": c.value or "", "url": server.url} for c in who.http.cookies]
        )
        small = {"width": 390, "height": 844}
        self.desk = desk.new_page()
        self.friend = browser.new_context(locale="en-GB", viewport=small).new_page()  # type: ignore[arg-type]
        self.contact = browser.new_context(locale="fr-FR", viewport=small).new_page()  # type: ignore[arg-type]
        self.found: list[str] = []

    def look(self, page: Page, name: str) -> None:
        page.evaluate("scrollTo(0, 0)")  # the head of the page lies over what is scrolled below it
        self.found += look(page, name, "desk" if page is self.desk else "phone")

    def mails(self) -> dict[str, EmailMessage]:
        """What left just now, by whom it is to."""
        before = len(self.post.mails)
        work(self.server, self.post)
        return {str(mail["To"]): mail for mail in self.post.mails[before:]}

    def change(self, **values: object) -> None:
        store = self.server.store()
        with Session(store.writing) as s:
            s.execute(update(Interview).values(**values))
            s.commit()
        store.close()


def page_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    found = re.search(r"https?://\S+/(?:colleague|contact)/\S+", str(part.get_content()))
    assert found
    return found[0]


def lead_in(server: Server) -> str:
    id, store = new_id(), server.store()
    with Session(store.writing) as s:
        publish_notice(s)
        row = {"inform_by": date(2090, 1, 1), "created_at": now_ms(), "informed_at": now_ms()}
        s.add(Lead(id=id, name="Solenn Kerguelen", mail="solenn@exemple.fr", skills=[], **row))
        s.commit()
    store.close()
    return id


def test_from_the_desk_to_what_the_candidate_says_of_it(
    browser: Browser, sending: Server, post: Post
) -> None:
    walk, lead = Walk(browser, sending, post), lead_in(sending)
    desk, friend, contact = walk.desk, walk.friend, walk.contact
    desk.goto(f"{sending.url}/desk/colleagues")
    desk.fill("[name=name]", "Camille Bernard")
    desk.fill("[name=mail]", "camille@maison.fr")
    desk.get_by_role("button", name="Envoyer sa page").click()
    expect(desk.locator("table")).to_contain_text("Camille Bernard", timeout=WAIT)
    walk.look(desk, "colleagues")

    friend.goto(page_of(walk.mails()["camille@maison.fr"]))
    friend.fill("[name=topics]", "je parle volontiers de la CFDT")
    expect(friend.locator("#topics-said")).to_be_visible(timeout=WAIT)  # one is warned
    walk.look(friend, "offering")
    friend.fill("[name=topics]", "le chantier")
    expect(friend.locator("#topics-said")).to_be_hidden(timeout=WAIT)
    friend.check("[name=ways][value=walk]")
    friend.locator("main .main-button").click()
    expect(friend.locator("[role=status].form-said")).to_be_visible(timeout=WAIT)

    desk.goto(f"{sending.url}/desk/leads/{lead}")
    desk.locator("#talk button").click()
    own = page_of(walk.mails()["solenn@exemple.fr"])
    contact.goto(own)
    contact.check("[name=colleague]")
    contact.locator(".chip", has_text="en marchant").click()
    contact.fill("[name=own]", QUESTION)
    expect(contact.locator("#t-own-said")).to_be_visible(timeout=WAIT)
    soon = (datetime.now(UTC) + timedelta(days=3)).strftime(FORM)
    contact.locator("[name=slot]").first.fill(soon)
    walk.look(contact, "asking")
    contact.locator("main .main-button").click()
    expect(contact.locator("[role=status]")).to_contain_text("Camille Bernard", timeout=WAIT)
    walk.look(contact, "asked")

    friend.goto(page_of(walk.mails()["camille@maison.fr"]))
    expect(friend.locator("main")).to_contain_text(QUESTION, timeout=WAIT)
    walk.look(friend, "answering")
    friend.locator("[name=place]").fill("Devant la grille")
    friend.locator("main .main-button").first.click()
    agreed = walk.mails()
    assert set(agreed) == {"solenn@exemple.fr", "camille@maison.fr"}
    contact.goto(own)
    expect(contact.locator("main")).to_contain_text("Devant la grille", timeout=WAIT)
    walk.look(contact, "agreed")

    walk.change(at=now_ms() - 1000)
    contact.goto(own)
    contact.locator("[name=helped]").first.check(force=True)
    contact.fill("[name=words]", "Elle est élue de la CFDT.")
    expect(contact.locator("#t-words-said")).to_be_visible(timeout=WAIT)
    walk.look(contact, "telling")
    contact.locator("main .main-button").click()
    expect(contact.locator("[role=status].form-said")).to_be_visible(timeout=WAIT)
    desk.goto(f"{sending.url}/desk/leads/{lead}")
    expect(desk.locator("#talk")).to_contain_text("Elle en dit", timeout=WAIT)
    assert QUESTION not in desk.content()
    assert "CFDT" not in without_tokens(desk.content())
    walk.look(desk, "lead")
    assert not walk.found, "\n".join(walk.found)
