"""A pool of many leads, made straight in the database."""

import random
from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bench.room import make_rooms, pack
from game.rules.sought import folded
from game.store.base import new_id
from game.store.engine import Store
from game.store.statistics import count_anew
from game.store.tables import BriefRow, Lead, Player, Recommendation

AT_ONCE = 5_000
SYLLABLES = ("ma", "ri", "du", "pont", "ker", "gue", "len", "so", "bou", "cha", "vel", "tho", "nat")
ROLES = ("Développeuse back-end", "Infirmier de bloc", "Soudeuse", "Comptable", "Cheffe de partie")
CHANNELS = ("cooptation", "school", "trade-fair", "pool", "community")
VERDICTS = ("", "", "", "pursue", "nurture", "pass")
PLAYERS, BRIEFS = 500, 8


def fill(store: Store, count: int) -> None:
    """So many leads, each recommended once by one of a few hundred players of one workshop."""
    dice = random.Random(7)
    room = make_rooms(store, 1)[0]
    with Session(store.writing) as session:
        players, briefs = _players(session, room.id), _briefs(session, room.id)
        session.commit()
        for start in range(0, count, AT_ONCE):
            leads = [_lead(dice, n) for n in range(start, min(count, start + AT_ONCE))]
            session.execute(insert(Lead), leads)
            said = [
                {
                    **_said(dice, lead, n + start),
                    "player_id": players[n % PLAYERS],
                    "workshop_id": room.id,
                    "round_id": room.rounds[0],
                    "brief_id": dice.choice(briefs),
                }
                for n, lead in enumerate(leads)
            ]
            session.execute(insert(Recommendation), said)
            session.commit()
        count_anew(session.connection())  # as the end of an import does
        session.commit()


def _word(dice: random.Random, syllables: int) -> str:
    return "".join(dice.choice(SYLLABLES) for _ in range(syllables)).capitalize()


def _players(session: Session, workshop_id: str) -> list[str]:
    rows = [
        {
            **{"id": new_id(), "workshop_id": workshop_id, "nickname": f"Joueur {n}"},
            **{"folded": f"joueur {n}", "joined_at": n},
        }
        for n in range(PLAYERS)
    ]
    session.execute(insert(Player), rows)
    return [str(row["id"]) for row in rows]


def _briefs(session: Session, workshop_id: str) -> list[str]:
    rows = [
        BriefRow(id=new_id(), workshop_id=workshop_id, **_brief(brief))
        for brief in pack().briefs[:BRIEFS]
    ]
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows]


def _brief(brief: object) -> dict[str, object]:
    fields = dict(brief.model_dump())  # type: ignore[attr-defined]
    return {**fields, "must_haves": list(fields["must_haves"])}


def _lead(dice: random.Random, n: int) -> dict[str, object]:
    first, last = _word(dice, 2), _word(dice, 3)
    fields = {
        "name": f"{first} {last}",
        "role": dice.choice(ROLES),
        "company": f"{_word(dice, 3)} {_word(dice, 2)}",
        "skills": [_word(dice, 2) for _ in range(3)],
        "mail": f"{first}.{last}{n}@exemple.fr".lower(),
        "phone": f"+336{n:08}",
    }
    about = {
        "id": new_id(),
        "link": "",
        "channel": dice.choice(CHANNELS),
        "internal": n % 50 == 0,
        "origin": "workshop",
        "verdict": dice.choice(VERDICTS),
        "inform_by": date(2026, 1 + n % 12, 1),
        "created_at": 1_700_000_000_000 + n * 1_000,
    }
    return {**fields, **about, "folded": folded(fields)}


def _said(dice: random.Random, lead: dict[str, object], n: int) -> dict[str, object]:
    same = ("name", "role", "company", "skills", "mail", "phone", "link", "channel", "internal")
    return {
        **{name: lead[name] for name in same},
        "id": new_id(),
        "lead_id": lead["id"],
        "slot": f"lead:{n:08}",
        "relationship": "former-colleague",
        "known": True,
        "aware": n % 3 == 0,
        "reach": "phone",
        "reasons": [],
        "reason": f"A mené {_word(dice, 2)} de bout en bout.",
        "new_to_pool": True,
        "at": lead["created_at"],
    }
