"""Late, refused and half-typed answers stay with their author, and what is said of them is true."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.phones import enter, phone, phone_context
from tests.serving import Remote, Server, wait_until

LATE, HALF = "Enora Le Guirriec", "Malo Trég"
FORM = "[data-lead-form]"
ALL_KEYS = "Object.keys(localStorage).filter(key => key.startsWith('sourcerie:'))"
BLOCKED = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no') }})"
FULL = "Storage.prototype.setItem = () => { throw new Error('full') }"


def offline(page: Page, off: bool = True) -> None:
    page.context.set_offline(off)
    page.evaluate(f"window.dispatchEvent(new Event('{'offline' if off else 'online'}'))")


def type_lead(page: Page, name: str, *, send: bool) -> None:
    form = page.locator(FORM)
    form.locator('[name="name"]').fill(name)
    if send:
        form.locator('label:has([value="former-colleague"])').click()
        form.get_by_role("button", name="Recommander").click()


def on_to(page: Page, remote: Remote, stage: str, phase: str) -> None:
    remote.until(stage, phase)
    expect(page.locator("#screen")).to_have_attribute("data-stage", stage)
    if phase:
        expect(page.locator("#screen")).to_have_attribute("data-phase", phase)


def test_late_and_half_typed_answers_are_kept_and_can_go_into_a_later_round(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    page = enter(phone(browser, f"{server.url}/{workshop['code']}"))
    on_to(page, remote, "round", "open")
    offline(page)
    type_lead(page, LATE, send=True)
    type_lead(page, HALF, send=False)
    remote.until("round", "closed")
    offline(page, off=False)
    # said for good, not for the length of a toast
    note = page.locator("#unsent-note")
    expect(note).to_contain_text("2 réponses ne sont pas parties")
    page.reload()
    expect(note).to_contain_text("2 réponses ne sont pas parties")
    on_to(page, remote, "board", "")  # another screen, and the workshop goes on: still there
    note.click()
    rows = page.locator("[data-unsent-list] > li")
    late, half = rows.filter(has_text=LATE), rows.filter(has_text=HALF)
    expect(late).to_contain_text("pas compté")
    expect(late).to_contain_text("Ancien·ne collègue")  # in words, not in keys
    expect(half).to_contain_text("pas envoyé")
    expect(late.get_by_role("button", name="Envoyer dans cette manche")).to_be_hidden()
    expect(note).to_be_hidden()  # it was seen
    # another round of that kind: the late one goes as it is, the half one is finished first
    assert remote.do("insert", kind="recommend", seconds=300, options={})["ok"]
    on_to(page, remote, "round", "open")
    late.get_by_role("button", name="Envoyer dans cette manche").click()
    expect(page.locator("#purse")).to_contain_text("14")
    half.get_by_role("button", name="Reprendre").click()
    form = page.locator(FORM)
    expect(form.locator('[name="name"]')).to_have_value(HALF)
    form.locator('label:has([value="former-colleague"])').click()
    form.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#purse")).to_contain_text("24")
    expect(page.locator("[data-unsent-list] > li")).to_have_count(0)


def test_what_came_back_belongs_to_its_round_and_can_be_dropped(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    """Two rounds of one kind have the same slots: a vote late in one is not the other's."""
    page = enter(phone(browser, f"{server.url}/{workshop['code']}"))
    parts, questions = ("scope", "claim"), []
    remote.until("lobby")
    for part in parts:
        assert remote.do("insert", kind="expert", seconds=300, options={"part": part})["ok"]
        on_to(page, remote, "round", "open")
        offline(page)
        questions.append(page.locator(".question").inner_text())
        page.locator("[data-vote]").first.click()
        remote.until("round", "closed")
        offline(page, off=False)
        expect(page.locator("#unsent-note")).to_be_visible()
        if part == parts[0]:
            remote.until("board")
    rows = page.locator("[data-unsent-list] > li")
    expect(rows).to_have_count(2)
    assert len({key for key in page.evaluate(ALL_KEYS) if ":kept:" in key}) == 2
    first, second = (rows.filter(has_text=question) for question in questions)
    # its own round opens again: it may go there as it is, and the other one may not
    assert remote.do("reopen")["ok"]
    page.locator("#who").click()
    expect(first.get_by_text("Envoyer dans cette manche")).to_be_hidden()
    second.get_by_text("Envoyer dans cette manche").click()
    expect(page.locator("#purse")).to_contain_text("2")
    expect(rows).to_have_count(1)
    first.get_by_role("button", name="Effacer").click()
    first.get_by_role("button", name="Oui, effacer").click()
    expect(rows).to_have_count(0)
    assert not [key for key in page.evaluate(ALL_KEYS) if ":kept:" in key]


def test_a_guess_that_was_sent_looks_sent_after_a_reload(
    browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    page = enter(phone(browser, f"{server.url}/{workshop['code']}"))
    assert remote.do("insert", kind="expert", seconds=300, options={"part": "definition"})["ok"]
    on_to(page, remote, "round", "open")
    page.locator("[data-vote]").first.click()
    guess = page.locator('form[data-answer="guess"]')
    guess.locator(".letter-choice").nth(1).click()
    guess.locator("[name=share]").fill("70")
    guess.get_by_role("button", name="Je parie").click()
    said = guess.locator('[data-said="noted"]')
    expect(said).to_be_visible()
    page.reload()
    expect(said).to_be_visible()
    expect(guess.locator("[name=choice]").nth(1)).to_be_checked()
    expect(guess.locator("[name=share]")).to_have_value("70")
    guess.locator("[name=share]").fill("20")  # now it says something that was not sent
    expect(said).to_be_hidden()
    page.reload()
    expect(guess.locator("[name=share]")).to_have_value("20")
    expect(said).to_be_hidden()


@pytest.mark.parametrize("fault", [BLOCKED, FULL], ids=["blocked", "full"])
def test_a_phone_that_cannot_keep_says_so(
    fault: str, browser: Browser, server: Server, workshop: dict[str, str], remote: Remote
) -> None:
    context = phone_context(browser)
    context.add_init_script(fault)
    page = context.new_page()
    page.goto(f"{server.url}/{workshop['code']}")
    enter(page)
    on_to(page, remote, "round", "open")
    offline(page)
    type_lead(page, LATE, send=True)
    expect(page.locator("#toasts")).to_contain_text("laisse cette page ouverte")
    expect(page.locator("#link-state")).to_contain_text("ce téléphone ne garde rien")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    wait_until(lambda: page.is_closed() or (page.evaluate("1") and asked))
    assert asked == ["beforeunload"]
    offline(page, off=False)
    expect(page.locator("#purse")).to_contain_text("14")


def test_what_is_a_week_old_is_swept_by_whichever_workshop_comes_next(
    browser: Browser, server: Server, workshop: dict[str, str]
) -> None:
    page = phone(browser, server.url)
    days = 24 * 3600 * 1000
    for name, age in (("old", 8 * days), ("young", 6 * days)):
        page.evaluate(
            "([key, age]) => {"
            " localStorage.setItem(key, JSON.stringify({at: Date.now() - age, is: {}})) }",
            [f"sourcerie:kept:another-workshop:somebody:{name}", age],
        )
    page.evaluate("localStorage.setItem('not-ours', '1')")
    page.goto(f"{server.url}/{workshop['code']}")
    page.wait_for_function("!localStorage.getItem('sourcerie:kept:another-workshop:somebody:old')")
    assert page.evaluate("localStorage.getItem('sourcerie:kept:another-workshop:somebody:young')")
    assert page.evaluate("localStorage.getItem('not-ours')")
