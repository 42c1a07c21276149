"""What the scripts promise each other, one by one, on a page with nothing else on it."""

import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

ROOT = Path(__file__).parents[2]
MODULES = (
    *("announce", "clock", "cover", "draft", "failing", "form", "keep", "kept", "layer", "morph"),
    *("outbox", "screen", "shortcuts", "toast"),
)
PAGE = """<body data-workshop="w" data-player="p" data-now="5000000">
<script type="application/json" id="words">{"missing": "fill in", "choose": "choose"}</script>
<main id="screen" data-round="r"><section data-round="r" data-kind="recommend"><h1>Round</h1>
<form id="f" data-answer="lead:" data-draft><input type="hidden" name="_as" value="skills:words">
<div class="field"><input name="name" required></div><input name="skills">
<input type="radio" name="how" value="a" required><input type="radio" name="how" value="b">
</form></section></main>
<button id="opener" data-open="first" data-keys="N">Open</button><ul id="list"></ul>
<input type="checkbox" data-shortcuts><div id="toasts"></div><p id="say" aria-live="polite"></p>
<dialog id="first"><button data-open="second">On</button></dialog>
<dialog id="second"><button>Well</button></dialog>
<dialog id="gone" style="width: 100%; height: 100%; max-width: none; max-height: none">
<a id="retry" href="">Again</a></dialog>"""


@pytest.fixture(scope="module")
def bundle() -> str:
    lines = "\n".join(f'export * as {name} from "js/{name}.js";' for name in MODULES)
    command = ["bash", ".ci/node", "node", "node_modules/esbuild/bin/esbuild", "--bundle"]
    more = ["--format=iife", "--global-name=our", f"--alias:js={ROOT / 'static/js'}"]
    run = subprocess.run
    done = run([*command, *more], cwd=ROOT, input=lines, capture_output=True, text=True, check=True)
    return done.stdout.replace("var our =", "window.our =", 1)


