"""Writing to one person: from a template, changed at will, sent or copied."""

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.orm import Session

from game.accounts.policy import TOUCH_LEADS
from game.base.address import public_url
from game.base.languages import LANGS
from game.base.refusal import Refusal
from game.context import Game, current
from game.exports.words import words as exported
from game.jobs import letters
from game.pool import mailing, seen, template, touchpoint
from game.pool.letter import Text, barred, notice_text, values_of, with_page
from game.privacy import own_link
from game.rules.letter import FIELD, MOST, fields_of
from game.rules.pack import Starter
from game.rules.touch import KINDS, NOTICE
from game.screens import messages
from game.screens.touch_words import touch_words
from game.store.tables import Lead, MessageTemplate, User
from game.web.desk.refused import mail_told, told
from game.web.desk.surface import blueprint, existing, lead_of
from game.web.i18n import lang
from game.web.security import needs

NOTICE_ADDS = 30_000  # characters: a notice is as long as the law makes it
Filled = tuple[str, str]  # subject and body


@blueprint.get("/desk/leads/<lead_id>/write")
@needs(TOUCH_LEADS)
def write(lead_id: str) -> ResponseReturnValue:
    """The message as its template has it, filled in for this person."""
    return _page(lead_id, {}, {})


@blueprint.post("/desk/leads/<lead_id>/write")
@needs(TOUCH_LEADS)
def written_to(lead_id: str) -> ResponseReturnValue:
    """Sends the message, notes that it was copied and sent by hand, or takes another template."""
    game, by, typed = current(), current_user.id, dict(request.form)
    if typed.get("do") == "draft":  # what a helper drafted, to be read before anything else
        return _page(lead_id, {**typed, "template": ""}, {})
    if typed.get("do") == "take":  # another template, in place of what was typed
        return _page(lead_id, {"template": typed.get("template", "")}, {})
    try:
        text, filled = _checked(lead_id, typed)
        verb = _send if typed.get("do") == "send" else _note
        game.writer.write(lambda s: verb(s, game, existing(s, lead_id), text, filled, by))
    except Refusal as refusal:
        if refusal.code == "unknown_lead":
            raise
        faults = messages.refusal(refusal)["fields"] or {"all": told(refusal.code)}
        return _page(lead_id, typed, faults), 422
    sent = typed.get("do") == "send"
    flash(_("Le message part.") if sent else _("C'est noté."))
    return redirect(url_for("desk.lead", lead_id=lead_id) + "#touch")


def _send(s: Session, game: Game, lead_id: str, text: Text, filled: Filled, by: str) -> None:
    """Has a job send it. Raises Refusal."""
    bars = barred(s, game.secret, [s.get_one(Lead, lead_id)], text.kind)
    if bars:
        raise Refusal(bars[lead_id])
    if not game.settings.smtp_url:
        raise Refusal("no_mailer")
    _give_link(s, game, lead_id, filled, by)
    letters.ask(s, mailing.make_one(s, text, lead_id, filled, by), by)


def _note(s: Session, game: Game, lead_id: str, text: Text, filled: Filled, by: str) -> None:
    """It was copied, and sent by hand. Raises Refusal."""
    plan = touchpoint.Plan(text.kind, "mail", None, filled[0], "out", by, text.template_id)
    touchpoint.note_done(s, game.secret, lead_id, plan, by)
    _give_link(s, game, lead_id, filled, by)


def _give_link(s: Session, game: Game, lead_id: str, filled: Filled, by: str) -> None:
    """The page's address that the message tells opens it from now on."""
    if own_link.coming(game.secret, s.get_one(Lead, lead_id)) in filled[1]:
        own_link.token(s, game.secret, lead_id, by)


