"""The desk: the list of leads, a lead's page, verdicts, exports, places and resource people."""

from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import func, select

from game.base.refusal import Refusal
from game.context import current
from game.exports import csv_file, rows, xlsx_file
from game.pool import lead as change
from game.pool import search as find
from game.pool.verdict import VERDICTS, review
from game.privacy.audit import audit
from game.privacy.erase import erase as erase_lead
from game.screens import messages
from game.store.tables import (
    BriefRow,
    Lead,
    Nomination,
    Place,
    Player,
    Recommendation,
    RoundRow,
    User,
    Verdict,
    Workshop,
)
from game.web.i18n import lang
from game.web.security import role_required

blueprint = Blueprint("desk", __name__)
READERS = ("recruiter", "admin", "dpo")
JUDGES = ("recruiter", "admin")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def today() -> date:
    """The day, in UTC."""
    return datetime.now(UTC).date()


def wanted() -> find.Filter:
    """The filter that the address holds."""
    args = request.args
    names = ("text", "workshop", "brief", "channel", "verdict")
    texts = {name: args.get(name, "").strip()[:160] for name in names}
    return find.Filter(**texts, overdue="overdue" in args, internal="internal" in args)


def words() -> dict[str, dict[str, str]]:
    """Labels of channels, relationships, reasons and verdicts in the reader's language."""
    pack = current().pack(lang())
    return {
        "channels": {c.key: c.label for f in pack.families for c in f.channels},
        "relationships": {r.key: r.label for r in pack.relationships},
        "reasons": {r.key: r.label for r in pack.reasons},
        "verdicts": {
            "pursue": _("À contacter"),
            "nurture": _("À suivre"),
            "pass": _("Sans suite"),
            "none": _("À lire"),
            "": _("À lire"),
        },
    }