@pytest.fixture
def page(browser: Browser, bundle: str) -> Iterator[Page]:
    made = browser.new_page()
    made.route("**/*", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    made.goto("http://scripts.test/")
    made.evaluate(bundle)
    yield made
    made.close()


def test_one_without_an_answer_rests_longer_each_time(page: Page) -> None:
    rests = page.evaluate(
        """() => {
            const { failing } = our;
            const items = [{ id: "first" }, { id: "second" }];
            const rests = [];
            for (let n = 0; n < 12; n += 1) {
                failing.note("first");
                rests.push(failing.pause([items[0]]));
            }
            return { rests, next: failing.next(items).id, none: failing.next([items[0]]) ?? null,
                     hurried: (failing.hurry(), failing.next([items[0]]) ?? null) };
        }"""
    )
    assert (rests["next"], rests["none"], rests["hurried"]) == ("second", None, None)
    pauses = rests["rests"]
    assert all(later > 1.3 * sooner for sooner, later in pairwise(pauses[:6]))
    assert max(pauses) <= 180_000


def test_a_form_gives_back_what_was_put_in_and_names_what_lacks(page: Page) -> None:
    told = page.evaluate(
        """() => {
            const f = document.getElementById("f");
            const lacking = our.form.missing(f);
            our.form.fill(f, { name: " Ana ", skills: ["a", "b"], how: "b" });
            return [lacking, our.form.read(f), our.form.missing(f), our.form.isBlank(f)];
        }"""
    )
    values = {"name": "Ana", "skills": ["a", "b"], "how": "b"}
    assert told == [{"name": "fill in", "how": "choose"}, values, {}, False]


def test_a_draft_comes_back_into_an_untouched_form_and_goes_with_its_text(page: Page) -> None:
    page.locator("[name=name]").fill("Ana")
    told = page.evaluate(
        """() => {
            const f = document.getElementById("f");
            f.reset();
            const [kept] = our.draft.all();
            our.draft.restoreAll();
            const back = f.elements.name.value;
            f.reset();
            our.draft.save(f);
            return [kept.round, kept.slot, back, our.draft.all().length];
        }"""
    )
    assert told == ["r", "lead:", "Ana", 0]


def test_the_clock_follows_the_servers_and_a_pause_stands_still(page: Page) -> None:
    told = page.evaluate(
        """() => [our.clock.left({ dataset: { closesAt: "5060000" } }),
            our.clock.left({ dataset: { closesAt: "1" } }),
            our.clock.left({ dataset: { leftMs: "4200" } }), our.clock.left({ dataset: {} })]"""
    )
    assert 0 < told[0] <= 60_000
    assert told[1:] == [0, 4200, None]


def test_what_is_still_to_come_is_given_its_time_but_no_draft(page: Page) -> None:
    """A screen is drawn before it stands: whether its forms come at all is not known then."""
    page.locator("[name=name]").fill("Ana")
    told = page.evaluate(
        """() => {
            const root = document.createElement("div");
            const form = document.getElementById("f").outerHTML;
            root.innerHTML = `<section data-round="r">${form}</section>
                <p data-left-ms="61000" data-closes-at="1"><b data-countdown></b></p>`;
            our.clock.tick(root);
            our.draft.restoreAll(root);
            const { name } = root.querySelector("form").elements;
            const before = name.value;
            document.getElementById("f").closest("section").replaceWith(root);
            our.draft.restoreAll(root);
            return [root.querySelector("b").textContent, before, name.value];
        }"""
    )
    assert told == ["1:01", "", "Ana"]


def test_the_outbox_keeps_each_until_it_is_answered_and_tells_what_was_refused(page: Page) -> None:
    told = page.evaluate(
        """async () => {
            const { outbox, kept } = our;
            outbox.add("r", { slot: "a", name: "older" }, {});
            outbox.add("r", { slot: "a", name: "newer" }, {});
            outbox.add("r", { slot: "b" }, {});
            const before = outbox.waiting().map(({ answer }) => answer.name ?? answer.slot);
            const sent = [];
            const acks = { a: { ok: true }, b: { ok: false, error: { code: "bad_input" } } };
            const emitWithAck = async (_, { answer: { slot } }) => (sent.push(slot), acks[slot]);
            outbox.open({ connected: true, on() {}, timeout: () => ({ emitWithAck }) });
            await new Promise((done) => document.addEventListener("refused", done));
            return [before, sent, outbox.waiting(), kept.all().map((one) => one.answer.slot)];
        }"""
    )
    assert told == [["newer", "b"], ["a", "b"], [], ["b"]]


def test_what_happens_at_once_is_said_at_once(page: Page) -> None:
    told = page.evaluate(
        """async () => {
            const line = document.getElementById("say");
            const changes = [];
            new MutationObserver(() => changes.push(line.textContent)).observe(line, HOW);
            const calm = () => new Promise((done) => setTimeout(done, 300));
            ["Podium", " three\\n lines ", "", "Podium"].forEach(our.announce.announce);
            await calm();
            our.announce.announce("Podium – three lines");
            await calm();
            return changes;
        }""".replace("HOW", "{ childList: true, characterData: true, subtree: true }")
    )
    assert told == ["Podium – three lines", "Podium – three lines\u00a0"]


def test_dialogs_open_on_each_other_and_give_the_focus_back(page: Page) -> None:
    page.locator("#opener").click()
    expect(page.locator("#first")).to_be_visible()
    page.locator("#first [data-open]").click()
    expect(page.locator("#second button")).to_be_focused()
    assert page.evaluate("our.layer.top().id") == "second"
    page.evaluate("our.toast.toast('Saved')")
    on_top = page.evaluate(
        """() => {
            const note = document.querySelector(".toast");
            note.parentNode.style.pointerEvents = "auto";
            const { left, top } = note.getBoundingClientRect();
            return [note.contains(document.elementFromPoint(left + 2, top + 2)),
                document.getElementById("say").closest("dialog").id];
        }"""
    )
    assert on_top == [True, "second"]  # seen above the dialog, and heard in spite of it
    page.keyboard.press("Escape")
    expect(page.locator("#second")).to_be_hidden()
    expect(page.locator("#first [data-open]")).to_be_focused()
    page.mouse.click(2, 2)  # beside it
    expect(page.locator("#first")).to_be_hidden()
    expect(page.locator("#opener")).to_be_focused()
    page.wait_for_function("document.getElementById('say').parentNode === document.body")


def test_a_dialog_whose_opener_is_gone_leaves_one_at_the_heading(page: Page) -> None:
    page.locator("#opener").click()
    page.evaluate("document.getElementById('opener').remove()")
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_be_focused()


def test_what_covers_the_page_goes_when_we_say_so_alone(page: Page) -> None:
    page.evaluate("our.cover.cover('gone')")
    for _press in range(3):
        page.keyboard.press("Escape")
    expect(page.locator("#retry")).to_be_focused()
    page.mouse.click(2, 2)
    expect(page.locator("#gone")).to_be_visible()
    assert page.evaluate("document.elementFromPoint(5, 5).closest('dialog').id") == "gone"
    page.evaluate("our.cover.uncover()")
    expect(page.locator("#gone")).to_be_hidden()


SHOW = """(html, more = {}) => our.screen.show({ v: ++window.v, stage: "round", round: "r",
    phase: "open", html, ...more })"""


def test_a_screen_is_made_ones_own_before_it_is_seen(page: Page) -> None:
    """What we draw into it is never seen as the server drew it for everybody."""
    told = page.evaluate(
        """async (SHOW) => {
            const show = eval(SHOW);
            window.v = 1;
            const draw = (root) => {
                root.querySelector("p").hidden = true;
                root.querySelector("#pressed").setAttribute("aria-pressed", "true");
            };
            document.addEventListener("coming", ({ detail }) => draw(detail.root));
            const html = `<h1>Round</h1><p>Now</p>
                <button id="pressed" aria-pressed="false">A</button>
                <details id="d"><summary>More</summary></details><em></em>`;
            show(html);
            document.getElementById("d").open = true;
            document.getElementById("pressed").setAttribute("aria-busy", "true");
            document.querySelector("em").style.transform = "scale(2)";
            await new Promise((done) => setTimeout(done));
            const seen = [];
            const main = document.getElementById("screen");
            const see = ({ target, attributeName, type }) =>
                target !== main && seen.push(attributeName ?? type);
            const all = { attributes: true, childList: true, characterData: true };
            new MutationObserver((told) => told.forEach(see))
                .observe(main, { subtree: true, ...all });
            show(html.replace("Now", "Later"));
            await new Promise((done) => setTimeout(done));
            return [document.querySelector("p").textContent, document.getElementById("d").open,
                [...new Set(seen)].sort()];
        }""",
        SHOW,
    )
    assert told == ["Later", True, ["characterData"]]


def test_the_focus_stays_on_what_it_was_or_goes_to_the_heading(page: Page) -> None:
    told = page.evaluate(
        """async (SHOW) => {
            const show = eval(SHOW);
            window.v = 1;
            const at = () => document.activeElement.id || document.activeElement.localName;
            const button = (id) => `<button id="${id}">${id}</button>`;
            const buttons = (...ids) => `<h1>Round</h1>${ids.map(button).join("")}`;
            const seen = [];
            show(buttons("pause", "more", "skip"));
            document.getElementById("more").focus();
            show(buttons("first", "pause", "more"));
            seen.push(at());
            show(buttons("pause", "back", "skip"));
            seen.push(at());
            show(buttons("pause", "back"), { phase: "closed" });
            seen.push(at());
            document.getElementById("back").focus();
            show(buttons("pause", "back").replace('id="back"', 'id="back" disabled'));
            seen.push(at());
            return seen;
        }""",
        SHOW,
    )
    assert told == ["more", "h1", "h1", "h1"]


def test_a_list_that_grows_keeps_the_focus_in_it(page: Page) -> None:
    told = page.evaluate(
        """() => {
            const list = document.getElementById("list");
            const rows = (...names) => names.map((name) => {
                const row = document.createElement("li");
                row.innerHTML = `<button>${name}</button>`;
                return row;
            });
            our.morph.fillList(list, rows("Ana", "Bo"));
            list.querySelectorAll("button")[1].focus();
            our.morph.fillList(list, rows("Ana", "Bo", "Cy"));
            return [list.textContent, document.activeElement.textContent];
        }"""
    )
    assert told == ["AnaBoCy", "Bo"]


def test_shortcuts_are_off_until_they_are_turned_on_again(page: Page, bundle: str) -> None:
    box, button = page.locator("[data-shortcuts]"), page.locator("#opener")
    expect(button).to_have_attribute("aria-keyshortcuts", "N")
    box.uncheck()
    assert page.evaluate("our.shortcuts.areOn()") is False
    page.reload()
    page.evaluate(bundle)
    expect(box).not_to_be_checked()
    assert page.evaluate("our.shortcuts.areOn()") is False
    assert button.get_attribute("aria-keyshortcuts") is None
    waiting = "our.keep.read('sourcerie:stand:one:1')"
    page.evaluate("our.keep.write('sourcerie:stand:one:1', 'a visitor who was thanked')")
    page.evaluate("our.keep.sweep(Date.now() + 1e11)")  # not a thing of a workshop
    assert page.evaluate(waiting) == "a visitor who was thanked"
    page.reload()
    page.evaluate(bundle)
    assert page.evaluate("our.shortcuts.areOn()") is False
    box.check()
    expect(button).to_have_attribute("aria-keyshortcuts", "N")
    assert page.evaluate("our.shortcuts.areOn()") is True
