"""What the scripts promise each other, one by one, on a page with nothing else on it."""

import subprocess
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[2]
MODULES = ("clock", "draft", "failing", "form", "kept", "outbox")
PAGE = """<body data-workshop="w" data-player="p" data-now="5000000">
<script type="application/json" id="words">{"missing": "fill in", "choose": "choose"}</script>
<main id="screen" data-round="r"><section data-round="r" data-kind="recommend"><h1>Round</h1>
<form id="f" data-answer="lead:" data-draft><input type="hidden" name="_as" value="skills:words">
<div class="field"><input name="name" required></div><input name="skills">
<input type="radio" name="how" value="a" required><input type="radio" name="how" value="b">
</form></section></main>"""


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
