"""The list of leads.

A search is sent as a form and stands in no address: it is somebody's name, mail or number.
"""

from dataclasses import asdict

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from pydantic import TypeAdapter

from game.accounts.policy import READ_LEADS
from game.base.days import today
from game.context import current
from game.pool import lead_filter, search, seen, tag, view
from game.pool.lead_filter import Filter
from game.privacy import inform
from game.web.asked import address
from game.web.desk.surface import blueprint, words
from game.web.security import needs

TEXTS = (
    *("text", "workshop", "brief", "channel", "verdict"),
    *("tag", "company", "skill", "since", "until", "sort"),
)
TICKS = ("overdue", "soon", "internal", "kept")
FILTER = TypeAdapter(Filter)


def wanted() -> Filter:
    """The filter that the form or the address holds."""
    sent = request.values
    texts = {name: sent.get(name, "").strip()[:160] for name in TEXTS}
    ticks = {name: bool(sent.get(name)) for name in TICKS}
    return FILTER.validate_python({**texts, **ticks})


def query(filter: Filter) -> dict[str, object]:
    """What a filter is sent on as."""
    given = {name: value for name, value in asdict(filter).items() if value}
    return {name: "1" if value is True else value for name, value in given.items()}


@blueprint.route("/desk", methods=["GET", "POST"])
@needs(READ_LEADS)
def leads() -> ResponseReturnValue:
    """The list, narrowed as the form or the address says."""
    filter, by = wanted(), current_user.id
    places = {name: request.values.get(name, "") for name in ("after", "before")}
    private = filter.text or filter.company  # stands in no address
    if request.method == "POST" and not private and not any(places.values()):
        return redirect(address("desk.leads", query(filter)))
    with current().store.session() as s:
        found = search.page(s, filter, today(), **places)
        choices = lead_filter.choices(s)
        choices["tags"] = [(one, one) for one in tag.known(s)]
        views = view.views(s, by)
        due = inform.due(s, today())
    current().writer.write(lambda s: seen.note_list(s, filter, len(found.leads), by))
    return render_template(
        "desk/leads.html",
        found=found,
        filter=filter,
        query=query(filter),
        choices=choices,
        views=views,
        due=due,
        barred=found.barred if due.overdue else 0,
        words=words(),
        today=today(),
    )
