"""Who may do what: every page by every role, so that a page without a policy is noticed."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
import socketio
from flask import Flask

from game import create_app
from game.base.config import load
from game.live.commands import COMMANDS
from game.store.tables import Player
from tests.accounts.people import ROLES, Person, Things, person, things, things_in
from tests.databases import lay_tables
from tests.serving import Phone, Remote, Server, Wire

ADMIN = {"admin"}
OWNER = {"admin", "owner"}
TEAM = {"admin", "owner", "helper"}
RUNNERS = {*TEAM, "other"}
WRITERS = {*RUNNERS, "recruiter"}
READERS = {"admin", "recruiter", "dpo"}
JUDGES = {"admin", "recruiter"}
KEEPERS = {"admin", "dpo"}
ALL = set(ROLES)
# who may, by the page's name: a page that is not here fails the test, and so does one too many
PAGES = {
    "agenda.add_brief": TEAM,
    "agenda.add_round": TEAM,
    "agenda.brief": TEAM,
    "agenda.bring_languages": TEAM,
    "agenda.change_round": TEAM,
    "agenda.edit_round": TEAM,
    "agenda.new_brief": TEAM,
    "check.found": TEAM,
    "check.page": TEAM,
    "rehearsal.begin": TEAM,
    "rehearsal.end": OWNER,
    "report.file": TEAM,
    "report.page": TEAM,
    "account.page": ALL,
    "account.end": ALL,
    "second.page": ALL,
    "users.change": ADMIN,
    "users.page": ADMIN,
    "look.page": TEAM,
    "words.page": TEAM,
    "desk.again": JUDGES,
    "desk.again_for": JUDGES,
    "desk.agenda": JUDGES,
    "desk.agreement": JUDGES,
    "desk.bulk": JUDGES,
    "desk.calendar": JUDGES,
    "desk.colleagues": JUDGES,
    "desk.add_colleague": JUDGES,
    "desk.remove_colleague": JUDGES,
    "desk.open_talk": JUDGES,
    "desk.close_talk": JUDGES,
    "desk.call_back": JUDGES,
    "desk.change_touchpoint": JUDGES,
    "desk.correct": JUDGES,
    "desk.decide": JUDGES,
    "desk.doubles": JUDGES,
    "desk.aids": JUDGES,
    "desk.wordings": JUDGES,
    "desk.choose_wording": JUDGES,
    "desk.take_back_wording": JUDGES,
    "desk.ask_for_wordings": JUDGES,
    "desk.employers": JUDGES,
    "desk.employers_file": JUDGES,
    "desk.decide_employer": JUDGES,
    "desk.ask_for_employers": JUDGES,
    "desk.message_drafts": JUDGES,
    "desk.show_drafts": JUDGES,
    "desk.show_employers": JUDGES,
    "desk.ask_for_drafts": JUDGES,
    "desk.draft_page": JUDGES,
    "desk.stop_draft": JUDGES,
    "desk.cv_page": JUDGES,
    "desk.lay_cv": JUDGES,
    "desk.note_cv": JUDGES,
    "desk.drop_cv": JUDGES,
    "desk.dossier": JUDGES,
    "desk.show_dossier": JUDGES,
    "desk.bring_document": JUDGES,
    "desk.remove_document": JUDGES,
    "desk.ask_post": JUDGES,
    "desk.ask_model_of_post": JUDGES,
    "desk.grid": JUDGES,
    "desk.show_grid": JUDGES,
    "desk.save_grid": JUDGES,
    "desk.print_grid": JUDGES,
    "desk.interviews": JUDGES,
    "desk.begin_interview": JUDGES,
    "desk.interview": JUDGES,
    "desk.bring_sound": JUDGES,
    "desk.agree_to_sound": JUDGES,
    "desk.hand_over_sound": JUDGES,
    "desk.stop_sound": JUDGES,
    "desk.tap_question": JUDGES,
    "desk.paste_transcript": JUDGES,
    "desk.withdraw_transcript": JUDGES,
    "desk.file_passage": JUDGES,
    "desk.ways": JUDGES,
    "desk.trial": JUDGES,
    "desk.begin_trial": JUDGES,
    "desk.pick_in_trial": JUDGES,
    "desk.edit_rule": JUDGES,
    "desk.edit_template": JUDGES,
    "desk.erase": READERS,
    "desk.export": JUDGES,
    "desk.export_page": JUDGES,
    "desk.of_target": JUDGES,
    "desk.export_to": JUDGES,
    "desk.connect_target": ADMIN,
    "desk.set_target": JUDGES,
    "desk.push_to": JUDGES,
    "desk.push_page": JUDGES,
    "desk.stop_push": JUDGES,
    "desk.resume_push": JUDGES,
    "desk.settle_push": JUDGES,
    "desk.new_mapping": JUDGES,
    "desk.edit_mapping": JUDGES,
    "desk.save_mapping": JUDGES,
    "desk.remove_mapping": JUDGES,
    "desk.lead_held": READERS,
    "desk.lead_card": JUDGES,
    "desk.forget_rehearsal": READERS,
    "desk.hired": JUDGES,
    "desk.offered_way": JUDGES,
    "desk.informed": READERS,
    "desk.columns": JUDGES,
    "desk.import_page": JUDGES,
    "desk.imports": JUDGES,
    "desk.references": JUDGES,
    "desk.bring_reference": JUDGES,
    "desk.change_reference": JUDGES,
    "desk.introductions": JUDGES,
    "desk.judge": JUDGES,
    "desk.judge_next": JUDGES,
    "desk.lead": READERS,
    "desk.leads": READERS,
    "desk.letters": JUDGES,
    "desk.mailing_page": JUDGES,
    "desk.merge": JUDGES,
    "desk.messages": JUDGES,
    "desk.new_template": JUDGES,
    "desk.mix": READERS,
    "desk.management": READERS,
    "desk.management_file": READERS,
    "desk.save_costs": ADMIN,
    "desk.nominee_link": JUDGES,
    "desk.nominees": JUDGES,
    "desk.objected": READERS,
    "desk.outcome": JUDGES,
    "desk.part": JUDGES,
    "desk.occasions": JUDGES,
    "desk.add_occasion": JUDGES,
    "desk.occasion_page": JUDGES,
    "desk.add_hosts": JUDGES,
    "desk.close_occasion": JUDGES,
    "desk.cards": JUDGES,
    "desk.remove_card": JUDGES,
    "desk.places": READERS,
    "desk.result_file": READERS,
    "desk.results": READERS,
    "desk.review": JUDGES,
    "desk.review_merge": JUDGES,
    "desk.undo": JUDGES,
    "desk.workshop": READERS,
    "desk.workshops": READERS,
    "desk.contact_link": READERS,
    "desk.revoke_link": READERS,
    "law.texts": KEEPERS,
    "law.pass_text": KEEPERS,
    "law.strike_text": KEEPERS,
    "law.audit": KEEPERS,
    "law.audit_file": KEEPERS,
    "law.facts": KEEPERS,
    "law.paper": KEEPERS,
    "law.paper_file": KEEPERS,
    "law.papers": KEEPERS,
    "law.publish_notice": KEEPERS,
    "law.year_links": KEEPERS,
    "law.close_year_link": KEEPERS,
    "law.published_notice": {*WRITERS, *KEEPERS},
    "law.write_notice": {*WRITERS, *KEEPERS},
    "integrations.tokens": KEEPERS,
    "integrations.make_token": ADMIN,
    "integrations.revoke_token": ADMIN,
    "integrations.webhooks": KEEPERS,
    "integrations.webhook_log": KEEPERS,
    "integrations.declare_webhook": ADMIN,
    "integrations.change_webhook": ADMIN,
    "integrations.send_again": ADMIN,
    "integrations.chats": KEEPERS,
    "integrations.declare_chat": ADMIN,
    "integrations.try_chat": ADMIN,
    "integrations.remove_chat": ADMIN,
    "desk.remove_view": READERS,
    "desk.reminders": JUDGES,
    "desk.rules": JUDGES,
    "desk.save_view": READERS,
    "desk.map_columns": JUDGES,
    "desk.start_import": JUDGES,
    "desk.stop_import": JUDGES,
    "desk.stop_mailing": JUDGES,
    "desk.undo_import": JUDGES,
    "desk.upload": JUDGES,
    "desk.tags": JUDGES,
    "desk.touch": JUDGES,
    "desk.write": JUDGES,
    "desk.written_to": JUDGES,
    "positions.edit": WRITERS,
    "positions.page": WRITERS,
    "positions.remove": WRITERS,
    "positions.sheet": WRITERS,
    "positions.take_sheet": WRITERS,
    "prepare.copy": TEAM,
    "prepare.delete": OWNER,
    "prepare.demo": RUNNERS,
    "prepare.edit": TEAM,
    "prepare.points": TEAM,
    "prepare.regenerate": TEAM,
    "prepare.rekey": TEAM,
    "prepare.workshops": ALL,
    "preview.page": TEAM,
    "preview.round_screen": TEAM,
    "preview.stage_screen": TEAM,
    "remote.found": TEAM,
    "remote.hand": TEAM,
    "remote.link": TEAM,
    "remote.page": TEAM,
    "remote.small": TEAM,
    "team.dismiss": OWNER,
    "team.invite": OWNER,
}
OPEN = {
    "answer.back",
    *(f"api.{name}" for name in ("add_lead", "description", "docs", "judge_lead", "list_audit")),
    *(f"api.{name}" for name in ("list_briefs", "list_leads", "list_workshops", "one_lead")),
    *(f"api.{name}" for name in ("one_workshop", "search_leads", "tag_lead", "touch_lead")),
    *(f"api.{name}" for name in ("cancel_touchpoint", "finish_touchpoint")),
    "answer.take",
    "auth.forgotten",
    "auth.link",
    "auth.sign_in_page",
    "auth.sign_out",
    *(f"contact.{name}" for name in ("talk", "change_talk", "talk_file", "colleague_page")),
    *(f"contact.{name}" for name in ("offer", "answer_talk", "colleague_file")),
    *(f"contact.{name}" for name in ("guest", "card", "stand", "enter", "stand_worker")),
    "contact.evening",
    "contact.expert",
    "contact.invited",
    "contact.own",
    "contact.own_data",
    "contact.wish",
    "inviting.invitations",
    "inviting.invite",
    "installed.manifest",
    "lexicon.words",
    "own_data.erase",
    "own_data.file",
    "own_data.page",
    "desk.calendar_file",
    "health.alive",
    "health.measures",
    "health.ready",
    "door_house.leave",
    "house.back",
    "house.leave",
    "i18n.set_language",
    "mine.my_leads",
    *(f"year.{name}" for name in ("mine", "agree", "page", "add", "change")),
    "phone.home",
    "joining.join",
    "moving.ask",
    "my_ways.ask",
    "my_ways.choose",
    "my_ways.come",
    "my_ways.mine",
    "moving.link",
    "moving.take",
    "phone.page",
    "phone.page_with_slash",
    "warm_up.page",
    "check.here",
    "check.tell",
    "look.logo",
    "look.sheet",
    "projector.page",
    "projector.signs",
    "second.step",
    "remote.take",
}
FINDS_NOTHING = {
    "integrations.revoke_token",
    "integrations.webhook_log",
    "integrations.change_webhook",
    "integrations.send_again",
    "integrations.try_chat",
    "integrations.remove_chat",
    "law.published_notice",
    "law.pass_text",
    "law.strike_text",
    "law.close_year_link",
    *(
        "agenda.add_brief",
        "positions.edit",
        "positions.remove",
        "positions.sheet",
        "positions.take_sheet",
        "desk.again_for",
        "desk.decide",
        "desk.change_touchpoint",
        *("desk.cv_page", "desk.lay_cv", "desk.note_cv", "desk.drop_cv"),
        *("desk.trial", "desk.begin_trial", "desk.pick_in_trial"),
        *("desk.print_grid", "desk.interview", "desk.tap_question"),
        *("desk.bring_sound", "desk.agree_to_sound", "desk.hand_over_sound", "desk.stop_sound"),
        *("desk.paste_transcript", "desk.withdraw_transcript", "desk.file_passage"),
        "desk.ask_for_drafts",
        "desk.draft_page",
        "desk.stop_draft",
        "desk.edit_rule",
        "desk.edit_template",
        "desk.columns",
        "desk.import_page",
        "desk.change_reference",
        "desk.mailing_page",
        "desk.map_columns",
        "desk.start_import",
        "desk.undo_import",
        "desk.remove_view",
        "desk.offered_way",
        "desk.stop_mailing",
        "desk.part",
        "desk.result_file",
        "desk.reminders",
        "desk.export_to",
        "desk.connect_target",
        "desk.set_target",
        "desk.push_to",
        "desk.push_page",
        "desk.stop_push",
        "desk.resume_push",
        "desk.settle_push",
        "desk.edit_mapping",
        "desk.remove_mapping",
        *("desk.occasion_page", "desk.add_hosts", "desk.close_occasion"),
        *("desk.cards", "desk.remove_card"),
    ),
}  # none there
BLANK = Things(*["0" * 16] * 8)
SHUT = {"not_allowed", "signed_out", "unknown_workshop"}
CHOICES = {
    "what": "link",
    "surface": "phone",
    "stage": "lobby",
    "phase": "open",
    "kind": "csv",
    "code": "fr",
    "key": "register-entry",
    "version": "1",
    "step": "done",
    "form": "json",
    "card": "vcard",
    "fate": "lost",
    "more": "key",
    "paper": "pdf",
    "act": "stop",
    "task": "wording",
    "nth": "0",
    "decision": "leave",
}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """The application, not served: only its map is read."""
    folder = tmp_path / "map"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # eventlet's notice, as `serving.async_patch` does
        lay_tables(folder / "sourcerie.db")
        made = create_app(load(instance_dir=folder, database_url=""), serving=False)
    yield made
    made.extensions["sourcerie"].stop()


def test_of_every_page_somebody_said_who_may_see_it(app: Flask) -> None:
    marked = {name: getattr(view, "right", "nobody") for name, view in app.view_functions.items()}
    assert not {name for name, right in marked.items() if right == "nobody"}
    assert {name for name, right in marked.items() if right is None} == OPEN
    assert set(marked) - OPEN == set(PAGES)


def paths(app: Flask, made: Things, user_id: str) -> Iterator[tuple[str, str, str]]:
    """Every page that is not open, as (name, method, path) about these things."""
    ids = {**vars(made), **CHOICES, "user_id": user_id}
    urls = app.url_map.bind("x")
    for rule in app.url_map.iter_rules():
        if rule.endpoint in PAGES:
            values = {name: ids.get(name, "0" * 16) for name in rule.arguments}
            if rule.endpoint == "agenda.change_round":
                values["what"] = "copy"
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                yield rule.endpoint, method, urls.build(rule.endpoint, values, method=method)


def test_every_page_by_every_role(app: Flask, server: Server) -> None:
    people = {name: person(server, role, name) for name, role in ROLES.items()}
    spare = person(server, "dpo", "spare")
    stranger, store = Person(server), server.store()
    wrong = []
    for name in [*people, "stranger"]:
        who = people.get(name, stranger)
        spoilt, asked = True, list(paths(app, BLANK, ""))
        for n in range(len(asked)):
            if spoilt:  # what was deleted, merged or erased is there again
                made = things_in(store, people["owner"].user_id, people["helper"].user_id)
                asked = list(paths(app, made, spare.user_id))
            page, method, path = asked[n]
            spoilt = method == "POST" and name in PAGES[page]
            answer = who.ask(method, path)
            assert answer.status_code < 500, (page, method)
            to_sign_in = "/sign-in?" in answer.headers.get("Location", "")
            came_in = answer.status_code not in (403, 404) and not to_sign_in
            came_in |= page in FINDS_NOTHING and answer.status_code != 403 and name in PAGES[page]
            if came_in != (name in PAGES[page]):
                wrong.append((name, page, method, answer.status_code))
            if name == "stranger" and method == "GET":
                assert to_sign_in, page
    store.close()
    assert wrong == []


def refuses(who: Person, workshop_id: str) -> bool:
    """Is this person's remote not let in?"""
    try:
        Remote(who, {"id": workshop_id}).wire.close()
    except socketio.exceptions.ConnectionError:
        return True
    return False


