"""The kinds that are judged or voted on, by keyboard alone: Tab, then Enter, Space or text."""

from collections.abc import Iterable, Mapping

from playwright.sync_api import Browser, Page, expect

from game.rules.registry import kinds
from game.store.tables import BriefRow, RoundRow, Workshop
from game.workshop import agenda
from tests.browser.test_eight_kinds import press
from tests.serving import Remote, Server
from tests.waiting import LONG

WAIT = 1000 * LONG
WRITTEN = ("Salon des fonderies", "École de soudure", "Forum des soudeurs")


def judge(page: Page) -> None:
    """Each card is kept for the first criterion, until none is left."""
    cards = page.locator("[data-card]").count()
    assert cards > 1
    for done in range(cards):
        expect(page.locator("[data-card]:visible")).to_have_count(1, timeout=WAIT)
        press(page, "[data-choose=keep]", "Enter")
        press(page, "[data-criterion]", "Enter")
        expect(page.locator("[data-done]").first).to_have_text(f"{done + 1}", timeout=WAIT)
    expect(page.locator("[data-part=done]")).to_be_visible(timeout=WAIT)


def vote(page: Page) -> None:
    """The first answer, then a guess of what the room will say."""
    press(page, "[data-vote]", "Enter")
    expect(page.locator("[data-vote][aria-pressed=true]")).to_have_count(1, timeout=WAIT)
    press(page, ".guess [name=choice]", "Space")
    press(page, ".guess .main-button", "Enter")
    expect(page.locator(".guess [data-said=noted]")).to_be_visible(timeout=WAIT)


def nominate(page: Page) -> None:
    press(page, "[data-own-form] [name=subject]", "la soudure")
    press(page, "[data-own-form] [name=nominee]", "Enora Le Guirriec")
    press(page, "[data-own-form] .main-button", "Enter")
    expect(page.locator("[data-own=expert] li")).to_have_count(1, timeout=WAIT)


def choose(page: Page) -> None:
    """Of what the room wrote, the first."""
    press(page, "[name=keys]", "Space")
    press(page, ".priorities .main-button", "Enter")
    expect(page.locator(".priorities [data-said=noted]")).to_be_visible(timeout=WAIT)


def options(kind: str, chosen: Mapping[str, object]) -> dict[str, object]:
    votes_on = kinds()[kind].votes_on
    return dict(votes_on(WRITTEN)) if votes_on else dict(chosen)


PLAYED = (
    ("spot", {}, judge),
    ("expert", {"part": "definition"}, vote),
    ("expert", {"part": "nominate"}, nominate),
    ("priorities", {}, choose),
)


Round = tuple[str, Mapping[str, object]]


def arrange(server: Server, workshop_id: str, rounds: Iterable[Round]) -> None:
    """The workshop has these rounds alone, and no board."""
    store = server.store()
    with store.session() as s:
        # a write that comes first waits for its turn
        s.query(Workshop).filter_by(id=workshop_id).update({"boards": "never"})
        for row in s.query(RoundRow).filter_by(workshop_id=workshop_id).all():
            agenda.remove(s, workshop_id, row.id)
        brief = s.query(BriefRow).filter_by(workshop_id=workshop_id).first()
        assert brief
        for kind, chosen in rounds:
            agenda.add(
                s, workshop_id, kind=kind, seconds=3600, options=options(kind, chosen),
                brief_id=brief.id,
            )  # fmt: skip
            s.flush()
        s.commit()
    store.close()


def test_cards_and_votes_by_keys(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    arrange(server, workshop["id"], ((kind, chosen) for kind, chosen, _play in PLAYED))
    page = browser.new_context(locale="fr-FR").new_page()
    page.goto(f"{server.url}/{workshop['code']}")
    press(page, "main [type=submit]", "Enter")
    expect(page.locator("#screen")).to_have_attribute("data-stage", "lobby", timeout=WAIT)
    played = set()
    for kind, _chosen, play in PLAYED:
        now = remote.until("round", "open")
        assert now["round"] not in played, "the next round is open"
        played.add(now["round"])
        section = page.locator(
            f"article.round-{kind}[data-phase=open][data-round='{now['round']}']"
        )
        expect(section).to_be_visible(timeout=WAIT)
        play(page)
        remote.until("round", "revealed")
        expect(page.locator("#screen")).to_have_attribute("data-phase", "revealed", timeout=WAIT)
        assert remote.do("next")["ok"]
