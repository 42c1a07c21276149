"""Three drafts of a message: by rules at once, by a model when one is asked."""

from collections.abc import Mapping, Sequence
from typing import cast

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from game.accounts.policy import TOUCH_LEADS
from game.base.address import public_url
from game.base.languages import LANGS, NAMES
from game.base.refusal import Refusal
from game.context import current
from game.exports.words import words as exported
from game.helpers.contract import RULES
from game.helpers.message import KIND_OF, OCCASIONS, TONES, Drafts, Occasion, Text, Tone, by_rules
from game.helpers.phrases import Piece, plain
from game.helpers.processor import timed
from game.jobs import drafts as jobs
from game.jobs import queue
from game.jobs.cards import Asked, Dealt, deal, positions
from game.pool import seen
from game.pool.rehearsal import REAL
from game.privacy import own_link
from game.privacy.audit import audit
from game.rules.touch import NOTICE
from game.screens.draft_words import draft_words
from game.store.tables import Draft, Job, Lead, Recommendation, User, Workshop
from game.web.desk.surface import blueprint, existing, lead_of, watched
from game.web.i18n import lang
from game.web.security import needs

SECONDS = 2  # until a page that waits for a model is asked for again


@blueprint.get("/desk/leads/<lead_id>/drafts")
@needs(TOUCH_LEADS)
def message_drafts(lead_id: str) -> ResponseReturnValue:
    """Three drafts by rules, for an occasion and in a tone."""
    return _page(lead_id, request.args, None)


@blueprint.post("/desk/leads/<lead_id>/drafts/show")
@needs(TOUCH_LEADS)
def show_drafts(lead_id: str) -> ResponseReturnValue:
    """The same for what a form asks for."""
    return _page(lead_id, request.form, None)


@blueprint.post("/desk/leads/<lead_id>/drafts")
@needs(TOUCH_LEADS)
def ask_for_drafts(lead_id: str) -> ResponseReturnValue:
    """Has a model rephrase them, in a job."""
    game, by = current(), current_user.id
    if not game.settings.helper_for("message"):
        abort(404)
    with game.store.session() as s:
        asked = _asked(s, lead_of(s, lead_id), request.form)
    made = game.writer.write(
        lambda s: jobs.ask(s, "message", asked.plain(), by, existing(s, lead_id))
    )
    return redirect(url_for("desk.draft_page", draft_id=made))


@blueprint.get("/desk/drafts/<draft_id>")
@needs(TOUCH_LEADS)
def draft_page(draft_id: str) -> ResponseReturnValue:
    """What a model made of it, or how far it is; the rules' drafts are there meanwhile."""
    with current().store.session() as s:
        draft = _existing(s, draft_id)
        if draft.lead_id is None:
            abort(404)  # forgotten by now
        lead_id, asked = draft.lead_id, dict(draft.asked)
    return _page(lead_id, asked, draft_id)


@blueprint.post("/desk/drafts/<draft_id>/stop")
@needs(TOUCH_LEADS)
def stop_draft(draft_id: str) -> ResponseReturnValue:
    """Nobody waits for the model any more."""
    by = current_user.id

    def verb(s: Session) -> str:
        draft = _existing(s, draft_id)
        if draft.job_id:
            queue.cancel(s.connection(), draft.job_id)
        audit(s, by, "draft_stopped", {"draft": draft_id})
        return draft_id

    current().writer.write(verb)
    return redirect(url_for("desk.draft_page", draft_id=draft_id))


def _existing(s: Session, draft_id: str) -> Draft:
    return s.get(Draft, draft_id) or abort(404)


def _asked(s: Session, lead: Lead, given: Mapping[str, object]) -> Asked:
    """What is wanted; the usual where nothing was said, or nothing that can be."""

    def one_of(name: str, among: Sequence[str], usual: str) -> str:
        value = str(given.get(name, ""))
        return value if value in among else usual

    named = [id for id, _ in positions(s)]
    last = (
        select(Recommendation.brief_id)
        .join(Workshop, Workshop.id == Recommendation.workshop_id)
        .where(Recommendation.lead_id == lead.id, Recommendation.brief_id.is_not(None), REAL)
    )
    usual = s.scalar(last.order_by(Recommendation.at.desc()).limit(1)) or ""
    brief_id = str(given["brief_id"]) if "brief_id" in given else usual
    return Asked(
        lead.id,
        cast(Occasion, one_of("occasion", OCCASIONS, "first")),
        cast(Tone, one_of("tone", TONES, "warm")),
        one_of("lang", LANGS, lang()),
        brief_id if brief_id in (*named, usual) else "",
    )


def _dealt(s: Session, lead: Lead, asked: Asked) -> Dealt:
    game = current()
    pack, by = game.pack(asked.lang), s.get(User, current_user.id)
    page = public_url(game.settings) + own_link.path(own_link.coming(game.secret, lead))
    return deal(s, lead, asked, pack, by, exported(pack, asked.lang).origins, page)


def _page(lead_id: str, given: Mapping[str, object], draft_id: str | None) -> Response:
    game, by = current(), current_user.id
    try:
        game.writer.write(lambda s: seen.note_lead(s, existing(s, lead_id), by))
    except Refusal:
        abort(404)
    with game.store.session() as s:
        lead = lead_of(s, lead_id)
        asked = _asked(s, lead, given)
        dealt = _dealt(s, lead, asked)
        draft = _existing(s, draft_id) if draft_id else None
        job = s.get(Job, draft.job_id) if draft and draft.job_id else None
        going = jobs.is_awaited(s, draft)
        offered = positions(s)
    rules, micros = timed(lambda: by_rules(dealt.card, dealt.phrases))
    shown, made_by = rules.drafts, RULES
    if draft and draft.answer:
        shown, made_by = Drafts.model_validate(draft.answer).drafts, draft.made_by
    kind = KIND_OF[asked.occasion]
    return watched(
        "desk/drafts.html",
        SECONDS,
        going=going,
        languages=NAMES,
        lead=lead,
        asked=asked,
        offered=offered,
        drafts=[_told(dealt, text, aided=made_by != RULES) for text in shown],
        made_by=made_by,
        micros=micros,
        draft=draft,
        job=job,
        model=game.settings.helper_for("message"),
        kind=NOTICE if asked.occasion == "first" and not dealt.card.told else kind,
        untold=not dealt.card.told,
        words=draft_words(),
    )


def _told(dealt: Dealt, text: Text, *, aided: bool) -> dict[str, object]:
    subject, body = dealt.subject(text), dealt.body(text, aided=aided)
    return {
        "subject": subject,
        "body": body,
        "plain": (plain(subject), plain(body)),
        "facts": _facts((*subject, *body)),
    }


def _facts(found: Sequence[Piece]) -> list[Piece]:
    """Each fact once, in its order; the notice and the page's address are not told again."""
    facts = [piece for piece in found if piece.source and piece.source not in (NOTICE, "page")]
    return list(dict.fromkeys(facts))
