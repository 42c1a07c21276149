"""Monday morning: the workshop's page, the queue, verdicts that go on by themselves, and undo."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.live import player_cookie
from game.store.tables import Helper, Lead, Merge, Player, Recommendation, Verdict, Workshop
from tests.desk.monday import Desk, at, desk, points_of, shown_lead
from tests.reading import words_of


@pytest.fixture
def monday(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "instance") as made:
        yield made


def tell(monday: Desk, lead: str) -> None:
    """Somebody spoke to this person."""
    with Session(monday.store.writing) as s:
        s.execute(update(Lead).where(Lead.id == lead).values(informed_at=now_ms()))
        s.commit()


def test_the_page_of_a_workshop_says_what_to_do_first(monday: Desk) -> None:
    monday.bring(3)
    monday.submit(0, {**_plain(4), "reach": "", "reach_value": ""})
    page = monday.read_page(f"/desk/workshops/{monday.room.id}")
    said = words_of(page)
    assert "4 pistes, 3 avec un moyen de les joindre, 0 à informer cette semaine." in said
    assert "Commencer ici : 4 à juger" in said
    assert f"/desk/review?workshop={monday.room.id}&amp;brief=Soudeuse" in page  # by brief
    assert "1. recommend" in said  # by round
    assert "Personne" not in said  # and no name
    assert monday.room.id in monday.read_page("/desk/workshops")


def _plain(n: int) -> dict[str, str]:
    who = {"slot": "lead:plain", "name": f"Simple {n}", "relationship": "former-colleague"}
    return {**who, "reach": "", "reach_value": ""}


def test_a_verdict_goes_on_to_the_next_and_points_follow(monday: Desk) -> None:
    leads = monday.bring(3)
    path = f"/desk/review?workshop={monday.room.id}"
    assert shown_lead(monday.read_page(path)) == "Personne 00 Imaginaire"
    before = points_of(monday, 0)
    form = {"workshop": monday.room.id, "hide": "1"}
    answer = monday.post(f"/desk/review/{leads[0]}", verdict="pursue", **form)
    there = at(answer)
    assert f"at={leads[1]}" in there
    assert f"workshop={monday.room.id}" in there  # filters stay
    assert "hide=1" in there
    assert points_of(monday, 0) == (before[0] + 20, points_of(monday, 0)[1])
    assert points_of(monday, 0)[1] > 0
    assert "P0" not in words_of(monday.read_page(there))  # who recommended is hidden
    for lead in leads[1:]:
        answer = monday.post(f"/desk/review/{lead}", verdict="nurture", workshop=monday.room.id)
    assert shown_lead(monday.read_page(at(answer))) == "Tout est jugé."


def test_both_clocks_of_a_lead_are_on_its_screen(monday: Desk) -> None:
    """By when a recruiter answers, and by when the person is told."""
    monday.bring(1)
    shown = words_of(monday.read_page(f"/desk/review?workshop={monday.room.id}"))
    assert re.search(r"à répondre d.ici|réponse", shown)
    assert re.search(r"à informer d.ici \d+ jours", shown)


def test_next_and_previous_go_round(monday: Desk) -> None:
    leads = monday.bring(3)
    page = monday.read_page(f"/desk/review?at={leads[0]}")
    assert f"at={leads[1]}" in re.findall(r'href="([^"]+)" data-key="j', page)[0]
    assert f"at={leads[2]}" in re.findall(r'href="([^"]+)" data-key="k', page)[0]


def test_a_reason_is_asked_only_of_who_lets_go_somebody_spoken_to(monday: Desk) -> None:
    first, second = monday.bring(2)
    assert monday.post(f"/desk/review/{first}", verdict="pass").status_code == 303
    tell(monday, second)
    asked = monday.post(f"/desk/review/{second}", verdict="pass", workshop=monday.room.id)
    assert asked.status_code == 422
    assert 'name="reason" value="declined"' in asked.text
    assert monday.verdicts()[second] == ""
    done = monday.post(f"/desk/review/{second}", verdict="pass", reason="declined")
    assert done.status_code == 303
    assert "A dit non" in monday.read_page(f"/desk/leads/{second}")
    exported = monday.post("/desk/export/csv").text
    assert "A dit non" in exported
    assert "declined" not in exported


def test_the_same_is_asked_on_the_record(monday: Desk) -> None:
    first, _ = monday.bring(2)
    tell(monday, first)
    asked = monday.post(f"/desk/leads/{first}/verdict", verdict="pass", reason="")
    assert asked.status_code == 422
    assert "dites pourquoi" in asked.text


def test_undo_takes_back_one_after_another(monday: Desk) -> None:
    leads = monday.bring(2)
    before = points_of(monday, 0)
    for lead in leads:
        monday.post(f"/desk/review/{lead}", verdict="pursue")
    for left in (1, 0):
        page = monday.read_page("/desk/review")
        act = re.findall(r'name="act" value="([0-9a-f]{16})"', page)[0]
        there = at(monday.post("/desk/review/undo", kind="verdict", act=act))
        assert monday.count_given() == left
        assert f"at={leads[left]}" in there  # back to whom it was about
    assert points_of(monday, 0) == before
    assert set(monday.verdicts().values()) == {""}
    assert (monday.actions()["lead_judged"], monday.actions()["verdict_undone"]) == (2, 2)
    assert 'name="act"' not in monday.read_page("/desk/review")


def test_nobody_takes_back_what_another_judged(monday: Desk) -> None:
    (lead,) = monday.bring(1)
    monday.judge(lead, "pursue")
    act = monday.read(select(Verdict.act))[0][0]
    monday.post("/desk/review/undo", kind="verdict", act=act)
    assert monday.count_given() == 1


def test_many_at_once_and_back(monday: Desk) -> None:
    leads = monday.bring(4)
    tell(monday, leads[0])
    ticked = {"lead": leads[:3], "workshop": monday.room.id}
    refused = monday.post("/desk/review/list", verdict="pass", **ticked)
    assert refused.status_code == 422
    assert refused.text.count(" checked") >= 3  # what was ticked stays ticked
    assert monday.count_given() == 0
    monday.post("/desk/review/list", verdict="pass", reason="filled", **ticked)
    assert sorted(monday.verdicts().values()) == ["", "pass", "pass", "pass"]
    page = monday.read_page("/desk/review/list")
    assert "Derniers avis : Sans suite, 3 personnes" in page
    act = re.findall(r'name="act" value="([0-9a-f]{16})"', page)[0]
    monday.post("/desk/review/undo", kind="verdict", act=act)
    assert set(monday.verdicts().values()) == {""}
    assert monday.sums() == monday.entries()
    nothing = monday.post("/desk/review/list", verdict="pursue")
    assert "Cochez au moins une personne." in nothing.text


def test_merging_in_the_queue_and_back(monday: Desk) -> None:
    first, second = monday.bring(2)
    with Session(monday.store.writing) as s:
        s.get_one(Lead, second).name = "Personne 00 Imaginaire"
        s.commit()
    assert f"/desk/review/{first}/merge/{second}" in monday.read_page(f"/desk/review?at={first}")
    there = at(monday.post(f"/desk/review/{first}/merge/{second}"))
    page = monday.read_page(there)
    assert "Deux fiches réunies" in page
    (made,) = monday.read(select(Merge.id))[0]
    monday.post("/desk/review/undo", kind="merge", act=made)
    assert len(monday.leads()) == 2


def test_who_is_named_again_after_a_verdict_waits_again(monday: Desk) -> None:
    (lead,) = monday.bring(1)
    with Session(monday.store.writing) as s:
        s.execute(update(Recommendation).values(at=now_ms() - 10_000))
        s.commit()
    monday.judge(lead, "nurture")
    assert "Tout est jugé" in monday.read_page("/desk/review")
    monday.submit(
        1,
        {
            **_plain(0),
            "name": "Personne 00 Imaginaire",
            "reach": "phone",
            "reach_value": "06 12 34 57 00",
        },
    )
    assert shown_lead(monday.read_page("/desk/review")).strip() == "Personne 00 Imaginaire"


def test_a_demo_has_a_page_and_a_queue_of_its_own(monday: Desk) -> None:
    monday.bring(2)
    with Session(monday.store.writing) as s:
        s.execute(update(Workshop).values(sort="demo"))
        s.execute(update(Lead).values(rehearsed=True))
        s.commit()
    page = monday.read_page(f"/desk/workshops/{monday.room.id}")
    assert "C'est une démonstration" in page
    assert "Tout est jugé" in monday.read_page("/desk/review")
    own = monday.read_page(f"/desk/review?workshop={monday.room.id}")
    assert shown_lead(own) == "Personne 00 Imaginaire"
    assert "Imaginaire" not in monday.read_page("/desk")
    monday.post(f"/desk/workshops/{monday.room.id}/forget")
    assert monday.leads() == []


def test_reading_the_queue_leaves_a_trace_without_names(monday: Desk) -> None:
    monday.bring(1)
    monday.get("/desk/review")
    monday.get("/desk/review/list")
    assert monday.actions()["lead_shown"] == monday.actions()["leads_listed"] == 1


def test_hired_and_not_after_all(monday: Desk) -> None:
    (lead,) = monday.bring(1)
    monday.post(f"/desk/leads/{lead}/hired")
    assert "recrutée le" in monday.read_page(f"/desk/leads/{lead}")
    monday.post(f"/desk/leads/{lead}/hired")
    assert monday.read(select(Lead.hired_at))[0][0] is None
    assert {"lead_hired", "lead_not_hired"} <= set(monday.actions())


def test_recommenders_show_by_their_real_name_at_the_desk(monday: Desk) -> None:
    monday.bring(1)
    with Session(monday.store.writing) as s:
        s.execute(update(Player).values(real_name="Camille Bertin"))
        s.commit()
    assert "Camille Bertin" in monday.read_page("/desk/review")
    assert "Camille Bertin" not in monday.read_page("/desk/review?hide=1")


def test_a_player_reads_what_became_of_their_leads_alone(monday: Desk) -> None:
    monday.bring(2)
    monday.submit(1, {**_plain(7), "name": "Autre Personne"})
    path = f"/{monday.room.code}/mine"
    assert monday.get(path).status_code == 302  # a stranger goes to the door
    with monday.store.session() as s:
        key = s.get_one(Player, monday.players[0]).key
    name = player_cookie.name(monday.room.id, https=False)
    kept = player_cookie.written(monday.game.secret, monday.room.id, monday.players[0], key)
    monday.client.set_cookie(name, kept)
    page = monday.read_page(path)
    assert page.count("réponse d'ici") == 2
    assert "Autre Personne" not in page
    for lead in monday.leads():
        monday.judge(lead, "nurture")
    assert monday.read_page(path).count("pas maintenant") == 2


def test_asking_for_an_introduction_by_a_message_to_copy(monday: Desk) -> None:
    offer = {**_plain(1), "reach": "introduce", "own_name": "Camille Bertin"}
    monday.submit(0, {**offer, "own_mail": "camille@maison.fr"})
    page = monday.read_page("/desk/introductions")
    assert "Demander à Camille B. une présentation" in page
    assert "Bonjour Camille," in page
    assert "nous présenter Simple 1" in page
    assert "mailto:camille@maison.fr" in page
    assert monday.actions()["introductions_listed"] == 1


def test_the_remote_ends_with_a_link_for_who_may_read_leads(monday: Desk) -> None:
    link = f'href="/desk/workshops/{monday.room.id}"'
    helper = monday.sign_in("facilitator")
    with Session(monday.store.writing) as s:
        s.add(Helper(workshop_id=monday.room.id, user_id=helper, at=now_ms()))
        s.commit()
    page = monday.get(f"/remote/{monday.room.id}")
    assert page.status_code == 200
    assert link not in page.text
    monday.sign_in("admin")
    assert link in monday.get(f"/remote/{monday.room.id}").text
