"""Checkpoints: the size and root of the record, signed by the installation, as a C2SP signed note.

With a saved checkpoint anyone can prove later that the record up to there was rewritten, even if every hash was
computed again. Format: https://c2sp.org/signed-note and https://c2sp.org/tlog-checkpoint; Ed25519, signature type 1.
"""

import hashlib
from base64 import b64decode, b64encode
from binascii import Error
from dataclasses import dataclass
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from suhbat.ground.settings import Settings

ED25519 = b"\x01"
DASH = "— "
_ID = 4
"""Bytes of a key's id."""


class BadCheckpoint(ValueError):  # noqa: N818  (the name says what it is)
    """The note is not a checkpoint of this record, or is not signed with this key."""


@dataclass(frozen=True)
class Checkpoint:
    """The content of a checkpoint: the record's name, the number of entries, and their root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def origin_of(settings: Settings) -> str:
    """The record's name: from the installation's address without a scheme."""
    return f"{urlsplit(settings.origin).netloc}/record"


def signing_key(settings: Settings) -> Ed25519PrivateKey:
    """The installation's private key for checkpoints."""
    return Ed25519PrivateKey.from_private_bytes(settings.key("checkpoint"))


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of the public key."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def key_id(name: str, public: bytes) -> bytes:
    """The id of a key in a signature line."""
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public).digest()[:_ID]


def verifier_key(settings: Settings) -> str:
    """The public key as one text line for verifiers: name, id and key."""
    name, public = origin_of(settings), public_bytes(signing_key(settings))
    return f"{name}+{key_id(name, public).hex()}+{b64encode(ED25519 + public).decode()}"


def sign(settings: Settings, size: int, root: bytes) -> str:
    """A checkpoint of the record with this size, as a signed note."""
    key, name = signing_key(settings), origin_of(settings)
    text = Checkpoint(name, size, root).text()
    signature = key_id(name, public_bytes(key)) + key.sign(text.encode())
    return f"{text}\n{DASH}{name} {b64encode(signature).decode()}\n"


def read(note: str, verifier: str) -> Checkpoint:
    """Check a signed note with a verifier key and return its checkpoint. Raises `BadCheckpoint`."""
    text, empty, signatures = note.partition("\n\n")
    if not empty:
        raise BadCheckpoint("this is no signed note")
    text += "\n"
    try:
        name, _, encoded = verifier.split("+", 2)
        public = b64decode(encoded, validate=True)[1:]
        _check(text, signatures, name, public)
        origin, size, root = text.splitlines()[:3]
        checkpoint = Checkpoint(origin, int(size), b64decode(root, validate=True))
    except (ValueError, Error) as fault:
        raise BadCheckpoint(str(fault)) from fault
    if checkpoint.text() != text:
        raise BadCheckpoint("this is no checkpoint")
    return checkpoint


def _check(text: str, signatures: str, name: str, public: bytes) -> None:
    expected = key_id(name, public)
    for line in signatures.splitlines():
        signer, _, encoded = line.rpartition(" ")
        signature = b64decode(encoded, validate=True) if signer == DASH + name else b""
        if signature[:_ID] != expected:
            continue
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature[_ID:], text.encode())
        except InvalidSignature:
            break
        return
    raise BadCheckpoint("it bears no signature of this key")
