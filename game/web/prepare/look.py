"""What a workshop's screens wear: welcome, two colours, logo, Wi-Fi, the projector's light."""

import hashlib

from flask import Blueprint, Response, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from sqlalchemy import select
from sqlalchemy.orm import Session
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Length, ValidationError

from game.accounts import policy
from game.context import current
from game.rules import brand
from game.store.tables import Logo, Workshop
from game.web.asked import Form
from game.web.prepare.pages import write
from game.web.prepare.workshops import workshop_of
from game.web.security import needs, open_to_all

blueprint = Blueprint("look", __name__)
MOST_BYTES = 300_000
KINDS = {b"\x89PNG\r\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
FOR_GOOD = "public, max-age=31536000, immutable"  # each address names its content


def _colour(_form: Form, field: StringField) -> None:
    field.data = (field.data or "").strip().lower()
    try:
        if field.data:
            brand.colour_of(field.data)
    except ValueError:
        raise ValidationError(_("Une couleur comme #0a7f8c.")) from None


class LookForm(Form):
    """What the screens wear."""

    welcome = StringField(_l("Phrase d'accueil"), [Length(max=160)])
    colour_act = StringField(_l("Couleur de ce qu'on fait"), [_colour])
    colour_earn = StringField(_l("Couleur de ce qu'on gagne"), [_colour])
    logo = FileField(_l("Logo, en PNG ou JPEG"))
    no_logo = BooleanField(_l("Sans logo"))
    theme = SelectField(
        _l("Projecteur"), choices=[("night", _l("Salle sombre")), ("day", _l("Salle claire"))]
    )
    wifi_name = StringField(_l("Nom du Wi-Fi de la salle"), [Length(max=32)])
    wifi_password = StringField(_l("Mot de passe du Wi-Fi"), [Length(max=63)])

    def validate_colour_earn(self, _field: StringField) -> None:
        """The two go together: one alone would stand beside ours."""
        if bool(self.colour_act.data) != bool(self.colour_earn.data):
            raise ValidationError(_("Les deux couleurs, ou aucune."))

    def validate_logo(self, field: FileField) -> None:
        content = _content(field)
        if content and not _kind(content):
            raise ValidationError(_("Une image PNG ou JPEG."))
        if len(content) > MOST_BYTES:
            raise ValidationError(_("300 ko au plus."))


def _content(field: FileField) -> bytes:
    if not field.data:
        return b""
    field.data.stream.seek(0)
    return bytes(field.data.stream.read(MOST_BYTES + 1))


def _kind(content: bytes) -> str:
    return next((kind for head, kind in KINDS.items() if content.startswith(head)), "")


@blueprint.route("/workshops/<workshop_id>/look", methods=["GET", "POST"])
@needs(policy.PREPARE_WORKSHOP)
def page(workshop_id: str) -> ResponseReturnValue:
    """One form for all of it."""
    workshop = workshop_of(workshop_id)
    form = LookForm(obj=workshop)
    if form.validate_on_submit():
        content = _content(form.logo)
        write(workshop_id, lambda s: _save(s, workshop_id, form, content))
        flash(_("C'est enregistré."))
        return redirect(url_for("look.page", workshop_id=workshop_id))
    with current().store.session() as s:
        digest = s.scalar(select(Logo.digest).where(Logo.workshop_id == workshop_id))
    status = 422 if form.is_submitted() else 200
    return render_template(
        "prepare/look.html", workshop=workshop, form=form, digest=digest or ""
    ), status


def _save(s: Session, workshop_id: str, form: LookForm, content: bytes) -> None:
    row = s.get_one(Workshop, workshop_id)
    for name in ("welcome", "colour_act", "colour_earn", "theme", "wifi_name", "wifi_password"):
        setattr(row, name, form[name].data or "")
    old = s.get(Logo, workshop_id)
    if old and (content or form.no_logo.data):
        s.delete(old)
        s.flush()
    if content and not form.no_logo.data:
        digest = hashlib.sha256(content).hexdigest()[:12]
        s.add(Logo(workshop_id=workshop_id, kind=_kind(content), digest=digest, content=content))
    row.version += 1
    s.flush()


@blueprint.get("/brand/<string(length=12):colours>.css")
@open_to_all
def sheet(colours: str) -> ResponseReturnValue:
    """The sheet of two colours, corrected; its address is those colours."""
    try:
        text = brand.sheet(f"#{colours[:6]}", f"#{colours[6:]}")
    except ValueError:
        abort(404)
    return Response(text, mimetype="text/css", headers={"Cache-Control": FOR_GOOD})


@blueprint.get("/brand/<string(length=16):workshop_id>/<string(length=12):digest>.logo")
@open_to_all
def logo(workshop_id: str, digest: str) -> ResponseReturnValue:
    """The logo of a workshop's screens; its address names its content."""
    with current().store.session() as s:
        found = s.get(Logo, workshop_id)
    if found is None or found.digest != digest:
        abort(404)
    return Response(found.content, mimetype=found.kind, headers={"Cache-Control": FOR_GOOD})
