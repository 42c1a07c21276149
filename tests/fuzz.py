"""Every page by every role, asked with whatever hands, scripts and strangers may send."""

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, cached_property
from ipaddress import IPv4Address
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, get_args
from urllib.parse import quote, unquote_to_bytes

import orjson
from flask import Flask, got_request_exception
from flask.testing import FlaskClient
from hypothesis import strategies as st
from sqlalchemy import String, func, select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule

from game import create_app
from game.accounts import user as accounts
from game.base.clock import now_ms
from game.base.config import load
from game.base.days import day_of
from game.base.roles import ROLES
from game.pool import feed
from game.privacy import own_link
from game.rules.own import is_one, own_parts
from game.rules.pack import Points
from game.rules.registry import kinds
from game.store.base import Base, new_id, new_key
from game.store.tables import (
    BriefRow,
    Double,
    ExportMapping,
    Helper,
    Invitation,
    Lead,
    Letter,
    Mailing,
    MessageTemplate,
    Nomination,
    Player,
    Position,
    Push,
    PushItem,
    Recommendation,
    RoundRow,
    SavedView,
    Touchpoint,
    TouchRule,
    User,
    Workshop,
)
from game.workshop import create

WEB = Path(__file__).parent.parent / "game" / "web"
STRANGER = "stranger"
PEOPLE = (*ROLES, "player", STRANGER)
ADDRESSES = count(10 << 24)  # each browser has its own, since addresses have limits
FRESH = 40  # requests after which there is a new set of things

FIELD = re.compile(r'(?:form|args|values|sent|typed)(?:\.get\(|\.getlist\(|\[)"([\w-]+)"')
HANDED = re.compile(r'\(typed, "([\w-]+)"')
WTF = re.compile(r"^\s+(\w+) = \w+Field\(", re.MULTILINE)
LISTED = re.compile(r"^(?:TEXTS|TICKS|FIELDS|PLAIN|CHECKED)\b.*?[({](.*?)[)}]", re.MULTILINE)


def _read_in(text: str) -> set[str]:
    found = {*FIELD.findall(text), *HANDED.findall(text), *WTF.findall(text)}
    for listed in LISTED.findall(text):
        found |= set(re.findall(r'"([a-z_]+)"', listed))
    return found


OPTIONS = {f"option-{name}" for kind in kinds().values() for name in kind.options.model_fields}
OTHERS = {*OPTIONS, *Points.model_fields, "csrf_token", *("name", "role", "company", "skills")}
# what a page hands on to a verb without naming it
OTHERS |= {"mail", "phone", "link", "lang", "kind", "medium", "subject", "body", "verdict", "agree"}
# the first row of each list that a position may have of its own
for part in own_parts():
    lists = {part.name: part.model} if not is_one(part) else {}
    for name, info in part.model.model_fields.items() if is_one(part) else ():
        if (held := get_args(info.annotation)) and hasattr(held[0], "model_fields"):
            lists[f"{part.name}.{name}"] = held[0]
    OTHERS |= {f"{name}.0.{one}" for name, model in lists.items() for one in model.model_fields}


@cache
def fields(folder: Path) -> list[str]:
    """The names of the fields that the pages of a folder read."""
    texts = [file.read_text() for file in folder.rglob("*.py")]
    return sorted(OTHERS.union(*map(_read_in, texts)))


