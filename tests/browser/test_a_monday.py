"""A Monday, from the end of a workshop to the officer's reading of the log, by hands that count."""

import io
import re
import time
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from game.base.clock import now_ms
from game.base.days import day_of
from tests.accounts.people import person
from tests.browser.phones import phone
from tests.browser.posting import work
from tests.privacy.test_papers import FACTS
from tests.serving import Phone, Remote, Server, Staff, lead
from tests.smtp import Post

NAMED = [f"Personne {letter} Imaginaire" for letter in "ABCDEFGHIJ"]
CHOSEN, OTHER = NAMED[0], NAMED[3]  # both are pursued
VERDICTS = "1231231231"  # by keys: contact, follow, pass
TARGET = "opencats"  # a system of others, by file
LINK = re.compile(r"https?://\S+/contact/\S+")


# seconds that hands take, as the keystroke-level model has them: to make up one's mind, to point
# and press, to press a key, to choose or type what a field asks for
MIND, CLICK, KEY, FIELD = 1.35, 1.3, 0.28, 4.0


@dataclass
class Hands:
    """Somebody at a page, and what their hands did since the step began."""

    page: Page
    clicks: int = 0
    keys: int = 0
    fields: int = 0
    began: float = field(default_factory=time.monotonic)
    told: list[str] = field(default_factory=list)

    def click(self, what: Locator) -> None:
        self.clicks += 1
        what.click()

    def follow(self, name: str) -> None:
        """Clicks a link."""
        self.click(self.page.get_by_role("link", name=name, exact=True).first)

    def push(self, name: str) -> None:
        """Clicks a button."""
        self.click(self.page.get_by_role("button", name=name, exact=True).first)

    def press(self, key: str) -> None:
        self.keys += 1
        self.page.keyboard.press(key)

    def step(self, name: str) -> None:
        """Ends a step: tells what it took, by hands alone and by the pages' own time."""
        acts = self.clicks + self.keys + self.fields
        hands = MIND * acts + CLICK * self.clicks + KEY * self.keys + FIELD * self.fields
        now = time.monotonic()
        self.told.append(name)
        print(
            f"{name}: {self.clicks} clicks, {self.keys} keys, {self.fields} fields; "
            f"{hands / 60:.1f} min by hand, {(now - self.began) / 60:.1f} min as it was played"
        )
        self.clicks = self.keys = self.fields = 0
        self.began = now


def context_of(browser: Browser, who: Staff) -> BrowserContext:
    made = browser.new_context(locale="fr-FR", viewport={"width": 1366, "height": 768})
    url = who.server.url
    made.add_cookies(
        [{"name": c.name, "value": str(c.value), "url": url} for c in who.http.cookies]
    )
    return made


def hands(browser: Browser, who: Staff) -> Hands:
    """Their page after signing in."""
    page = context_of(browser, who).new_page()
    page.goto(f"{who.server.url}/workshops")
    return Hands(page)


def play(staff: Staff, workshop: dict[str, str]) -> None:
    """A workshop for real: ten people are named, and it ends."""
    remote = Remote(staff, workshop)
    player = Phone(staff.server, workshop).play()
    round_id = str(remote.until("round", "open")["round"])
    for n, name in enumerate(NAMED):
        who = {"name": name, "reach": "mail", "reach_value": f"personne{n}@exemple.fr"}
        assert player.submit(round_id, lead(f"lead:monday{n:02}", **who))["ok"], name
    remote.until("ended")
    player.wire.close()
    remote.wire.close()


def judge_ten(at: Hands) -> None:
    expect(at.page.locator("html[data-live]")).to_be_attached()  # keys are heard from now on
    for n, key in enumerate(VERDICTS):
        expect(at.page.locator("#lead-name")).to_have_text(NAMED[n])
        at.press(key)
    assert at.keys <= 25
    expect(at.page.locator("#lead-name")).to_have_text("Tout est jugé.")
    at.step("ten verdicts")


def publish(at: Hands) -> None:
    """The officer tells what the notice needs, once, and publishes it."""
    at.follow("Données")
    at.follow("L’entreprise")
    for name, value in FACTS.items():
        at.fields += 1
        box = at.page.locator(f'[name="{name}"]')
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(value)
        else:
            box.fill(value)
    at.push("Enregistrer")
    at.follow("Notice aux contacts")
    at.push("Publier ce qui est enregistré")
    expect(at.page.get_by_role("link", name="notice n° 1")).to_be_visible()
    at.step("notice published")


def write(at: Hands, template: str = "") -> None:
    at.follow("Écrire")
    if template:
        at.page.get_by_label("Modèle").select_option(label=template)
        at.fields += 1
        at.push("Reprendre ce modèle")
    at.push("Envoyer à personne0@exemple.fr")
    expect(at.page.get_by_text("Le message part.")).to_be_visible()


def exported(at: Hands, path: Path) -> set[str]:
    """The names in the spreadsheet of what the page lists."""
    at.clicks += 1
    with at.page.expect_download() as coming:
        at.page.get_by_role("button", name="Tableur (XLSX)").click()
    coming.value.save_as(path)
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).active
    assert sheet is not None
    header, *rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    return {str(row[header.index("Nom complet")]) for row in rows}


