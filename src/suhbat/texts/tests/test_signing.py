"""Heads sign the adopted text with their passkeys; anyone can check the signatures without the server."""

import hashlib
import json
import secrets
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from tests.convened_meeting import seated
from webauthn.helpers import bytes_to_base64url

from suhbat.acts import ADMINISTRATION, Input, Occasion, Role
from suhbat.acts.registry import REGISTRY, Act
from suhbat.command import main
from suhbat.ground.language import lazy
from suhbat.ground.refusals import Kind, Refused
from suhbat.people.models import Passkey, Person
from suhbat.people.passkeys import fingerprint
from suhbat.texts.adoption.canonical_text import digest, document
from suhbat.texts.adoption.signatures import challenge_for
from suhbat.texts.adoption.signed_copy import findings, signed_copy
from suhbat.texts.models import Text
from suhbat.texts.tests.negotiating_table import Table


class Device:
    """A phone with one passkey."""

    def __init__(self, settings) -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.settings, self.id = settings, bytes_to_base64url(secrets.token_bytes(16))

    @property
    def public_key(self) -> bytes:
        numbers = self.key.public_key().public_numbers()
        key: bytes = cbor2.dumps(
            {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        )
        return key

    def answer(self, challenge: bytes, *, verified: bool = True) -> dict[str, Any]:
        client_data = json.dumps(
            {"type": "webauthn.get", "challenge": bytes_to_base64url(challenge), "origin": self.settings.origin}
        ).encode()
        authenticator_data = (
            hashlib.sha256(self.settings.host.encode()).digest() + bytes([5 if verified else 1]) + bytes(4)
        )
        signature = self.key.sign(authenticator_data + hashlib.sha256(client_data).digest(), ec.ECDSA(SHA256()))
        response = {"clientDataJSON": client_data, "authenticatorData": authenticator_data, "signature": signature}
        return {
            "id": self.id, "rawId": self.id, "type": "public-key", "clientExtensionResults": {},
            "response": {name: bytes_to_base64url(part) for name, part in response.items()},
        }  # fmt: skip


class Keep(Input, frozen=True, kw_only=True):
    person: str
    id: str
    public_key: str
    revoked: bool = False


def _decide(_occasion: Occasion, inputs: Keep) -> dict[str, Any]:
    """A passkey is saved."""
    return {"person": inputs.person, "id": inputs.id, "public_key": inputs.public_key, "revoked": inputs.revoked}


def _save_passkey(session, entry) -> None:
    body = entry.body
    if session.get(Person, body["person"]) is None:
        session.add(Person(id=body["person"], name=body["person"]))
        session.flush()
    key = session.get(Passkey, body["id"]) or Passkey(id=body["id"])
    key.person, key.public_key, key.kept = body["person"], bytes.fromhex(body["public_key"]), ""
    key.revoked = body["revoked"]
    session.add(key)


@pytest.fixture(autouse=True)
def saving_passkeys(monkeypatch):
    act = Act(
        "stage.kept", lazy("Keep"), frozenset({Role.ADMINISTRATOR}), "secretariat", Keep, _decide, effect=_save_passkey
    )
    monkeypatch.setitem(REGISTRY, "stage.kept", act)


class Ceremony:
    """An adopted text, and six heads with their phones."""

    def __init__(self, app, convened) -> None:
        self.table, self.app = Table(app, convened), app
        self.devices = {state: self.device(state) for state in ("JP", "KZ")}
        self.table.do("chair", "adoption.asked")
        self.table.do("JP", "adoption.answered", agrees=True)
        self.table.do("chair", "text.adopted")

    def device(self, state: str, *, revoked: bool = False, device: Device | None = None, person: str = "") -> Device:
        phone = device or Device(self.app.settings)
        inputs = {
            "person": person or f"head-{state.lower()}",
            "id": phone.id,
            "public_key": phone.public_key.hex(),
            "revoked": revoked,
        }
        self.app.door.perform(ADMINISTRATION, "stage.kept", inputs)
        return phone

    def challenge(self, state: str, **other: Any) -> bytes:
        with self.app.database.reading() as session:
            content = document(session, session.get_one(Text, self.table.state().id))
        return challenge_for({**content, **other}, state)

    def sign(self, state: str, answer: dict[str, Any] | None = None, digest: str = ""):
        answer = answer or self.devices[state].answer(self.challenge(state))
        return self.table.do(state, "text.signed", digest=digest or self.table.state().digest, answer=answer)

    def copy(self) -> dict[str, Any]:
        with self.app.database.reading() as session:
            signed = signed_copy(session, session.get_one(Text, self.table.state().id), self.app.settings.origin)
            return json.loads(json.dumps(signed))  # type: ignore[no-any-return]


@pytest.fixture
def ceremony(saving_passkeys, app, convene):
    return Ceremony(app, convene(app))


def refused(do, *arguments, **inputs) -> Refused:
    with pytest.raises(Refused) as refusal:
        do(*arguments, **inputs)
    return refusal.value


def test_a_signature_can_be_checked_without_the_server(ceremony, tmp_path, capsys):
    ceremony.sign("JP")
    ceremony.sign("KZ")
    fault, signature_findings = findings(ceremony.copy())
    assert fault == ""
    assert [(finding.delegation, finding.name, finding.fault) for finding in signature_findings] == [
        ("JP", "Head of JP", ""), ("KZ", "Head of KZ", ""),
    ]  # fmt: skip
    file = tmp_path / "signed.json"
    file.write_text(json.dumps(ceremony.copy()))
    assert main(["text", "verify", str(file)]) == 0
    output = capsys.readouterr().out
    assert "JP  Head of JP, Minister: good" in output
    assert "not signed by KG, TJ, TM, UZ" in output


@pytest.mark.parametrize(
    "spoil",
    [
        lambda copy: copy["document"]["paragraphs"][1].update(wording="The Ministers welcomed 3 billion yen."),
        lambda copy: copy["document"].update(title="Another Statement"),
        lambda copy: copy["signatures"][0].update(delegation="KZ"),
        lambda copy: copy["signatures"][0].update(delegation="US"),
        lambda copy: copy["signatures"][0].update(signature=copy["signatures"][0]["signature"][:-4] + "AAAA"),
        lambda copy: copy.update(origin="https://elsewhere.example"),
    ],
)
def test_whatever_is_altered_is_found(ceremony, spoil):
    ceremony.sign("JP")
    copy = ceremony.copy()
    spoil(copy)
    fault, signature_findings = findings(copy)
    assert fault or signature_findings[0].fault


def test_a_copy_signed_with_another_key_is_found_by_whoever_knows_the_heads_key(ceremony, tmp_path, capsys):
    ceremony.sign("JP")
    known_key = findings(ceremony.copy())[1][0].key
    forged, forger = ceremony.copy(), Device(ceremony.app.settings)
    forged["document"]["paragraphs"][1].update(wording="The Ministers welcomed 3 billion yen.")
    forged["digest"] = digest(forged["document"])
    signature = ceremony.copy()["signatures"][0]
    assert signature["fingerprint"] == known_key
    answer = forger.answer(challenge_for(forged["document"], "JP"))["response"]
    signature.update(
        public_key=bytes_to_base64url(forger.public_key), signature=answer["signature"],
        client_data=answer["clientDataJSON"], authenticator_data=answer["authenticatorData"],
    )  # fmt: skip
    forged["signatures"] = [signature]
    file = tmp_path / "forged.json"
    file.write_text(json.dumps(forged))
    assert main(["text", "verify", str(file)]) == 1
    assert "the key whose fingerprint the copy names" in capsys.readouterr().out
    signature["fingerprint"] = fingerprint(forger.public_key)
    file.write_text(json.dumps(forged))
    assert main(["text", "verify", str(file)]) == 0
    assert "cannot prove whose a key is" in capsys.readouterr().out
    assert main(["text", "verify", str(file), "--key", f"JP={known_key}"]) == 1
    assert "another key than the known one" in capsys.readouterr().out
    file.write_text(json.dumps(ceremony.copy()))
    for typed_key in (known_key, known_key.replace(" ", "").upper(), known_key.replace(" ", ":")):
        assert main(["text", "verify", str(file), "--key", f"JP={typed_key}"]) == 0
    assert main(["text", "verify", str(file), "--key", "JP"]) == 1


def test_a_file_that_is_no_signed_text_is_refused(tmp_path, capsys):
    for content in ("{}", "no", '{"form": "suhbat-signed-text-1", "document": {}, "signatures": [{}]}'):
        file = tmp_path / "file.json"
        file.write_text(content)
        assert main(["text", "verify", str(file)]) == 1


def test_a_signature_over_another_text_by_another_or_a_revoked_key_is_refused(ceremony):
    other = ceremony.devices["JP"].answer(ceremony.challenge("JP", title="Another Statement"))
    assert refused(ceremony.sign, "JP", other).kind == Kind.NOT_ALLOWED
    for_kz = ceremony.devices["JP"].answer(ceremony.challenge("KZ"))
    assert refused(ceremony.sign, "JP", for_kz).kind == Kind.NOT_ALLOWED
    assert (
        refused(ceremony.sign, "JP", ceremony.devices["KZ"].answer(ceremony.challenge("JP"))).kind == Kind.NOT_ALLOWED
    )
    assert refused(ceremony.sign, "JP", Device(ceremony.app.settings).answer(b"x")).kind == Kind.NOT_ALLOWED
    unverified = ceremony.devices["JP"].answer(ceremony.challenge("JP"), verified=False)
    assert refused(ceremony.sign, "JP", unverified).kind == Kind.NOT_ALLOWED
    assert refused(ceremony.sign, "JP", None, "0" * 64).kind == Kind.CONFLICT
    assert refused(ceremony.sign, "JP", {"id": "x"}).kind == Kind.INVALID
    ceremony.device("JP", revoked=True, device=ceremony.devices["JP"])
    assert refused(ceremony.sign, "JP").kind == Kind.NOT_ALLOWED
    assert ceremony.copy()["signatures"] == []


def test_a_delegation_signs_once_and_only_its_head(ceremony):
    ceremony.sign("JP")
    assert refused(ceremony.sign, "JP").kind == Kind.OUT_OF_ORDER
    adviser = seated(Role.ADVISER, ceremony.table.meeting, "KZ")
    answer = ceremony.devices["KZ"].answer(ceremony.challenge("KZ"))
    inputs = {"digest": ceremony.table.state().digest, "answer": answer}
    assert refused(ceremony.table.do, adviser, "text.signed", **inputs).kind == Kind.NOT_ALLOWED


def test_a_text_that_is_not_adopted_is_not_signed(ceremony):
    ceremony.table.text = ceremony.app.door.perform(
        ceremony.table.at.chair,
        "text.opened",
        {"meeting": ceremony.table.meeting, "title": "Other", "paragraphs": "1. X."},
    ).reply["text"]
    assert refused(ceremony.sign, "JP").kind == Kind.OUT_OF_ORDER


def test_signatures_become_public_with_the_text(ceremony):
    number = ceremony.sign("JP").entry.number
    done = ceremony.table.do("secretariat", "text.published")
    with ceremony.app.database.reading() as session:
        from suhbat.record.models import EntryRow

        assert session.get_one(EntryRow, number).released_by == done.entry.number
    assert ceremony.sign("KZ").entry.audience == "public"


def test_the_page_shows_the_fingerprint_of_each_key_that_signed(sitting, ceremony, signed_in):
    ceremony.app.door.perform(ceremony.table.at.secretariat, "stage.seated", {"meeting": ceremony.table.meeting})
    ceremony.sign("KZ")
    page = f"/meetings/{ceremony.table.meeting}/texts/{ceremony.table.text}"
    html = signed_in("uz").get(page).text
    assert f"<code>{fingerprint(ceremony.devices['KZ'].public_key)}</code>" in html
    assert fingerprint(ceremony.devices["JP"].public_key) not in html


def test_the_page_takes_neither_a_revoked_key_nor_a_signature_over_another_text(sitting, ceremony, signed_in):
    table = ceremony.table
    ceremony.app.door.perform(table.at.secretariat, "stage.seated", {"meeting": table.meeting})
    address, browser = f"/meetings/{table.meeting}/texts/{table.text}/sign", signed_in("kz")
    device = ceremony.device("KZ", person="kz")
    options = browser.get(address).json()
    assert [key["id"] for key in options["allowCredentials"]] == [device.id]
    assert options["challenge"] == bytes_to_base64url(ceremony.challenge("KZ"))
    other = device.answer(ceremony.challenge("KZ", title="Another Statement"))
    assert browser.post(address, json=other).status_code == 403
    right = device.answer(ceremony.challenge("KZ"))
    ceremony.device("KZ", person="kz", revoked=True, device=device)
    assert browser.get(address).status_code == 409
    assert browser.post(address, json=right).status_code == 403
    assert ceremony.copy()["signatures"] == []
    again = ceremony.device("KZ", person="kz")
    assert browser.post(address, json=again.answer(ceremony.challenge("KZ"))).status_code == 201
    assert [signature["delegation"] for signature in ceremony.copy()["signatures"]] == ["KZ"]