NASTY = (
    *("", " ", "0", "-1", "²", "٣", "1e9", "NaN", "None", "true", "9" * 19, "9" * 30, "9" * 5_000),
    *(
        "\0",
        "\ud800",
        "a\udc00b",
        "a\0b",
        "a\r\nb: c",
        "\x1b[2J",
        "\ufffe",
        "\u202e",
        "e\u0301" * 50,
        "👩‍👩‍👧‍👦",
        "İ",
        "ﬁ",
    ),
    *("%", "%%s", "%(x)s", "{x}", "{{7*7}}", "'", '"; DROP TABLE leads;--', "<script>", "\\"),
    *("=1+1", "../../etc/passwd", "//evil.example", "//[", "http://[", "/\\evil", "javascript:1"),
    *("0001-01-01", "9999-12-31", "2026-02-30", "2026-12-03", "x" * 40, "x" * 1_000, "x" * 70_000),
    *("1.2", "0.0000000000000000", "1.aaaaaaaaaaaaaaaa", "999999999999999.ffffffffffffffff"),
)
SENSIBLE = (
    *("pursue", "nurture", "pass", "none", "fr", "en", "1", "2", "30", "60", "a@exemple.fr"),
    *("nickname", "identity", "balanced", "free", "department", "spot", "recommend", "expert"),
    *("accepted", "anonymous", "declined", "semicolon", "complet-60", "06 12 34 56 87", "Zoë"),
    *("message", "notice", "call", "phone", "mail", "out", "in", "plan", "send", "preview"),
    *("remove", "revoke", "merge", "later", "apart", "hired", "answered", "count", "name", "12"),
    *("facilitator", "recruiter", "admin", "dpo", "soudeur", "definition", "exemple.fr"),
)
RAW = (b"", b"\xff\xfe", b"%ED%A0%80", b"{", b"[]", b"null", b"1", b'"x"', b"a=%00&a=%ED%A0%80")
TYPES = (
    *("application/x-www-form-urlencoded", "application/json", "text/plain", "", "multipart/"),
    *("multipart/form-data", "multipart/form-data; boundary=x", "application/json; charset=x"),
)
HEADERS = ("Referer", "Accept-Language", "Accept", "Origin", "Cookie", "Range", "If-None-Match")
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "BREW")


