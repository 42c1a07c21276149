"""Small, specialised, greener: by which way each task is done, and what is known of each."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from game.accounts.policy import JUDGE_LEADS
from game.context import current
from game.helpers import cv, employers, hear, near, post, wording
from game.helpers.energy import WATTS, of_processor
from game.helpers.grid import proposed
from game.helpers.measured import SOUND, VECTORS
from game.helpers.message import Card, by_rules
from game.helpers.processor import timed
from game.helpers.transcript import proposals
from game.jobs.cards import phrases_of
from game.jobs.drafts import Speed, speed_of
from game.screens.way_words import task_words
from game.web.desk.surface import blueprint
from game.web.i18n import lang
from game.web.security import needs

MODELLED = ("message", "wording", "employers", "post")
VECTORED = ("grid", "post")
HEARD = "sound"  # which no rules do
TIMES = 3  # a way is measured so often; the quickest counts, since others may work meanwhile
SAMPLE = "Soudeuse TIG depuis 2015. Lecture de plans isométriques.\nFormation de deux apprentis"


@dataclass(frozen=True)
class Way:
    """A task: what its rules take of a processor here, its model if one is set, how that answered.

    `millis` is None where no rules do it.
    """

    task: str
    millis: float | None
    model: str
    speed: Speed | None


@blueprint.get("/desk/aids/ways")
@needs(JUDGE_LEADS)
def ways() -> ResponseReturnValue:
    """Each task with its ways; what nobody measured is said not to be."""
    settings = current().settings
    with current().store.session() as s:
        speeds = {task: speed_of(s, task) for task in MODELLED}
    rules = samples()
    found = [
        Way(
            task,
            _millis(rules[task]) if task in rules else None,
            settings.helper_for(task) if task in MODELLED else "",
            speeds.get(task),
        )
        for task in (*rules, HEARD)
    ]
    return render_template(
        "desk/ways.html",
        ways=found,
        place=settings.helper_url.partition("://")[2].partition("/")[0],
        remote=settings.helper_remote == "yes",
        modelled=MODELLED,
        vectored=VECTORED,
        vectors=VECTORS,
        vectors_there=near.is_there(),
        sound=SOUND,
        sound_there=hear.is_there(),
        of_processor=of_processor,
        watts=WATTS,
        tried=("wording", "post"),
        tasks=task_words(),
    )


def samples() -> dict[str, Callable[[], object]]:
    """One small case of each task, done by rules."""
    spoken = lang()
    pack = current().pack(spoken)
    card = Card(lang=spoken, occasion="first", tone="warm", role="Soudeuse", position="Soudeur·se")
    names = wording.Compared(lang=spoken, names=("Développeur back-end", "Ingénieur logiciel"))
    beside = cv.Beside(lang=spoken, must_haves=("Souder au TIG",) * 3, text=SAMPLE * 20)
    musts = ("Souder au TIG", "Travailler en équipe", "Lire un plan")
    texts = [SAMPLE] * 50
    named = [employers.Mention(f"Ateliers {n}", employers.POOL) for n in range(60)]
    return {
        "message": lambda: by_rules(card, phrases_of(pack)),
        "wording": lambda: wording.by_rules(names),
        "employers": lambda: employers.merged(named),
        "post": lambda: post.by_rules(post.asked("Quelle soudure ?", texts, spoken)),
        "cv": lambda: cv.by_rules(beside),
        "grid": lambda: (proposed(musts, pack.themes, spoken), proposals(texts, musts, spoken)),
    }


def _millis(rules: Callable[[], object]) -> float:
    return min(timed(rules)[1] for _ in range(TIMES)) / 1000
