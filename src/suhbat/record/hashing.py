"""Hashes of entries and of the whole record: RFC 8785 canonical JSON, RFC 6962 Merkle tree, SHA-256."""

import hashlib
from typing import Any

import rfc8785

from suhbat.record.entries import Entry

SIZE = 32


def canonical(content: dict[str, Any]) -> bytes:
    """Canonical JSON (RFC 8785): the same content is the same bytes everywhere."""
    return rfc8785.dumps(content)


def commitment(salt: bytes, content: bytes) -> str:
    """The commitment to a closed entry: it proves the content without showing it."""
    return hashlib.sha256(salt + content).hexdigest()


def leaf_content(entry: Entry, salt: bytes) -> bytes:
    """The bytes that are hashed as the leaf: the whole entry if it is public, else only its number and commitment."""
    whole = canonical(entry.content())
    return whole if entry.audience == "public" else closed_leaf(entry.number, salt, whole)


def closed_leaf(number: int, salt: bytes, whole: bytes) -> bytes:
    """The content of the leaf of a closed entry, as canonical JSON."""
    return b'{"commitment":"%s","number":%d}' % (commitment(salt, whole).encode(), number)


def leaf_hash(content: bytes) -> bytes:
    """RFC 6962, 2.1: a leaf is hashed under a zero byte."""
    return hashlib.sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962, 2.1: an inner node is hashed under a one byte."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Frontier:
    """The right edge of the Merkle tree: all that is needed to add a leaf and to compute the root.

    One hash per set bit of the size, the largest subtree first.
    """

    def __init__(self, size: int = 0, packed: bytes = b"") -> None:
        self.size = size
        self.nodes = [packed[i : i + SIZE] for i in range(0, len(packed), SIZE)]

    def add(self, leaf: bytes) -> None:
        """Append a leaf. Subtrees of equal size are joined, like the carry of a binary counter."""
        node, size = leaf, self.size
        while size & 1:
            node, size = node_hash(self.nodes.pop(), node), size >> 1
        self.nodes.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far."""
        if not self.nodes:
            return hashlib.sha256(b"").digest()
        root = self.nodes[-1]
        for node in reversed(self.nodes[:-1]):
            root = node_hash(node, root)
        return root

    def packed(self) -> bytes:
        """The hashes of the frontier as one byte string."""
        return b"".join(self.nodes)