def test_every_command_by_everybody(server: Server) -> None:
    people = {name: person(server, role, name) for name, role in ROLES.items()}
    made = things(server, people["owner"].user_id, people["helper"].user_id)
    workshop = {"id": made.workshop_id, "code": made.code}
    let_in = {name for name, who in people.items() if not refuses(who, made.workshop_id)}
    assert let_in == TEAM
    assert refuses(Person(server), made.workshop_id)
    remote, phone = Remote(people["owner"], workshop), Phone(server, workshop).play()
    auth = {"surface": "projector", "workshop": made.workshop_id, "key": made.key, "v": 0}
    projector = Wire(server, people["owner"].http.cookies, auth).open()
    for n, name in enumerate(COMMANDS):
        if n % 10 == 9:  # who presses so fast for so long is taken for a flood, and cut off
            remote.wire.close()
            remote = Remote(people["owner"], workshop)
        for wire in (phone.wire, projector):
            assert wire.call("command", {"do": name, "v": 1})["error"]["code"] == "not_allowed"
        said = remote.do(name, player="x")
        assert said["ok"] or said["error"]["code"] not in SHUT, name
    for wire in (remote.wire, phone.wire, projector):
        wire.close()


def test_others_cannot_reach_a_round_or_brief_through_a_workshop_of_their_own(
    server: Server,
) -> None:
    people = {name: person(server, "facilitator", name) for name in ("owner", "other", "helper")}
    mine = things(server, people["owner"].user_id, people["helper"].user_id)
    theirs = things(server, people["other"].user_id, people["helper"].user_id)
    base = f"/workshops/{theirs.workshop_id}"
    who = people["other"]
    for method, path in (
        ("POST", f"{base}/rounds/{mine.round_id}/remove"),
        ("POST", f"{base}/rounds/{mine.round_id}"),
        ("GET", f"{base}/briefs/{mine.brief_id}"),
        ("POST", f"{base}/briefs/{mine.brief_id}"),
        ("GET", f"{base}/preview/phone/{mine.round_id}/open"),
    ):
        assert who.ask(method, path).status_code in (403, 404, 422), path
    assert mine.round_id in people["owner"].get(f"/workshops/{mine.workshop_id}").text