@blueprint.get("/desk")
@role_required(*READERS)
def leads() -> ResponseReturnValue:
    """The list, narrowed as the address says."""
    asked = request.args.get("page", "1")
    number = max(1, int(asked)) if asked.isdecimal() and len(asked) < 10 else 1
    with current().store.session() as s:
        found = find.page(s, wanted(), today(), number)
        choices = find.choices(s)
    return render_template(
        "desk/leads.html",
        found=found,
        filter=wanted(),
        query={k: v for k, v in request.args.items() if k != "page" and v},
        choices=choices,
        words=words(),
        number=number,
        pages=max(1, -(-found.total // find.PAGE)),
        today=today(),
    )


@blueprint.get("/desk/leads/<lead_id>")
@role_required(*READERS)
def lead(lead_id: str) -> ResponseReturnValue:
    """One lead, with all that was said of it."""
    return _lead_page(lead_id)


def _lead_page(lead_id: str, faults: dict[str, str] | None = None) -> str:
    with current().store.session() as s:
        found = s.get(Lead, lead_id) or abort(404)
        said = s.execute(
            select(Recommendation, Player, Workshop, BriefRow, RoundRow)
            .outerjoin(Player, Player.id == Recommendation.player_id)
            .outerjoin(Workshop, Workshop.id == Recommendation.workshop_id)
            .outerjoin(BriefRow, BriefRow.id == Recommendation.brief_id)
            .outerjoin(RoundRow, RoundRow.id == Recommendation.round_id)
            .where(Recommendation.lead_id == lead_id)
            .order_by(Recommendation.at)
        ).all()
        verdicts = s.execute(
            select(Verdict, User.name, User.mail)
            .outerjoin(User, User.id == Verdict.user_id)
            .where(Verdict.lead_id == lead_id)
            .order_by(Verdict.at.desc())
        ).all()
        alike = find.like(s, found)
    return render_template(
        "desk/lead.html",
        lead=found,
        said=said,
        verdicts=verdicts,
        alike=alike,
        words=words(),
        typed=request.form if faults else {},
        faults=faults or {},
        day=rows.day,
        today=today(),
        judge=current_user.role in JUDGES,
    )


@blueprint.post("/desk/leads/<lead_id>/verdict")
@role_required(*JUDGES)
def judge(lead_id: str) -> ResponseReturnValue:
    """A verdict with its reason; points and boards follow at once."""
    verdict, by = request.form.get("verdict", ""), current_user.id
    fake, reason = "fake" in request.form, request.form.get("reason", "").strip()
    faults = {} if verdict in VERDICTS else {"verdict": messages.text("invalid")}
    if not reason:
        faults["reason"] = messages.text("missing")
    if len(reason) > 500:
        faults["reason"] = messages.text("too_long")
    if fake and verdict != "pass":
        faults["verdict"] = _("Un lead inventé est sans suite.")
    if faults:
        return _lead_page(lead_id, faults), 422
    game = current()
    usual = {lang: pack.points for lang, pack in game.packs.items()}
    followed = game.writer.write(
        lambda s: review(s, _exists(s, lead_id), by, verdict, reason, usual, fake=fake)
    )
    for workshop_id in followed:
        game.changed(workshop_id)
    flash(_("C'est noté, les points suivent."))
    return redirect(url_for("desk.lead", lead_id=lead_id))


def _exists(session: Any, lead_id: str) -> str:
    if session.get(Lead, lead_id) is None:
        raise Refusal("unknown_lead")
    return lead_id


@blueprint.post("/desk/leads/<lead_id>")
@role_required(*JUDGES)
def correct(lead_id: str) -> ResponseReturnValue:
    """Corrects a lead's fields."""
    typed = dict(request.form)
    try:
        current().writer.write(lambda s: change.correct(s, _exists(s, lead_id), typed))
    except Refusal as refusal:
        return _lead_page(lead_id, messages.refusal(refusal)["fields"]), 422
    flash(_("C'est enregistré."))
    return redirect(url_for("desk.lead", lead_id=lead_id))


@blueprint.post("/desk/leads/<lead_id>/informed")
@role_required(*READERS)
def informed(lead_id: str) -> ResponseReturnValue:
    """Notes that the person was told."""
    current().writer.write(lambda s: change.note_informed(s, _exists(s, lead_id)))
    return redirect(url_for("desk.lead", lead_id=lead_id))


@blueprint.post("/desk/leads/<lead_id>/merge/<other_id>")
@role_required(*JUDGES)
def merge(lead_id: str, other_id: str) -> ResponseReturnValue:
    """Makes another lead part of this one."""
    current().writer.write(lambda s: change.merge(s, _exists(s, lead_id), _exists(s, other_id)))
    return redirect(url_for("desk.lead", lead_id=lead_id))


@blueprint.route("/desk/leads/<lead_id>/erase", methods=["GET", "POST"])
@role_required(*READERS)
def erase(lead_id: str) -> ResponseReturnValue:
    """Asks, then erases for good."""
    game, by = current(), current_user.id
    with game.store.session() as s:
        found = s.get(Lead, lead_id) or abort(404)
    if request.method == "GET":
        return render_template("desk/erase.html", lead=found)
    game.writer.write(lambda s: erase_lead(s, game.secret, lead_id, by))
    flash(_("La personne est effacée, et ne reviendra pas."))
    return redirect(url_for("desk.leads"))


def headers() -> list[str]:
    """The columns' names in the reader's language."""
    named = {
        "id": _("Identifiant"),
        "name": _("Nom"),
        "role": _("Métier"),
        "company": _("Entreprise"),
        "skills": _("Compétences"),
        "mail": _("Mail"),
        "phone": _("Téléphone"),
        "link": _("Lien"),
        "channel": _("Canal"),
        "type": _("Type"),
        "verdict": _("Avis"),
        "verdict_reason": _("Raison de l'avis"),
        "internal": _("Mobilité interne"),
        "inform_by": _("À informer avant"),
        "informed": _("Informée le"),
        "created": _("Entrée au vivier"),
        "brief": _("Poste"),
        "requisition_ref": _("Référence"),
        "workshop": _("Atelier"),
        "round": _("Manche"),
        "recommender": _("Recommandée par"),
        "relationship": _("Relation"),
        "aware": _("Au courant"),
        "reasons": _("Raisons"),
        "reason": _("En quelques mots"),
        "recommended": _("Recommandée le"),
    }
    return [named[column] for column in rows.COLUMNS]


@blueprint.post("/desk/export/<any(csv, xlsx):kind>")
@role_required(*JUDGES)
def export(kind: str) -> ResponseReturnValue:
    """The filtered list as a file; noted before the first byte leaves."""
    asked, by = wanted(), current_user.id
    with current().store.session() as s:
        found = find.every(s, asked, today())
        lines = list(rows.rows(s, found))
    narrowed = {k: v for k, v in asdict(asked).items() if v and k != "text"}
    detail = {"format": kind, "count": len(found), "filter": narrowed, "searched": bool(asked.text)}
    current().writer.write(lambda s: audit(s, by, "leads_exported", detail))
    name = f"sourcerie-{today().isoformat()}.{kind}"
    if kind == "xlsx":
        return _file(xlsx_file.write(headers(), lines), XLSX, name)
    separator = csv_file.SEPARATORS.get(request.form.get("separator", ""), ",")
    body = csv_file.write(headers(), lines, separator).encode()
    return _file(body, "text/csv; charset=utf-8", name)


def _file(body: bytes, mimetype: str, name: str) -> Response:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, content_type=mimetype, headers=disposition)


@blueprint.get("/desk/places")
@role_required(*READERS)
def places() -> ResponseReturnValue:
    """The channel directory: places that players found, most named first."""
    with current().store.session() as s:
        found = s.execute(
            select(Place.name, Place.channel, func.count(), func.max(Place.note), BriefRow.title)
            .outerjoin(BriefRow, BriefRow.id == Place.brief_id)
            .group_by(Place.name, Place.channel, BriefRow.title)
            .order_by(func.count().desc(), Place.name)
        ).all()
        experts = s.scalars(
            select(Nomination)
            .where(Nomination.status.in_(("accepted", "anonymous")))
            .order_by(Nomination.subject)
        ).all()
    return render_template("desk/places.html", places=found, experts=experts, words=words())
