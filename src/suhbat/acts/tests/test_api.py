"""A program reads the API's description and performs acts."""

import json
import re

import msgspec
import pytest
from jsonschema import Draft202012Validator

from suhbat.acts.registry import REGISTRY
from suhbat.record.checkpoints import read


@pytest.fixture
def described(client):
    return client.get("/api/openapi.json").json()


def test_every_act_is_described_with_its_input_and_its_rule(described):
    assert described["openapi"] == "3.1.0"
    for name, act in REGISTRY.items():
        operation = described["paths"][f"/acts/{name}"]["post"]
        assert act.rule[:40] in operation["description"]
        reference = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"]
        schema = described["components"]["schemas"][reference.rpartition("/")[2]]
        assert schema["additionalProperties"] is False
        fields = {field.encode_name for field in msgspec.structs.fields(act.input_type)}
        assert set(schema["properties"]) == fields


def test_the_schemas_are_json_schemas_and_agree_with_the_door(described, client):
    for name, schema in described["components"]["schemas"].items():
        Draft202012Validator.check_schema(schema), name
    whole = {"$ref": "#/components/schemas/Found", "components": described["components"]}
    judge = Draft202012Validator(whole)
    good = {"format": "ca-japan", "name": "Japan", "kind": "n-plus-one", "members": ["KZ"]}
    assert judge.is_valid(good)
    for wrong in ({**good, "kind": "club"}, {**good, "members": []}, {**good, "more": 1}, {"format": "ca-japan"}):
        assert not judge.is_valid(wrong)
        answer = client.post("/acts/format.founded", json=wrong)
        assert answer.status_code == 422
        refusal = {"$ref": "#/components/schemas/Refusal", "components": described["components"]}
        assert Draft202012Validator(refusal).is_valid(answer.json())


def test_the_page_of_the_api_links_to_no_other_server(client):
    page = client.get("/api", headers={"accept": "text/html"})
    assert page.status_code == 200
    assert "http://" not in page.text.replace("http://www.w3.org", "")
    assert "https://" not in page.text.replace("https://creativecommons.org", "")
    assert client.get("/api/swagger").status_code == 404


def test_the_checkpoint_is_served_and_grows_with_the_record(client, app, convene):
    empty = read(client.get("/record/checkpoint").text, client.get("/record/key").text.strip())
    assert empty.size == 0
    convene(app)
    grown = read(client.get("/record/checkpoint").text, client.get("/record/key").text.strip())
    assert grown.size == 3
    assert json.dumps(client.get("/api/openapi.json").json())


def test_the_page_of_the_api_loads_nothing_from_another_server(client):
    page = client.get("/api").text
    loaded = re.findall(r"""(?:src|href|action|srcset|data)=["']?([^"'\s>]+)""", page)
    assert loaded
    assert [address for address in loaded if address.startswith("//") or "://" in address] == []
    assert "<script" not in re.sub(r'<script type="module" src="/static/[^"]+">', "", page).lower()
