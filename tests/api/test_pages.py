"""The pages of integrations: tokens and webhooks are made, shown once, ended; the officer reads."""

import re

from sqlalchemy import select

from game.accounts import webhook
from game.store.tables import ApiToken, AuditEntry, Job, Webhook, WebhookDelivery
from tests.desk.at_desk import Desk

NEW = {"name": "Greenhouse", "scopes": ["leads:read"], "days": "90"}


def test_a_token_is_shown_once_and_ends_when_it_is_revoked(desk: Desk) -> None:
    admin, by = desk.person("admin")
    wrong = admin.post("/integrations", data={"name": "Zapier", "scopes": ["all"], "days": "7"})
    assert wrong.status_code == 422
    assert 'value="Zapier"' in wrong.text  # what was typed is still there
    made = admin.post("/integrations", data=NEW).text
    (key,) = re.findall(r"srcr_[\w-]+", made)
    called = {"Authorization": f"Bearer {key}"}
    assert desk.app.test_client().get("/api/v1/leads", headers=called).status_code == 200
    page = admin.get("/integrations").text
    assert "Greenhouse" in page
    assert key not in page
    officer, _ = desk.person("dpo")
    read = officer.get("/integrations").text
    assert "Greenhouse" in read
    assert "revoke" not in read
    assert officer.post("/integrations", data=NEW).status_code == 403
    token = desk.read(lambda s: s.scalar(select(ApiToken.id).where(ApiToken.user_id == by)))
    admin.post(f"/integrations/tokens/{token}/revoke")
    assert desk.app.test_client().get("/api/v1/leads", headers=called).status_code == 401
    said = desk.read(
        lambda s: s.scalars(select(AuditEntry.action).where(AuditEntry.user_id == by)).all()
    )
    assert {"token_made", "token_revoked"} <= set(said)


def test_a_webhook_is_declared_stopped_and_its_messages_are_sent_again(desk: Desk) -> None:
    admin, _ = desk.person("admin", "en")
    wrong = admin.post("/integrations/webhooks", data={"url": "https://10.0.0.1/", "events": "x"})
    assert wrong.status_code == 422
    assert "Addresses on the local network are not notified." in wrong.text
    assert 'value="https://10.0.0.1/"' in wrong.text
    given = {"url": "https://hooks.exemple.fr/secret/1", "events": ["lead_erased"]}
    made = admin.post("/integrations/webhooks", data=given).text
    (key,) = re.findall(r"whsec_[\w+/=]+", made)
    assert key not in admin.get("/integrations/webhooks").text
    id = desk.read(lambda s: s.scalar(select(Webhook.id)))
    officer, _ = desk.person("dpo")
    read = (
        officer.get("/integrations/webhooks").text
        + officer.get(f"/integrations/webhooks/{id}").text
    )
    assert "https://hooks.exemple.fr/…" in read
    assert "secret/1" not in read  # an address's end may be one
    lost = {"webhook_id": id, "event": "lead_erased", "data": {"lead": "0" * 16}}
    lost |= dict.fromkeys(("at", "due_at", "asked_at"), 1)
    desk.write(lambda s: s.add(WebhookDelivery(id="m" * 16, state="failed", **lost)))
    again = f"/integrations/webhooks/messages/{'m' * 16}/again"
    assert officer.post(again).status_code == 403
    assert again in admin.get(f"/integrations/webhooks/{id}").text
    assert admin.post(again).status_code == 302
    waits = desk.read(lambda s: s.scalars(select(Job).where(Job.once == f"webhook {id}")).all())
    assert len(waits) == 1
    assert re.findall(r"whsec_[\w+/=]+", admin.post(f"/integrations/webhooks/{id}/renew").text)
    admin.post(f"/integrations/webhooks/{id}/stop")
    assert desk.read(lambda s: webhook.every(s))[0].hook.active is False
    admin.post(f"/integrations/webhooks/{id}/remove")
    assert desk.read(lambda s: s.scalars(select(WebhookDelivery)).all()) == []
