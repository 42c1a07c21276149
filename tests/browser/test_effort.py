"""How many taps and keys the four ways through the game take, as README tells them."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.phones import phone
from tests.browser.test_workshop import decode_join_code, go_on
from tests.serving import Server, Staff
from tests.waiting import LONG

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
WAIT = 1000 * LONG
NAME, NUMBER = "Enora Le Guirriec", "06 98 76 54 32"


@dataclass
class Hand:
    """What one hand does: each tap, and each key of what is typed."""

    taps: int = 0
    keys: int = 0

    def tap(self, what: Locator) -> None:
        """A tap, and the wait for what can be tapped at all."""
        what.click(timeout=WAIT)
        self.taps += 1

    def write(self, field: Locator, text: str) -> None:
        """A tap into a field, unless it has the cursor, and its text."""
        if not field.evaluate("(one) => one === document.activeElement"):
            self.tap(field)
        field.fill(text)
        self.keys += len(text)

    def choose(self, field: Locator, value: str) -> None:
        """A tap that opens a list, and one that takes of it."""
        field.select_option(value)
        self.taps += 2


def is_told(way: str, hand: Hand) -> None:
    row = f"| {way} | {hand.taps} | {hand.keys or 'none'} |"
    assert row in README, row


def first_link(server: Server) -> str:
    return next(word for word in server.log.read_text().split() if "/sign-in/link/" in word)


def test_from_the_first_start_to_the_first_phone(browser: Browser, server: Server) -> None:
    hand, page = Hand(), browser.new_context(locale="fr-FR").new_page()
    page.goto(first_link(server))
    hand.tap(page.get_by_role("button", name="Entrer"))
    hand.tap(page.get_by_role("button", name="Ouvrir l’atelier de démonstration"))
    with page.context.expect_page() as opened:
        hand.tap(page.get_by_role("link", name="Grand écran").first)
    guest = phone(browser, decode_join_code(lobby(opened.value)))
    hand.tap(guest.get_by_role("button", name="Entrer dans l’atelier"))
    expect(guest.locator("#screen")).to_have_attribute("data-stage", "lobby", timeout=WAIT)
    is_told("from the first start to the first phone in the lobby, beside scanning the code", hand)


def lobby(projector: Page) -> Page:
    expect(projector.locator(".join-qr")).to_be_visible(timeout=WAIT)
    return projector


def opened_round(browser: Browser, staff: Staff, workshop: dict[str, str]) -> tuple[Page, Page]:
    """A phone in an open round of *Mémoire*, and its remote."""
    guest = phone(browser, f"{staff.server.url}/{workshop['code']}")
    guest.get_by_role("button", name="Entrer dans l’atelier").tap()
    remote = signed_in(browser, staff)
    remote.goto(f"{staff.server.url}/remote/{workshop['id']}")
    for step in ("briefing", "open"):
        go_on(remote, step)
    expect(guest.locator("[data-lead-form]")).to_be_visible(timeout=WAIT)
    return guest, remote


def signed_in(browser: Browser, staff: Staff) -> Page:
    context = browser.new_context(locale="fr-FR", viewport={"width": 1366, "height": 768})
    for cookie in staff.http.cookies:
        value = {"name": cookie.name, "value": str(cookie.value), "url": staff.server.url}
        context.add_cookies([value])  # type: ignore[list-item]
    return context.new_page()


def test_a_lead_and_an_hour(browser: Browser, staff: Staff, workshop: dict[str, str]) -> None:
    guest, remote = opened_round(browser, staff, workshop)
    form, short = guest.locator("[data-lead-form]"), Hand()
    short.write(form.locator("[name=name]"), NAME)
    short.tap(form.locator("label:has([name=relationship])").first)
    short.tap(form.get_by_role("button", name="Recommander"))
    expect(guest.locator("[data-lead-count]").first).to_have_text("1", timeout=WAIT)
    is_told(f"a lead, short: “{NAME}” and how one knows them", short)

    whole = Hand()
    whole.write(form.locator("[name=name]"), "Maëlle Quillivic")
    whole.tap(form.locator("label:has([name=relationship])").first)
    whole.tap(form.get_by_text("Téléphone", exact=True))
    whole.write(form.locator("[name=reach_value]"), NUMBER)
    whole.tap(form.locator(".more summary"))
    for name, text in (("role", "Soudeuse"), ("company", "Fonderies"), ("skills", "TIG, plans")):
        whole.write(form.locator(f"[name={name}]"), text)
    whole.tap(form.locator("label:has([name=reasons])").first)
    whole.tap(form.locator("label:has([name=speaks])").first)
    whole.tap(form.locator("label:has([name=aware])"))
    whole.tap(form.get_by_role("button", name="Recommander"))
    expect(guest.locator("[data-lead-count]").first).to_have_text("2", timeout=WAIT)
    is_told("a lead, full: route, job, company, skills, a reason, who speaks first", whole)

    run_to_the_end(remote)


def run_to_the_end(remote: Page) -> None:
    """From the open first round of thirty minutes to the end, by the one big next."""
    hand = Hand(taps=2)  # two led here
    while remote.locator("#screen").get_attribute("data-stage") != "ended":
        step = remote.locator('[data-do="next"]').get_attribute("data-step") or ""
        go_on(remote, step)
        hand.taps += 2 if step in ("close", "end") else 1
    is_told(
        "an agenda of thirty minutes, four rounds, each closed by hand, from the lobby to the end",
        hand,
    )


def test_preparing_with_a_position_of_ones_own(browser: Browser, staff: Staff) -> None:
    hand, page = Hand(), signed_in(browser, staff)
    page.goto(f"{staff.server.url}/workshops")
    hand.write(page.locator("[name=name]"), "Atelier soudure")
    hand.tap(page.get_by_role("button", name="Préparer"))
    hand.tap(page.get_by_role("link", name="Écrire un poste pour cet atelier"))
    for name, text in (
        ("title", "Soudeuse"),
        ("trade", "Industrie"),
        ("must_1", "Soude au TIG"),
        ("must_2", "Lit un plan"),
        ("must_3", "Aime l’atelier"),
        ("where", "Brest"),
        ("why", "Une équipe qui s’entraide"),
    ):
        hand.write(page.locator(f"main [name={name}]"), text)
    hand.tap(page.get_by_label("Le jouer dans toutes les manches qui ont un poste"))
    hand.tap(page.get_by_role("button", name="Enregistrer"))
    expect(page.locator("#briefs + ul")).to_contain_text("Soudeuse", timeout=WAIT)
    titles = page.locator(".agenda summary span").all_inner_texts()
    assert sum("Soudeuse" in title for title in titles) == 2, "the rounds that had a position"
    is_told("preparing thirty minutes with a position of one's own, in every round", hand)
