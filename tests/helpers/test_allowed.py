"""Each helper may know the fields of a closed list, tells a model no others, and costs a range."""

import pytest
from pydantic import ValidationError

from game.helpers import employers, message, post, wording
from game.helpers.contract import Given, Task
from game.helpers.energy import of_processor, watt_hours

PIECE = post.Piece(number=0, text="La licence est à jour.")
CASES = {
    "wording": (wording.TASK, wording.Compared(lang="fr", names=("Vendeur",)), {"lang", "names"}),
    "employers": (
        employers.TASK,
        employers.Wanted(lang="fr", position="Soudeur", known=("Brun",)),
        {"lang", "position", "known"},
    ),
    "post": (
        post.TASK,
        post.Question(lang="fr", question="Quelle licence ?", passages=(PIECE,)),
        {"lang", "question", "passages"},
    ),
    "message": (
        message.task({}),
        message.Card(lang="fr", occasion="first", tone="warm"),
        message.told_fields(),
    ),
}
# what no prompt ever holds: who somebody is, how to reach them, what was decided or noted of them
NEVER = {
    *("name", "last_name", "surname", "mail", "phone", "link", "address", "recommender"),
    *("verdict", "note", "notes", "reason", "lead", "lead_id"),
}


@pytest.mark.parametrize("key", CASES)
def test_a_helper_knows_a_closed_list_and_tells_no_more(key: str) -> None:
    task: Task[Given, object]
    task, given, allowed = CASES[key]  # type: ignore[assignment]
    fields = set(type(given).model_fields)
    assert not (fields | allowed) & NEVER
    if key != "message":  # whose phrases are needed to tell more
        assert set(task.told(given)) == allowed
    for one in NEVER:
        with pytest.raises(ValidationError):
            type(given).model_validate({**given.model_dump(), one: "Zéphyrine"})
    with pytest.raises(ValidationError):
        given.lang = "en"  # type: ignore[attr-defined]


def test_energy_is_a_range_that_grows_with_what_was_written() -> None:
    low, high = watt_hours(300)
    assert (round(low, 3), round(high, 3)) == (0.057, 0.8)
    assert watt_hours(0) == (0, 0)
    assert of_processor(3600) == (3, 20)
    assert watt_hours(600) == pytest.approx((2 * low, 2 * high))
