"""No page or figure of staff is another one for what demonstrations and rehearsals brought."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from game.base.clock import now_ms
from game.base.days import day_of, days_after
from game.store.base import new_id
from game.store.tables import (
    BriefRow,
    Double,
    Lead,
    LeadKey,
    LeadTag,
    Nomination,
    Place,
    Player,
    Recommendation,
    RoundRow,
    Touchpoint,
    Verdict,
    Workshop,
)
from game.workshop.create import create_demo
from tests.privacy.test_no_ranking import House, addresses
from tests.privacy.test_no_ranking import house as house

pytestmark = pytest.mark.filterwarnings("ignore:Passing SelectField choices:DeprecationWarning")
# a demonstration has a page of its own there; who looked is noted; what helpers cost is measured
OWN = ("desk.workshops", "law.audit", "desk.ways")
DRAWN = re.compile(r'(?:csrf_token"[^>]*value|nonce)="[^"]*"|[\d,]+ ms de processeur')


def pages(house: House, client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Each page that tells of the pool, without what is drawn anew each time."""
    for name, path in addresses(house.world):
        if name.startswith(("desk.", "law.")) and name not in OWN:
            path += "?topic=Soudeur" if name == "desk.employers" else ""
            yield path, DRAWN.sub("", client.get(path).get_data(as_text=True))


def rehearse(s: Session, house: House, packs: Any) -> tuple[str, str]:
    """A demonstration that brought somebody with all that the desk counts; (workshop, lead)."""
    now, ids = now_ms(), house.world.ids
    demo = create_demo(s, packs)
    brief = BriefRow(workshop_id=demo.id, key="d", title="Soudeur", must_haves=[])
    player = Player(workshop_id=demo.id, nickname="D", folded="d", joined_at=now)
    row = RoundRow(workshop_id=demo.id, place=9, kind="recommend", seconds=60, phase="closed")
    same = {"role": "soudeuse inox", "company": "Acier d’essai", "skills": ["inox", "plans"]}
    same |= {"rehearsed": True, "agreed_at": now, "created_at": now}
    lead = Lead(name="Répétée Essai", **same)
    s.add(Lead(name="Répétée Encore", inform_by=day_of(now), informed_at=now, **same))  # not hired
    lead.verdict, lead.hired_at, lead.mail = "pursue", now, "re@exemple.fr"
    lead.inform_by = days_after(day_of(now), -1)
    s.add_all((brief, player, row, lead))
    s.flush()
    where = {"workshop_id": demo.id, "round_id": row.id, "at": now}
    about = {"channel": "essai", "brief_id": brief.id, "player_id": player.id}
    flags = dict.fromkeys(("known", "aware"), True)
    for n, one in enumerate((lead.id, ids["lead_id"][0])):  # a real one is named in it, too
        said = {"lead_id": one, "name": "Essai", "slot": f"lead:d{n}", "reach": "introduce"}
        said["relationship"] = "former-colleague"
        s.add(Recommendation(**said, **about, **where, **flags, internal=False))
    for n, status in enumerate(("asked", "accepted")):
        named = {"slot": f"expert:{n}", "nominee": f"Essai {n}", "status": status, "subject": "x"}
        s.add(Nomination(**named, player_id=player.id, **where))
    s.add(Place(slot="place:d", name="Bar d’essai", knows=True, **about, **where))
    day, call = day_of(now), {"kind": "call", "medium": "phone", "created_at": now}
    s.add(Touchpoint(lead_id=lead.id, due_on=day, **call))
    s.add(Touchpoint(lead_id=lead.id, due_on=day, done_at=now, **call))
    one, other = sorted((lead.id, ids["lead_id"][0]))
    s.add(Double(one_id=one, other_id=other, at=now))
    s.add(LeadTag(lead_id=lead.id, tag="essai"))
    s.add(LeadKey(lead_id=lead.id, key="m:re@exemple.fr"))
    s.add(Verdict(id=new_id(), lead_id=lead.id, verdict="pursue", reason="", at=now))
    return demo.id, lead.id


def test_what_a_demonstration_brings_changes_no_page_of_the_pool(house: House) -> None:
    game = house.world.app.extensions["sourcerie"]
    clients = [house.world.clients[role] for role in ("recruiter", "dpo")]
    before = [dict(pages(house, client)) for client in clients]
    demo, lead = game.writer.write(lambda s: rehearse(s, house, game.pack("fr")))
    after = [dict(pages(house, client)) for client in clients]
    changed = {
        path
        for was, now in zip(before, after, strict=True)
        for path in was
        if was[path] != now[path]
    }
    assert changed == set()

    def real(s: Session) -> None:
        s.execute(update(Workshop).where(Workshop.id == demo).values(sort="real"))
        s.execute(update(Lead).where(Lead.id == lead).values(rehearsed=False))

    game.writer.write(real)  # or it would prove nothing
    shown = dict(pages(house, clients[0]))
    found = {path for path in shown if shown[path] != after[0][path]}
    wanted = {"/desk", "/desk/agenda", "/desk/doubles", "/desk/introductions"}
    wanted |= {"/desk/management", "/desk/places", "/desk/nominees", "/desk/colleagues"}
    assert wanted <= found, wanted - found
