"""A recruiter's agenda in their own calendar, by a private address."""

from collections import Counter
from collections.abc import Sequence

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_login import current_user

from game.accounts.policy import TOUCH_LEADS, may
from game.base.address import public_url
from game.base.days import days_after, today
from game.base.languages import lang_of
from game.base.limits import Limits
from game.context import current
from game.exports.calendar_file import Entry, by_count, written
from game.pool import agenda, feed
from game.screens.touch_words import touch_words
from game.web.desk.surface import blueprint
from game.web.i18n import lang
from game.web.security import needs, open_to_all

YEAR = 365  # days
limits = Limits()


@blueprint.route("/desk/calendar", methods=["GET", "POST"])
@needs(TOUCH_LEADS)
def calendar() -> ResponseReturnValue:
    """The address is made, changed or revoked; it is shown once."""
    by, made = current_user.id, ""
    if request.method == "POST" and request.form.get("do") == "revoke":
        current().writer.write(lambda s: feed.revoke(s, by))
    elif request.method == "POST":
        shows = request.form.get("shows", "")
        key = current().writer.write(lambda s: feed.make(s, by, shows))
        path = url_for("desk.calendar_file", key=key, lang=lang())
        made = public_url(current().settings) + path
    with current().store.session() as s:
        found = feed.of(s, by)
    return render_template("desk/calendar.html", feed=found, made=made, shows=feed.SHOWS)


@blueprint.get("/calendar/<string(length=32):key>.ics")
@open_to_all
def calendar_file(key: str) -> Response:
    """The calendar of whoever holds the key, with no more of people than they chose."""
    limits.check_link(request.remote_addr or "")
    with current().store.session() as s:
        found = feed.opened_by(s, key)
        if found is None or not may(found[1], TOUCH_LEADS):
            abort(404)
        mine, user = found
        rows = agenda.due(s, current().secret, days_after(today(), YEAR), user.id)
    if mine.shows == "name":
        current().writer.write(lambda s: feed.note_read(s, user.id, len(rows)))
    with force_locale(lang_of(request.args.get("lang"))):
        body = written(_("Sourcerie – à contacter"), _entries(rows, mine.shows))
    answer = Response(body, content_type="text/calendar; charset=utf-8")
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def _entries(rows: Sequence[agenda.Due], shows: str) -> list[Entry]:
    said, base = touch_words(), public_url(current().settings)
    entries = []
    for one, lead, _who in rows:
        title = f"{said['kinds'][one.kind]} {said['media'][one.medium]}"
        if shows == "name":
            title = f"{title} – {lead.name}"
        url = base + url_for("desk.lead", lead_id=lead.id)
        entries.append(Entry(one.id, one.due_on or today(), title, one.created_at, url))
    if shows != "count":
        return entries
    days = Counter(entry.day for entry in entries)
    return by_count(
        entries,
        {
            day: ngettext("%(num)s personne à contacter", "%(num)s personnes à contacter", n)
            for day, n in days.items()
        },
    )