@dataclass(eq=False)
class World:
    """The application, who asks, and what there is to ask about."""

    app: Flask
    clients: dict[str, FlaskClient]
    users: dict[str, str]
    ids: dict[str, list[str]] = field(default_factory=dict)
    asked: int = 0
    faults: list[BaseException] = field(default_factory=list)

    @cached_property
    def rules(self) -> list[Rule]:
        return sorted(self.app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))

    def refresh(self) -> None:
        """What was deleted, erased, locked or signed out by then is there again."""
        game = self.app.extensions["sourcerie"]
        self.ids = game.writer.write(self._things)
        for role in ROLES:
            token = game.writer.write(lambda s, role=role: self._link(s, role))
            self.clients[role] = client = self._client()
            came = client.post(f"/sign-in/link/{token}")
            assert came.status_code == 302, (role, came.status_code, came.text)
        self.clients["player"] = client = self._client()
        client.set_cookie("door", "1")
        joined = client.post(f"/{self.ids['code'][0]}/join", json={"nickname": new_id()})
        assert joined.status_code == 200, joined.text

    def _client(self) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["REMOTE_ADDR"] = str(IPv4Address(next(ADDRESSES)))
        return client

    def _link(self, session: Session, role: str) -> str:
        user = session.get(User, self.users.get(role, ""))
        if user is None:
            user = accounts.add_user(session, f"{role}-{new_id()}@maison.fr", role)
            self.users[role] = user.id
        user.disabled_at, user.role = None, role
        return accounts.link_token(self.app.extensions["sourcerie"].secret, user)

    def _things(self, s: Session) -> dict[str, list[str]]:
        game, now = self.app.extensions["sourcerie"], now_ms()
        owner = self.users.get("facilitator")
        made = create.create_demo(s, game.pack("fr"), owner)
        player = Player(
            **{"id": new_id(), "workshop_id": made.id, "nickname": new_id(), "key": new_id()},
            **{"folded": new_id(), "joined_at": now},
        )
        s.add(player)
        leads = [
            Lead(id=new_id(), name=f"Malo {n}", skills=[], inform_by=day_of(now), created_at=now)
            for n in range(2)
        ]
        s.add_all(leads)
        s.flush()
        rounds = list(s.scalars(select(RoundRow.id).where(RoundRow.workshop_id == made.id)))
        named = Nomination(
            **{"player_id": player.id, "round_id": rounds[0], "workshop_id": made.id},
            **{"slot": "expert", "nominee": "Zoë", "subject": "x", "at": now, "key": new_id()},
        )
        s.add(named)
        if self.users.get("recruiter"):
            s.add(Helper(workshop_id=made.id, user_id=self.users["recruiter"], at=now))
        briefs = list(s.scalars(select(BriefRow.id).where(BriefRow.workshop_id == made.id)))
        return {
            "workshop_id": [made.id],
            "round_id": rounds,
            "brief_id": briefs,
            "lead_id": [leads[0].id],
            "other_id": [lead.id for lead in leads],
            "user_id": list(self.users.values()),
            **self._at_the_desk(s, leads, rounds[0], player.id),
        }

    def _at_the_desk(
        self, s: Session, leads: Sequence[Lead], round_id: str, player_id: str
    ) -> dict[str, list[str]]:
        """What recruiters, people who were named and the officer have pages of."""
        secret, by, now = (
            self.app.extensions["sourcerie"].secret,
            self.users.get("recruiter"),
            now_ms(),
        )
        both, lead = sorted(one.id for one in leads), leads[0].id
        text = {"lang": "fr", "kind": "message", "subject": "Bonjour", "body": "{prénom}"}
        where = {"round_id": round_id, "workshop_id": s.get_one(RoundRow, round_id).workshop_id}
        said = {
            "relationship": "former-colleague",
            "channel": "people",
            "reach": "",
            "name": "Malo",
        }
        flags = dict.fromkeys(("known", "internal", "aware"), True)
        rows: dict[str, Any] = {
            "touchpoint_id": Touchpoint(
                lead_id=lead, kind="call", medium="phone", due_on=day_of(now), created_at=now
            ),
            "double_id": Double(one_id=both[0], other_id=both[1], at=now),
            "template_id": MessageTemplate(name="Mot", user_id=by, changed_at=now, **text),
            "mailing_id": Mailing(name="Mot", user_id=by, created_at=now, **text),
            "position_id": Position(
                **{"lang": "fr", "title": "Poste", "changed_by": by, "changed_at": now}
            ),
            "push_id": Push(target="ashby", lang="fr", user_id=by, created_at=now),
            "rule_id": TouchRule(
                **{"name": "Règle", "verdict": "pursue", "months": 4, "kind": "call"},
                **{"medium": "phone", "user_id": by, "created_at": now},
            ),
            "recommendation_id": Recommendation(
                **{"lead_id": lead, "slot": "lead:x", "at": now, "held": {"reason": "x"}},
                **{"player_id": player_id, "name": "Malo", **where, **said, **flags},
            ),
            "invitation": Invitation(key=new_key(), player_id=player_id, at=now, **where),
        }
        if by:
            rows["view_id"] = SavedView(user_id=by, name=new_id(), created_at=now)
            own = [{"heading": "Nom", "holds": "name", "fixed": "", "needed": False}]
            rows["mapping_id"] = ExportMapping(user_id=by, name="À moi", columns=own, at=now)
        s.add_all(rows.values())
        s.flush()
        s.add(Letter(mailing_id=rows["mailing_id"].id, lead_id=lead, at=now))
        doubt = PushItem(push_id=rows["push_id"].id, lead_id=lead, state="unsure", at=now)
        s.add(doubt)
        s.flush()
        keys = [rows["invitation"].key, feed.make(s, by, "name")] if by else []
        found = {name: [row.id] for name, row in rows.items()}
        return {
            **found,
            "item_id": [doubt.id],
            "target": ["ashby", "greenhouse", "french_excel"],
            "code": [*(s.scalars(select(Workshop.code).filter_by(id=where["workshop_id"]))), "fr"],
            "key": [*keys, *self._keys(s, where), "register-entry"],
            "token": [own_link.token(s, secret, lead, by)],
            "version": ["1", "9" * 19, "9" * 30],
        }

    def _keys(self, s: Session, where: dict[str, str]) -> list[str]:
        """What opens the big screen and a nominee's page."""
        key = select(Nomination.key).filter_by(round_id=where["round_id"])
        screen = select(Workshop.projector_key).filter_by(id=where["workshop_id"])
        return [*s.scalars(screen), *(k for k in s.scalars(key) if k)]


