"""All pages of the desk, on one blueprint."""

from importlib import import_module

from game.web.desk.surface import blueprint

__all__ = ["blueprint"]

PAGES = (
    "aids",
    "trials",
    "ways",
    "leads.contact_link",
    "leads.cv",
    "leads.doubles",
    "leads.erase",
    "leads.files",
    "leads.lead",
    "leads.merge",
    "leads.table",
    "leads.talks",
    "leads.undo",
    "leads.verdict",
    "leads.views",
    "posts.documents",
    "posts.dossier",
    "posts.grids",
    "posts.interviews",
    "posts.questions",
    "review.bulk",
    "review.queue",
    "rooms.employers",
    "rooms.management",
    "rooms.mix",
    "rooms.nominees",
    "rooms.occasions",
    "rooms.places",
    "rooms.results",
    "rooms.wordings",
    "rooms.workshop",
    "touch.again",
    "touch.agenda",
    "touch.calendar",
    "touch.colleagues",
    "touch.introductions",
    "touch.reminders",
    "touch.rules",
    "touch.touchpoints",
    "transfer.export",
    "transfer.import_run",
    "transfer.imports",
    "transfer.mappings",
    "transfer.pushes",
    "transfer.references",
    "transfer.target_files",
    "transfer.targets",
    "writing.drafts",
    "writing.letters",
    "writing.messages",
    "writing.write",
)

for page in PAGES:
    import_module(f"game.web.desk.{page}")