def test_a_monday(browser: Browser, sending: Server, post: Post, tmp_path: Path) -> None:
    staff = sending.admin()
    workshop = staff.demo()
    play(staff, workshop)

    room = hands(browser, staff)
    room.page.goto(f"{sending.url}/remote/{workshop['id']}")
    room.click(room.page.get_by_role("link", name="Ce que l’atelier a apporté"))
    expect(room.page.locator(".tally")).to_contain_text(
        "10 pistes, 10 avec un moyen de les joindre"
    )
    room.step("remote to desk")

    desk = hands(browser, person(sending, "recruiter"))
    desk.follow("Par atelier")
    desk.follow(room.page.locator("h1").inner_text().split("\n")[0])
    desk.click(desk.page.get_by_role("link", name=re.compile("^Commencer ici")))
    desk.step("to the queue")
    judge_ten(desk)

    officer = hands(browser, person(sending, "dpo"))
    publish(officer)

    desk.follow("Les personnes à contacter")
    desk.follow(CHOSEN)
    write(desk)
    work(sending, post)
    (sent,) = post.mails
    assert post.to == ["personne0@exemple.fr"]
    text = sent.get_content()
    assert FACTS["controller"] in text
    desk.step("notice sent")
    desk.page.reload()
    expect(desk.page.get_by_text("(notice n° 1)")).to_be_visible()
    write(desk, "Premier message")
    work(sending, post)
    assert post.to == ["personne0@exemple.fr"] * 2
    desk.step("first message sent")

    desk.click(desk.page.get_by_text("Prévoir ou noter un contact"))
    desk.page.get_by_label("Prévu le").fill(day_of(now_ms()).isoformat())
    desk.fields += 1
    desk.push("Prévoir")
    desk.step("call planned")
    desk.follow("Vivier")
    assert {CHOSEN, OTHER} <= exported(desk, tmp_path / "before.xlsx")
    desk.step("export")

    link = LINK.findall(text)[0]
    own = Hands(phone(browser, link))
    expect(own.page.get_by_role("heading", level=1)).to_contain_text(CHOSEN)
    own.push("Je m’oppose")
    expect(own.page.get_by_text("plus personne ne vous écrit")).to_be_visible()
    own.step("objection")

    nothing_goes_out(desk, sending, post, tmp_path)
    ready(desk, tmp_path)
    read(officer)
    assert [*room.told, *desk.told, *own.told, *officer.told] == STEPS


STEPS = [
    *("remote to desk", "to the queue", "ten verdicts", "notice sent", "first message sent"),
    *("call planned", "export", "nothing goes out", "export with readiness", "objection"),
    *("notice published", "audit read"),
]


def under(page: Page) -> dict[str, list[str]]:
    """Who stands under which heading, as the page of a target has them."""
    found = page.locator(".target details:has(table)")
    return {
        (found.nth(n).locator("summary").text_content() or "").split(" (")[0]: found.nth(n)
        .locator("a")
        .all_text_contents()
        for n in range(found.count())
    }


def ready(at: Hands, folder: Path) -> None:
    """Before a list leaves for another system, each person is ready, or held, and why."""
    at.follow("Vivier")
    at.push("Choisir vers où")
    at.page.locator("#t-target").select_option(TARGET)
    at.fields += 1
    at.push("Voir qui est prêt")
    before = under(at.page)
    assert OTHER in before["Retenues"]  # whom nobody has told
    assert CHOSEN in before["Retenues"]  # who objected
    at.push("Les prendre aussi")
    after = under(at.page)
    assert OTHER in after["Prêtes"]
    assert CHOSEN not in after["Prêtes"]
    at.clicks += 1
    with at.page.expect_download() as coming:
        at.page.get_by_role("button", name="Fichier CSV").click()
    coming.value.save_as(folder / "out.csv")
    out = (folder / "out.csv").read_text()
    assert OTHER.split()[1] in out
    assert "personne0@exemple.fr" not in out
    at.step("export with readiness")


def nothing_goes_out(at: Hands, server: Server, post: Post, folder: Path) -> None:
    """Neither a letter, nor a planned call, nor a line of a file."""
    at.follow("Vivier")
    names = exported(at, folder / "after.xlsx")
    assert OTHER in names
    assert CHOSEN not in names
    at.follow("Agenda")
    expect(at.page.get_by_role("link", name=CHOSEN)).to_have_count(0)
    at.follow("Vivier")
    at.follow(CHOSEN)
    expect(at.page.get_by_text("Cette personne s’est opposée")).to_be_visible()
    expect(at.page.get_by_role("link", name="Écrire", exact=True)).to_have_count(0)
    at.page.goto(at.page.url.split("#")[0] + "/write")
    at.push("Envoyer à personne0@exemple.fr")
    expect(at.page.get_by_role("alert")).to_contain_text("s’est opposée")
    work(server, post)
    assert len(post.mails) == 2
    at.step("nothing goes out")


def read(at: Hands) -> None:
    """The officer reads what was done, by whom; of the people only what names nobody."""
    at.follow("Journal")
    expect(at.page.get_by_text("La chaîne est entière")).to_be_visible()
    shown = at.page.locator("table").inner_text()
    for act in (
        "notice publiée",
        "message parti",
        "personne notée informée",
        "opposition notée",
        "export",
    ):
        assert act in shown, act
    for name in (*NAMED, "exemple.fr"):
        assert name not in shown
    at.step("audit read")