@contextmanager
def world(folder: Path, database_url: str = "", **more: Any) -> Iterator[World]:
    """A small house with somebody of each role in it; forms need no token here.

    `more` are settings of its own.
    """
    settings = load(instance_dir=folder, database_url=database_url, log_level="error")
    settings = settings.model_copy(update={"async_mode": "threading", "wire": "stock", **more})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # eventlet's notice, as `serving.async_patch` does
        app = create_app(settings, serving=False)
    app.config["WTF_CSRF_ENABLED"] = False
    made = World(app, {STRANGER: app.test_client()}, {})
    made.refresh()  # everybody is there,
    made.refresh()  # and owns what there is

    def keep(_app: Flask, exception: BaseException, **_: Any) -> None:
        made.faults.append(exception)

    got_request_exception.connect(keep, app)
    yield made
    app.extensions["sourcerie"].stop()


@dataclass(frozen=True)
class Asking:
    """One request, of what a person or a program may send."""

    who: str | int  # a role, or one of those who may
    rule: int  # which page, modulo how many there are
    method: str | int  # one of HTTP's, or one of the page's own
    parts: tuple[str | int, ...]  # of the address: a text, or which of the things there are
    query: tuple[tuple[str, str], ...]
    body: Any
    kind: str  # of body: form, json, files, raw
    type: str
    headers: tuple[tuple[str, str], ...]
    fill: int  # what most of the page's own fields hold is drawn from this; 0 leaves them out


TEXT = st.one_of(
    st.sampled_from(NASTY), st.sampled_from(SENSIBLE), st.sampled_from(SENSIBLE), st.text()
)


def seldom(often: st.SearchStrategy[Any], rare: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """The one, and one time in ten the other: who is refused at the door sees no room."""
    return st.integers(0, 9).flatmap(lambda n: rare if n == 0 else often)


PART = seldom(st.integers(0, 5), TEXT)
NAME = st.one_of(st.sampled_from(fields(WEB)), TEXT)
OWN = st.one_of(st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), NAME)
PAIRS = st.lists(st.tuples(OWN, TEXT), max_size=6)
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(NAME, inner, max_size=6)),
    max_leaves=8,
)
HEADER = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60)
BODY = st.one_of(
    st.tuples(st.just("form"), PAIRS, st.just("")),
    st.tuples(st.just("form"), PAIRS, st.just("")),
    st.tuples(st.just("json"), JSON, st.just("application/json")),
    st.tuples(st.just("files"), PAIRS, st.just("")),
    st.tuples(st.just("raw"), st.one_of(st.sampled_from(RAW), st.binary()), st.sampled_from(TYPES)),
)
ASKINGS = st.builds(
    lambda who, rule, method, parts, query, body, headers, fill: Asking(
        *(who, rule, method, tuple(parts), tuple(query), body[1], body[0], body[2]),
        *(tuple(headers), fill),
    ),
    seldom(st.integers(0, 9), st.sampled_from(PEOPLE)),
    st.integers(0, 500),
    seldom(st.integers(0, 9), st.sampled_from(METHODS)),
    st.lists(PART, min_size=4, max_size=4),
    st.lists(st.tuples(NAME, TEXT), max_size=4),
    BODY,
    st.lists(
        st.tuples(st.sampled_from(HEADERS), st.one_of(HEADER, st.sampled_from(NASTY[:8]))),
        max_size=2,
    ),
    st.integers(0, 2**32),
)


def _address(made: World, rule: Rule, asking: Asking) -> bytes:
    """The address of a page: its own words, and in its gaps what the asking says."""
    parts = iter(asking.parts)
    path = ""
    for gap, text in rule._trace:
        if text == "|":
            continue
        path += _gap(made, rule, text, next(parts, 0)) if gap else text
    return unquote_to_bytes(path)


def _gap(made: World, rule: Rule, name: str, part: str | int) -> str:
    if isinstance(part, str):
        return quote(part, safe="", errors="surrogatepass") if part != "%" else "%FF"
    choices = getattr(rule._converters[name], "regex", "")
    if choices.startswith("(?:"):
        listed = choices[3:-1].split("|")
        return listed[part % len(listed)]
    shape = getattr(rule._converters[name], "regex", "")
    there = made.ids.get(name, ["x"])
    there = [one for one in there if re.fullmatch(shape, one)] or there
    return there[part % len(there)]


