"""More said of leads that a player named before: only what was missing, and of their own alone."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from pydantic import Field

from game.base.json_object import Json
from game.base.refusal import Refusal
from game.base.speech import marked as _
from game.rules import leads
from game.rules.facts import MORE, LeadEnriched
from game.rules.leads import Lead
from game.rules.round import Accepted, Before, Entry, Setting, Standing, parse
from game.rules.scoring import cap_entry, in_order
from game.rules.stored import Stored

ADDED = (*leads.DETAILS, "aware")
FACTS = (LeadEnriched,)
WORTH = tuple(worth for worth in leads.WORTH if worth.name in ADDED)
REFUSALS = {
    **leads.REFUSALS,
    "no_such_lead": _("Tu n'as pas recommandé tant de personnes."),
    "nothing_more": _("Rien de neuf à noter : remplis un champ."),
}


class MoreTyped(leads.Described):
    """What is said more; `of` is the how-manieth lead, for who has no list to choose from."""

    slot: str = Field(pattern=r"^more:[A-Za-z0-9_-]{1,32}$")
    of: int = 0


class More(Stored):
    """What the rules keep of it: the details that were not there before."""

    added: tuple[str, ...] = ()


def slot_of(before: Before) -> str:
    """Where more is said of a lead: the same slot for the same lead, whatever came between."""
    return MORE + sha256(f"{before.round_id} {before.slot}".encode()).hexdigest()[:16]


def enrichable(before: Iterable[Before]) -> dict[str, tuple[Before, Lead]]:
    """The leads of which more may be said, by the slot for it, in the order they were named."""
    found = [(each, Lead.of(each.stored)) for each in before]
    kept = [(each, lead) for each, lead in found if not lead.withdrawn and not lead.internal]
    return {slot_of(each): (each, lead) for each, lead in kept}


def filled(lead: Lead) -> tuple[str, ...]:
    """The details that were said of it already."""
    return (*lead.filled, *(("aware",) if lead.aware else ()))


def accept(setting: Setting, raw: Json) -> Accepted:
    """What is said more of a lead; what was said before stays. Raises Refusal."""
    leads.check_capture(setting, raw)
    typed = parse(MoreTyped, raw)
    slot, before, lead = _meant(setting, typed)
    said = leads.described(setting, _new(typed, lead))
    fact = LeadEnriched(slot=slot, of_round=before.round_id, of_slot=before.slot, **said)
    added = tuple(name for name in ADDED if getattr(fact, name))
    if not added:
        raise Refusal("bad_input", {"answer": "nothing_more"})
    fact = replace(fact, held=leads.held(setting, fact))
    return Accepted(slot, More(added=added).json_object(), fact)


def _meant(setting: Setting, typed: MoreTyped) -> tuple[str, Before, Lead]:
    there = enrichable(setting.before)
    slot = typed.slot
    if slot not in there and 1 <= typed.of <= len(there):
        slot = list(there)[typed.of - 1]
    if slot not in there:
        raise Refusal("bad_input", {"of": "no_such_lead"})
    return (slot, *there[slot])


def _new(typed: MoreTyped, lead: Lead) -> MoreTyped:
    """What was not said before; the rest is as if nobody had typed it."""
    had = {*filled(lead), *(("reasons",) if lead.reasons else ())}
    fields = leads.Described.model_fields
    return typed.model_copy(update={name: fields[name].default for name in had})


def score(setting: Setting, own: Sequence[Standing]) -> tuple[Entry, ...]:
    """What each detail brings, the later leads less, as where leads are named."""
    entries: list[Entry] = []
    for nth, given in enumerate(in_order(own), 1):
        names = More.of(given.stored).added
        lines = [Entry(given.slot, name, getattr(setting.points, name)) for name in names]
        entries.extend(cap_entry(given.slot, lines, nth))
    return tuple(entries)
