"""The option that several targets share: whose credit a recommendation is there."""

from game.base.speech import marked as _
from game.exports.target import Option

CREDIT = Option(
    "credit",
    _("À qui revient la recommandation"),
    _(
        "Une ligne par collègue : mail professionnel = son identifiant là-bas. Seul compte qui a "
        "accepté d'être nommé."
    ),
    lines=True,
)
