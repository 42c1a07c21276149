"""Writing to many: whom a message reaches, a preview, and how the sending goes."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy.orm import Session

from game.accounts.policy import TOUCH_LEADS
from game.base.days import today
from game.base.refusal import Refusal
from game.context import current
from game.exports.words import words as exported
from game.jobs import letters as sending
from game.pool import lead_list, mailing, seen, template
from game.pool.letter import Text, values_of
from game.screens.touch_words import touch_words
from game.store.tables import Job, Lead, Mailing, MessageTemplate, User
from game.web.desk.leads.table import query, wanted
from game.web.desk.refused import mail_told
from game.web.desk.surface import blueprint, stop, watched
from game.web.security import needs

AT_ONCE = 500
EXAMPLES = 3
SECONDS = 3  # until a page that shows progress is asked for again


@blueprint.post("/desk/letters")
@needs(TOUCH_LEADS)
def letters() -> ResponseReturnValue:
    """One message to the people of a list: chosen, previewed, sent."""
    game, by, asked = current(), current_user.id, wanted()
    with game.store.session() as s:
        choices = template.templates(s)
        chosen = s.get(MessageTemplate, request.form.get("template", ""))
        reach, examples = _reached(s, chosen, by) if chosen else (mailing.Reach(), [])
    if chosen and request.form.get("do") == "send":
        return _send(_text(chosen), reach, by)
    game.writer.write(lambda s: seen.note_list(s, asked, len(examples), by))
    return render_template(
        "desk/letters.html",
        choices=choices,
        chosen=chosen,
        reach=reach,
        examples=examples,
        query=query(asked),
        words=touch_words(),
        mail=mail_told(),
        most=mailing.MOST,
        mailer=bool(game.settings.smtp_url),
    )


def _text(chosen: MessageTemplate) -> Text:
    names = ("lang", "kind", "subject", "body", "name")
    return Text(**{name: getattr(chosen, name) for name in names}, template_id=chosen.id)


def _reached(
    s: Session, chosen: MessageTemplate, by: str
) -> tuple[mailing.Reach, list[tuple[Lead, tuple[str, str]]]]:
    """Whom the message reaches, and the first of them with their letters."""
    game, text, reach = current(), _text(chosen), mailing.Reach()
    writer, pack = s.get_one(User, by), current().pack(chosen.lang)
    origins = exported(pack, chosen.lang).origins
    for leads in lead_list.batches(game.store.session, wanted(), today(), AT_ONCE):
        reach.add(s, game.secret, leads, text, values_of(s, leads, writer, pack, origins))
        if len(reach.leads) >= mailing.MOST:
            break
    first = [s.get_one(Lead, id) for id in reach.leads[:EXAMPLES]]
    values = values_of(s, first, writer, pack, origins)
    return reach, [(lead, text.filled(values[lead.id])) for lead in first]


def _send(text: Text, reach: mailing.Reach, by: str) -> ResponseReturnValue:
    if not reach.leads:
        raise Refusal("nobody_to_write_to")
    if not current().settings.smtp_url:
        raise Refusal("no_mailer")

    def verb(s: Session) -> str:
        made = mailing.make(s, text, reach.leads[: mailing.MOST], by)
        sending.ask(s, made, by)
        return made

    return redirect(url_for("desk.mailing_page", mailing_id=current().writer.write(verb)))


@blueprint.get("/desk/mailings/<mailing_id>")
@needs(TOUCH_LEADS)
def mailing_page(mailing_id: str) -> Response:
    """How a mailing goes: how many left, and who was not written to, and why."""
    by = current_user.id
    with current().store.session() as s:
        found = s.get(Mailing, mailing_id) or abort(404)
        job = s.get(Job, found.job_id) if found.job_id else None
        states, rows = mailing.states(s, mailing_id), mailing.letters_of(s, mailing_id)
    current().writer.write(lambda s: mailing.note_shown(s, mailing_id, len(rows), by))
    going = job is not None and job.is_going
    return watched(
        "desk/mailing.html",
        SECONDS,
        going=going,
        mailing=found,
        job=job,
        states=states,
        total=sum(states.values()),
        rows=rows,
        mail=mail_told(),
    )


@blueprint.post("/desk/mailings/<mailing_id>/stop")
@needs(TOUCH_LEADS)
def stop_mailing(mailing_id: str) -> ResponseReturnValue:
    """What has not left yet does not leave."""
    by = current_user.id
    left = stop(
        lambda s: mailing.existing(s, mailing_id).job_id,
        lambda s: mailing.stop(s, mailing_id, by),
    )
    flash(ngettext("%(num)s message ne partira pas.", "%(num)s messages ne partiront pas.", left))
    return redirect(url_for("desk.mailing_page", mailing_id=mailing_id))
