"""The tree is that of RFC 6962: tested with its reference roots and a second implementation of the definition."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suhbat.record.hashing import Frontier, canonical, closed_leaf, commitment, leaf_hash, node_hash

LEAVES = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""The roots over the first n leaves, as every implementation of the RFC tests them."""


def test_the_reference_roots():
    tree = Frontier()
    assert tree.root().hex() == ROOTS[0]
    for leaf, root in zip(LEAVES, ROOTS[1:], strict=True):
        tree.add(leaf_hash(bytes.fromhex(leaf)))
        assert tree.root().hex() == root


def by_the_definition(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1: split at the largest power of two smaller than n."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaf_hash(leaves[0])
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(by_the_definition(leaves[:split]), by_the_definition(leaves[split:]))


@given(st.lists(st.binary(max_size=8), max_size=90))
def test_a_tree_that_grows_leaf_by_leaf_is_the_tree_of_the_definition(leaves):
    tree = Frontier()
    for leaf in leaves:
        tree.add(leaf_hash(leaf))
        tree = Frontier(tree.size, tree.packed())  # as it is stored between acts
    assert tree.root() == by_the_definition(leaves)


@pytest.mark.parametrize("number", [1, 10, 2**53 - 1])
def test_the_leaf_of_a_closed_entry_is_canonical_json_without_its_content(number):
    salt, whole = b"s" * 32, b'{"body":"secret"}'
    leaf = closed_leaf(number, salt, whole)
    assert leaf == canonical({"commitment": commitment(salt, whole), "number": number})
    assert b"secret" not in leaf
    assert leaf != closed_leaf(number, b"t" * 32, whole)
