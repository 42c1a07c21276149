"""The log, read by programs that keep it elsewhere: entries in their order, with their seals."""

from game.base.speech import marked as _
from game.context import current
from game.privacy import trail
from game.privacy.audit import audit
from game.store.tables import AuditEntry
from game.web.api.shapes import moment
from game.web.api.surface import Call, operation
from game.web.api.workshop_shapes import AuditAsked, EntryPage, EntryTold


@operation(
    "GET",
    "/audit",
    "audit:read",
    summary=_("Le journal, dans l'ordre, avec sa chaîne d'empreintes"),
    tag=_("Journal"),
    query=AuditAsked,
    body=None,
    answer=EntryPage,
)
def list_audit(call: Call, query: AuditAsked) -> EntryPage:
    """Entries after a number; this reading is an entry, too."""
    wanted = trail.Wanted(query.action, "", query.about, query.since, query.until)
    with current().store.session() as s:
        found = trail.after(s, wanted, query.after, query.limit + 1)
    shown = found[: query.limit]
    call.note(lambda s: audit(s, call.caller.id, "audit_exported", {"count": len(shown)}))
    following = shown[-1].seq if len(found) > query.limit else None
    return EntryPage(entries=[_entry(one) for one in shown], next=following)


def _entry(one: AuditEntry) -> EntryTold:
    return EntryTold(
        seq=one.seq or 0,
        at=moment(one.at),
        user=one.user_id,
        action=one.action,
        detail=one.detail,
        seal=one.seal or "",
    )