def test_a_remote_reaches_nobody_and_nothing_of_another_workshop(server: Server) -> None:
    owner, other = person(server, "facilitator", "owner"), person(server, "facilitator", "other")
    mine = things(server, owner.user_id, owner.user_id)
    theirs = things(server, other.user_id, other.user_id)
    store = server.store()
    with store.session() as s:
        player = s.query(Player).filter_by(workshop_id=mine.workshop_id).one().id
    store.close()
    remote = Remote(other, {"id": theirs.workshop_id})
    wanted = {
        **{name: {"player": player} for name in ("remove", "forgive", "vouch")},
        "rename": {"player": player, "nickname": "Ortie vive"},
        "shorten": {"round": mine.round_id, "seconds": 60},
        "insert": {"kind": "spot", "brief_id": mine.brief_id},
    }
    told = {name: remote.do(name, **more)["error"]["code"] for name, more in wanted.items()}
    remote.wire.close()
    assert told == {
        **dict.fromkeys(("remove", "forgive", "vouch", "rename"), "unknown_player"),
        **{"shorten": "unknown_round", "insert": "bad_input"},
    }
    hand = f"/remote/{theirs.workshop_id}/hand"
    assert other.ask("POST", hand, player=player).status_code == 422


def test_a_list_holds_only_what_is_ones_own(server: Server) -> None:
    people = {name: person(server, role, name) for name, role in ROLES.items()}
    made = things(server, people["owner"].user_id, people["helper"].user_id)
    seen = {
        name
        for name in ROLES
        if f"/workshops/{made.workshop_id}" in people[name].get("/workshops").text
    }
    assert seen == {"admin", "owner", "helper"}
    assert f"{made.workshop_id}/delete" not in people["helper"].get("/workshops").text


def test_an_owner_invites_and_dismisses(server: Server, app: Flask) -> None:
    owner, other = person(server, "facilitator", "owner"), person(server, "facilitator", "other")
    recruiter = person(server, "recruiter")
    made = things(server, owner.user_id, owner.user_id)
    path = f"/workshops/{made.workshop_id}"
    mail = other.get("/account").text.split('class="note">')[1].split("<")[0]
    assert other.get(path).status_code == 404
    assert owner.ask("POST", f"{path}/helpers", mail=mail.upper()).status_code == 302
    assert other.get(path).ok
    assert other.get(f"/remote/{made.workshop_id}").ok
    refused = recruiter.get("/account").text.split('class="note">')[1].split("<")[0]
    said = owner.ask("POST", f"{path}/helpers", mail=refused)
    assert said.status_code == 422
    assert refused in said.text  # what was typed is still there
    assert owner.ask("POST", f"{path}/helpers/{other.user_id}/dismiss").status_code == 302
    assert other.get(path).status_code == 404
