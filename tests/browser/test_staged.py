"""The order in which a room sees things: third, second, first; bars first, then what they say."""

from playwright.sync_api import Browser, Page, expect
from sqlalchemy.orm import Session

from game.store.tables import Player, RoundRow, Submission
from tests.serving import Phone, Remote, Server, lead
from tests.waiting import wait_until

DELAYS = """(names) => names.map((name) => Math.min(
  ...[...document.querySelectorAll(name)].flatMap((one) => one.getAnimations())
    .map((one) => one.effect.getTiming().delay)))"""
ENDS = """Math.max(0, ...document.querySelector(".podium").getAnimations({ subtree: true })
  .map((one) => one.effect.getComputedTiming().endTime))"""  # milliseconds
PODIUM = [f".step-{place} .step-{part}" for place in (3, 2, 1) for part in ("block", "who")]


def watched(browser: Browser, server: Server, key: str, **wishes: str) -> Page:
    page = browser.new_context(viewport={"width": 1920, "height": 1080}, **wishes).new_page()  # type: ignore[arg-type]
    page.goto(f"{server.url}/projector/{key}")
    return page


def test_the_podium_is_staged_from_third_to_first_and_stands_at_once_for_who_wants_calm(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    for _ in range(3):
        assert Phone(server, workshop).join()["ok"]
    page = watched(browser, server, workshop["key"])
    calm = watched(browser, server, workshop["key"], reduced_motion="reduce")
    remote.until("round", "open")
    remote.until("board")
    assert remote.do("podium")["ok"]
    expect(page.locator(".step")).to_have_count(3)
    delays = page.evaluate(DELAYS, PODIUM)
    assert delays == sorted(set(delays))
    expect(calm.locator(".step")).to_have_count(3)
    assert calm.evaluate(ENDS) <= 1


def test_bars_grow_before_their_figures_and_the_most_is_told_last(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    page = watched(browser, server, workshop["key"])
    phones = [Phone(server, workshop).play() for _ in range(5)]  # fewer votes stay secret
    assert remote.do("insert", kind="expert", seconds=600, options={"part": "scope"})["ok"]
    opened = remote.until("round", "open")
    for phone in phones:
        assert phone.submit(opened["round"], {"slot": "vote", "choice": "narrow"})["ok"]
    remote.until("round", "revealed")
    expect(page.locator(".bars .is-top")).to_be_visible()
    first, figure, most = page.evaluate(
        DELAYS, [".bars .bar-share", ".bars li > .number", ".bars .is-top .bar-label"]
    )
    assert first < figure < most


WATCH = """() => {
  window.read = [];
  const note = () => document.querySelectorAll(".team-board [data-climbs]").forEach(
    (one) => read.push(Number(one.textContent)));
  const every = { subtree: true, childList: true, characterData: true };
  new MutationObserver(note).observe(document.getElementById("screen"), every);
}"""
BY_HAND = """() => {
  window.drawn = [];
  window.requestAnimationFrame = (does) => drawn.push(does);
  performance.now = () => 0; // and time passes by hand, too
}"""
FRAME = "(ms) => drawn.splice(0).forEach((does) => does(ms))"


def answered(server: Server, round_id: str, count: int) -> None:
    """So many more have answered, at one moment."""
    store = server.store()
    with Session(store.writing) as s:
        workshop = s.get_one(RoundRow, round_id).workshop_id
        for n in range(count):
            who = {"workshop_id": workshop, "nickname": f"Q{n}", "folded": f"q{n}", "joined_at": 1}
            s.add(Player(id=f"{n:016}", **who))
            s.flush()
            said = {"round_id": round_id, "slot": "x", "seq": n, "at": 1, "stored": {}}
            s.add(Submission(player_id=f"{n:016}", id="a" * 16, answer={}, **said))
        s.commit()
    store.close()


def test_what_is_counted_climbs_and_stands_at_once_for_who_wants_calm(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    phones = [Phone(server, workshop).play() for _ in range(4)]
    lively = watched(browser, server, workshop["key"])
    calm = watched(browser, server, workshop["key"], reduced_motion="reduce")
    opened = remote.until("round", "open")["round"]
    people = [page.locator("[data-grows=people]") for page in (lively, calm)]
    for n, phone in enumerate(phones[:3]):
        assert phone.submit(opened, lead(name=f"Solenn Kerguelen {n}", reach=""))["ok"]
    for count in people:
        expect(count).to_have_text("3")
    for page in (lively, calm):
        page.evaluate(BY_HAND)
    answered(server, opened, 40)
    assert phones[3].submit(opened, lead(name="Malo Tréguier", reach=""))["ok"]
    expect(people[1]).to_have_text("44")
    wait_until(lambda: lively.evaluate("drawn.length"))
    assert people[0].inner_text() == "3"
    lively.evaluate(FRAME, 200)
    assert 3 < int(people[0].inner_text()) < 44
    lively.evaluate(FRAME, 9_000)
    assert people[0].inner_text() == "44"
    assert calm.evaluate("drawn.length") == 0

    for page in (lively, calm):
        page.evaluate(WATCH)
    remote.until("board")
    points = calm.locator(".team-board [data-climbs]")
    expect(points).to_have_count(3)
    stand = {int(text) for text in points.all_inner_texts()}
    assert max(stand) > 0
    assert set(calm.evaluate("read")) <= stand
    wait_until(lambda: lively.evaluate("read.length"))
    assert set(lively.evaluate("read")) >= {0}
    lively.evaluate(FRAME, 9_000)
    assert {
        int(text) for text in lively.locator(".team-board [data-climbs]").all_inner_texts()
    } == stand