def _checked(lead_id: str, typed: Mapping[str, str]) -> tuple[Text, Filled]:
    """The message that was typed. Raises Refusal naming each field at fault."""
    with current().store.session() as s:
        found = s.get(MessageTemplate, typed.get("template", ""))
    spoken = found.lang if found else _lang(typed)
    subject, body = (typed.get(n, "").strip().replace("\r\n", "\n") for n in ("subject", "body"))
    faults = {}
    for name, value in (("subject", subject), ("body", body)):
        if not value:
            faults[name] = "missing"
        elif len(value) > MOST[name] + (NOTICE_ADDS if typed.get("kind") == NOTICE else 0):
            faults[name] = "too_long"
        elif set(FIELD.findall(value)) & set(fields_of(spoken)):
            faults[name] = "lacks_field"
    if typed.get("kind") not in KINDS:
        faults["kind"] = "invalid"
    if (
        typed.get("kind") == NOTICE
        and "body" not in faults
        and not _is_whole(body, spoken, lead_id)
    ):
        faults["body"] = "notice_missing"
    if faults:
        raise Refusal("bad_input", faults)
    name, id = (found.name, found.id) if found else ("", None)
    return Text(spoken, typed["kind"], "", "", name, id), (" ".join(subject.split()), body)


def _lang(typed: Mapping[str, str]) -> str:
    """The language that a draft is written in, else the reader's."""
    return typed["lang"] if typed.get("lang") in LANGS else lang()


def _is_whole(body: str, spoken: str, lead_id: str) -> bool:
    """Is every word of the notice there?"""
    pack = current().pack(spoken)
    with current().store.session() as s:
        origin = lead_of(s, lead_id).origin
        told = notice_text(s, pack, exported(pack, spoken).origins.get(origin, origin))
        notice = with_page(told, pack, _own_page(lead_of(s, lead_id)))
    return " ".join(notice.split()) in " ".join(body.split())


def _own_page(lead: Lead) -> str:
    """The address of a lead's own page, which it has from this message on at the latest."""
    game = current()
    return public_url(game.settings) + own_link.path(own_link.coming(game.secret, lead))


def _page(lead_id: str, typed: Mapping[str, str], faults: Mapping[str, str]) -> str:
    by, game = current_user.id, current()
    game.writer.write(lambda s: seen.note_lead(s, existing(s, lead_id), by))
    with game.store.session() as s:
        lead = lead_of(s, lead_id)
        choices: list[MessageTemplate | Starter] = [
            *template.templates(s),
            *game.pack(lang()).letters,
        ]
        asked = typed.get("template") or request.args.get("template", "")
        drafted = "lang" in typed  # a helper's draft is of no template
        usual = next((c for c in choices if lead.informed_at or c.kind == NOTICE), None)
        chosen = next((c for c in choices if _id(c) == asked), None if drafted else usual)
        spoken = getattr(chosen, "lang", lang())
        pack, writer = game.pack(spoken), s.get(User, by)
        origins = exported(pack, spoken).origins
        values = values_of(s, [lead], writer, pack, origins, _own_page)[lead_id]
        wanted = getattr(chosen, "kind", "message")
        bars = {kind: barred(s, game.secret, [lead], kind).get(lead_id, "") for kind in KINDS}
    filled = Text(spoken, "", chosen.subject, chosen.body).filled(values) if chosen else ("", "")
    return render_template(
        "desk/write.html",
        lead=lead,
        has_link=own_link.is_given(lead),
        choices=[(_id(c), c.name) for c in choices],
        chosen=_id(chosen) if chosen else "",
        typed={"subject": filled[0], "body": filled[1], "kind": wanted, **typed},
        faults=faults,
        bar=bars[typed.get("kind", wanted) if typed.get("kind", wanted) in KINDS else "message"],
        words=touch_words(),
        mail=mail_told(),
        mailer=bool(game.settings.smtp_url),
        most=MOST,
        longest=MOST["body"] + NOTICE_ADDS,
    )


def _id(choice: MessageTemplate | Starter) -> str:
    """What names a template of the desk, or a ready-made one."""
    return str(choice.id) if isinstance(choice, MessageTemplate) else f"start:{choice.key}"