def _query(pairs: Iterable[tuple[str, str]]) -> str:
    return "&".join("=".join(quote(t, errors="surrogatepass") for t in pair) for pair in pairs)


def _named(own: Sequence[str], pairs: Iterable[tuple[str | int, str]]) -> list[tuple[str, str]]:
    return [(own[k % len(own)] if isinstance(k, int) else k, value) for k, value in pairs]


def _filled(own: Sequence[str], fill: int) -> Iterator[tuple[str, str]]:
    """Most fields of a page, most of them with something sensible."""
    dice = Random(fill)
    for name in own if fill else ():
        if dice.random() < 0.8:
            yield name, dice.choice(SENSIBLE if dice.random() < 0.8 else NASTY)


def _body(asking: Asking, own: Sequence[str]) -> dict[str, Any]:
    if asking.kind == "form":
        pairs = [*_named(own, asking.body), *_filled(own, asking.fill)]
        return {"data": _query(pairs), "content_type": TYPES[0]}
    if asking.kind == "json":
        try:
            text = orjson.dumps(asking.body, option=orjson.OPT_NON_STR_KEYS)
        except (TypeError, orjson.JSONEncodeError):
            import json

            text = json.dumps(asking.body).encode()  # halves of characters, huge numbers
        return {"data": text, "content_type": asking.type}
    if asking.kind == "files":
        return {
            "data": _multipart(_named(own, asking.body)),
            "content_type": "multipart/form-data; boundary=x",
        }
    return {"data": asking.body, "content_type": asking.type}


def _multipart(pairs: list[tuple[str, str]]) -> bytes:
    made = b""
    for n, (name, value) in enumerate(pairs):
        file = b'; filename="x.txt"' if n % 2 == 0 else b""
        head = quote(name, safe="-_", errors="surrogatepass").encode()
        made += b'--x\r\nContent-Disposition: form-data; name="' + head + b'"' + file + b"\r\n\r\n"
        made += value.encode(errors="surrogatepass") + b"\r\n"
    return made + b"--x--\r\n"


def _who(view: Any, who: str | int) -> str:
    right = getattr(view, "right", None)
    may = right.roles if right else PEOPLE
    return who if isinstance(who, str) else may[who % len(may)]


def _method(rule: Rule, method: str | int) -> str:
    if isinstance(method, str):
        return method
    own = sorted((rule.methods or set()) & {"GET", "POST", "PUT"}, reverse=True)
    return own[method % len(own)]


def _folder(view: Any) -> Path:
    file = Path(view.__code__.co_filename)
    return file.parent if WEB in file.parents else WEB


def ask(made: World, asking: Asking) -> int:
    """Asks; the status. Raises AssertionError, with what happened inside, for a fault of ours."""
    if made.asked % FRESH == FRESH - 1:
        made.refresh()
    made.asked += 1
    made.faults.clear()
    rules = made.rules
    rule = rules[asking.rule % len(rules)]
    path = _address(made, rule, asking)
    view = made.app.view_functions[rule.endpoint]
    answer = made.clients[_who(view, asking.who)].open(
        "/",
        method=_method(rule, asking.method),
        query_string=_query(asking.query),
        headers=list(asking.headers),
        environ_overrides={"PATH_INFO": path.decode("latin-1")},
        **_body(asking, fields(_folder(view))),
    )
    answer.get_data()
    if (answer.status_code >= 500 and answer.status_code != 501) or made.faults:
        fault = made.faults[-1] if made.faults else None
        raise AssertionError(f"{answer.status_code} at {rule.endpoint}: {asking}") from fault
    return int(answer.status_code)


def overlong(made: World) -> list[str]:
    """Columns that hold more than they are declared to: SQLite takes it, PostgreSQL would not."""
    found = []
    with made.app.extensions["sourcerie"].store.session() as s:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                most = getattr(column.type, "length", None)
                if isinstance(column.type, String) and most:
                    longest = s.scalar(select(func.max(func.length(column)))) or 0
                    if longest > most:
                        found.append(f"{table.name}.{column.name}: {longest} > {most}")
    return found
