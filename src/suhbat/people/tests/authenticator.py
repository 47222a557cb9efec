"""A passkey device in software, for tests without a browser: ES256, discoverable, with user verification."""

import hashlib
import json
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

FLAGS = 0x01 | 0x04  # user present, user verified
ATTESTED = 0x40


class SoftKey:
    def __init__(self, origin: str = "http://localhost:8000", host: str = "localhost", name: bytes = b"soft") -> None:
        self.origin, self.host = origin, host
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = hashlib.sha256(name).digest()

    def create(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to a request for a new passkey."""
        numbers = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        credential = len(self.id).to_bytes(2, "big") + self.id + cbor2.dumps(cose)
        auth_data = self._data(FLAGS | ATTESTED) + bytes(16) + credential
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": auth_data})
        return self._answer(
            {
                "clientDataJSON": bytes_to_base64url(self._client("webauthn.create", options)),
                "attestationObject": bytes_to_base64url(attestation),
            }
        )

    def get(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to a request to sign in."""
        client, auth_data = self._client("webauthn.get", options), self._data(FLAGS)
        signature = self.key.sign(auth_data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {
                "clientDataJSON": bytes_to_base64url(client),
                "authenticatorData": bytes_to_base64url(auth_data),
                "signature": bytes_to_base64url(signature),
                "userHandle": None,
            }
        )

    def _answer(self, response: dict[str, Any]) -> dict[str, Any]:
        name = bytes_to_base64url(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        client_data = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(client_data).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + (0).to_bytes(4, "big")
