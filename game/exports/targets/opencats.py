"""OpenCATS: a CSV whose columns are mapped at the import, with its own names of them."""

from game.exports.target import Form, Target, To

TARGET = Target(
    key="opencats",
    title="OpenCATS",
    columns=(
        To("First Name", "first_name"),
        To("Last Name", "last_name"),
        To("Email", "mail"),
        To("Cell Phone", "phone"),
        To("Current Employer", "company"),
        To("Web Site", "link"),
        To("Key Skills", "skills"),
        To("Notes", "note"),
    ),
    required=("first_name", "last_name"),
    form=Form(("csv",)),
)
