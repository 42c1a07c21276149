"""Job titles compared: flags beside the room's votes; a person chooses, with a reason."""

from dataclasses import dataclass

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import JUDGE_LEADS
from game.base.languages import LANGS, NAMES
from game.base.refusal import Refusal
from game.context import current
from game.helpers.wording import (
    FEWEST,
    LETTERS,
    MOST,
    Compared,
    Flag,
    Interval,
    Proposed,
    by_rules,
    flags,
    interval,
)
from game.jobs import drafts as jobs
from game.pool import wording_choice
from game.pool.posts import posts
from game.pool.reference import occupations
from game.rules.view import TITLE
from game.screens import messages
from game.screens.draft_words import draft_words
from game.store.tables import Draft
from game.web.asked import address
from game.web.desk.posts.page import topic_of
from game.web.desk.surface import blueprint, watched
from game.web.desk.writing.drafts import SECONDS
from game.web.i18n import lang
from game.web.security import needs
from game.workshop.results import RoundFindings, findings

CALLED = 2  # occupations whose titles stand beside
LONGEST = 120  # characters of a title that is typed


@dataclass(frozen=True)
class Line:
    """A title, its flags, and what the room said of it where it did."""

    title: str
    flags: tuple[Flag, ...]
    votes: Interval | None


@blueprint.route("/desk/wordings", methods=["GET", "POST"])
@needs(JUDGE_LEADS)
def wordings() -> ResponseReturnValue:
    """Two to six titles side by side; those of a room with its votes."""
    return _page(dict(request.values), {})


@blueprint.post("/desk/wordings/choose")
@needs(JUDGE_LEADS)
def choose_wording() -> ResponseReturnValue:
    """The title for the advert, and why."""
    by, typed = current_user.id, dict(request.form)
    names, topic = _names(typed.get("names", "")), topic_of(typed.get("topic", ""))
    chosen, reason = typed.get("chosen", ""), typed.get("reason", "")
    wish = wording_choice.Wish(names, chosen, reason, topic, _lang(typed))
    try:
        current().writer.write(lambda s: wording_choice.choose(s, wish, by))
    except Refusal as refusal:
        return _page(typed, messages.refusal(refusal)["fields"]), 422
    flash(_("Noté : « %(title)s ».", title=chosen))
    if topic:
        return redirect(url_for("desk.dossier", topic=topic) + "#advert")
    return redirect(url_for("desk.wordings") + "#chosen")


@blueprint.post("/desk/wordings/<choice_id>/back")
@needs(JUDGE_LEADS)
def take_back_wording(choice_id: str) -> ResponseReturnValue:
    """The advert has the position's own title again."""
    by = current_user.id
    topic = current().writer.write(lambda s: wording_choice.take_back(s, choice_id, by))
    if not topic:
        return redirect(url_for("desk.wordings") + "#chosen")
    flash(_("C'est retiré : l'annonce porte l'intitulé du poste."))
    return redirect(url_for("desk.dossier", topic=topic) + "#advert")


@blueprint.post("/desk/wordings/ask")
@needs(JUDGE_LEADS)
def ask_for_wordings() -> ResponseReturnValue:
    """Has a model propose other titles, in a job."""
    game, by, typed = current(), current_user.id, dict(request.form)
    names, spoken = _names(typed.get("names", "")), _lang(typed)
    where: dict[str, object] = {"names": "\n".join(names), "lang": spoken}
    where |= {"topic": topic} if (topic := topic_of(typed.get("topic", ""))) else {}
    if game.settings.helper_for("wording") and names:
        asked = {"lang": spoken, "names": names}
        where["draft"] = game.writer.write(lambda s: jobs.ask(s, "wording", asked, by, None))
    return redirect(address("desk.wordings", where))


def _names(text: str) -> list[str]:
    lines = (" ".join(line.split())[:LONGEST] for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line))[:MOST]


def _lang(typed: dict[str, str]) -> str:
    return typed["lang"] if typed.get("lang") in LANGS else lang()


def _page(typed: dict[str, str], faults: dict[str, str]) -> Response:
    game, spoken = current(), _lang(typed)
    with game.store.session() as s:
        rooms = findings(s, game.pack(lang()), TITLE)
        room = next((one for one in rooms if one.id == typed.get("room")), None)
        draft = s.get(Draft, typed.get("draft", ""))
        if draft and draft.task != "wording":
            draft = None
        going = jobs.is_awaited(s, draft)
        chosen = wording_choice.choices(s)
        offered = [post.title for post in posts(s)]
    spoken = room.lang if room else spoken
    topic = topic_of(typed.get("topic", room.brief if room else ""))
    names = [c.text for c in room.found.texts][:MOST] if room else _names(typed.get("names", ""))
    with game.store.session() as s:
        called = occupations(s, names[0], CALLED) if names and spoken == "fr" else []
    compared = Compared(lang=spoken, names=tuple(names)) if names else None
    return watched(
        "desk/wordings.html",
        SECONDS,
        going=going,
        languages=NAMES,
        lines=_lines(names, spoken, room),
        names="\n".join(names),
        few=bool(names) and len(names) < FEWEST,
        spoken=spoken,
        rooms=rooms,
        room=room,
        rules=[p for p in by_rules(compared).proposals if p not in names] if compared else [],
        called=called,
        draft=draft,
        proposals=_proposals(draft),
        model=game.settings.helper_for("wording"),
        chosen=chosen,
        topic=topic,
        offered=list(dict.fromkeys([*offered, *filter(None, [topic])])),
        typed=typed,
        faults=faults,
        most=LETTERS,
        words=draft_words(),
    )


def _lines(names: list[str], spoken: str, room: RoundFindings | None) -> list[Line]:
    """The titles as typed; those of a room by its votes, and by nothing else."""
    people = room.found.people if room else 0
    share = {one.text: one.share for one in room.found.texts} if room else {}
    found = [
        Line(name, flags(name, spoken), interval(share[name], people) if room else None)
        for name in names
    ]
    return sorted(found, key=lambda line: -(line.votes.share if line.votes else 0))


def _proposals(draft: Draft | None) -> tuple[str, ...]:
    """What a model proposed; what the rules would write stands beside it already."""
    if draft is None or not draft.answer or draft.why:
        return ()
    return Proposed.model_validate(draft.answer).proposals
