"""The description of the API: whole, in both languages, and held against the running one."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from game.web.api import asking, surface
from tests.api.program import Program
from tests.desk.at_desk import Desk


def test_it_is_openapi_3_1_and_its_page_tells_all_of_it(desk: Desk) -> None:
    client = desk.app.test_client()
    made: Any = client.get("/api/openapi.json").json
    assert made["openapi"].startswith("3.1")
    routes = {
        rule.rule.replace("<string(length=16):", "{").replace(">", "}")
        for rule in desk.app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1")
    }
    assert set(made["paths"]) == routes
    page = client.get("/api/docs").text
    for item in made["paths"].values():
        for told in item.values():
            assert f'id="{told["operationId"]}"' in page
    assert set(made["webhooks"]) == {"lead_recommended", "lead_reviewed", "lead_erased"}
    english: Any = client.get("/api/openapi.json", headers={"Accept-Language": "en"}).json
    assert made["paths"]["/api/v1/leads"]["get"]["summary"].startswith("Les pistes")
    assert english["paths"]["/api/v1/leads"]["get"]["summary"].startswith("Leads")
    assert "_(" not in str(english)


# what no schema can say
UNSAYABLE = {
    *("mail_invalid", "phone_invalid", "link_invalid", "only_first", "name_missing", "too_late"),
    *("channel_unknown", "brief_unknown", "reason_missing", "not_done", "date_invalid", "cut"),
}


def test_the_application_keeps_to_it(
    desk: Desk, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is asked, right or wrong, is answered as described; what is wrong is refused."""
    for limit in ("PER_TOKEN", "WRONG"):
        monkeypatch.setattr(asking, limit, asking.parse_many("1000000 per minute"))
    config = schemathesis.Config.from_dict(
        {
            "parameters": {"lead": desk.lead("Ada")},
            "generation": {"allow-x00": False, "with-security-parameters": False},
        }
    )
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", desk.app, config=config)
    operations = [result.ok() for result in schema.get_all_operations()]
    assert len(operations) == len(surface.operations)
    for operation in operations:
        _keeps(operation, program.key)


def _keeps(operation: schemathesis.APIOperation, key: str) -> None:
    modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    cases = st.one_of([operation.as_strategy(generation_mode=mode) for mode in modes])

    @settings(
        max_examples=15,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def check(case: schemathesis.Case) -> None:
        headers = {"Authorization": f"Bearer {key}"}
        answer = case.call(headers=headers)
        told = answer.json() if answer.status_code == 422 else {}
        codes = {one["code"] for one in told.get("errors", ())} or {told.get("code")}
        right = [positive_data_acceptance] if codes <= {*UNSAYABLE, "key_reused"} else []
        case.validate_response(answer, excluded_checks=right, headers=headers)

    check()
