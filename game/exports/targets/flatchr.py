"""Flatchr: its way in wants a CV, which nobody has who has not applied."""

from game.base.speech import marked as _
from game.exports.target import Target

TARGET = Target(
    key="flatchr",
    title="Flatchr",
    required=("first_name", "last_name", "cv"),
    remarks=(
        _("Flatchr veut un CV pour chaque personne, et une piste n'en a pas : invitez la personne "
          "à postuler, ou saisissez-la là-bas."),
    ),
)  # fmt: skip
