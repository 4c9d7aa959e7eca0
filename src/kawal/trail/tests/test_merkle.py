"""The tree agrees with the published vectors and with a naive second implementation."""

import hashlib
from binascii import unhexlify

import pytest

from kawal.trail import merkle

# The eight inputs and roots that Certificate Transparency's implementations are tested with.
LEAVES = [
    unhexlify(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def naive_root(leaves):
    """Return the root straight from the RFC's definition, on its own hashing."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def naive_path(m, leaves):
    """Return PATH(m, D_n) of RFC 9162, 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def naive_proof(m, leaves, whole=True):
    """Return SUBPROOF(m, D_n, b) of RFC 9162, 2.1.4.1."""
    if m == len(leaves):
        return [] if whole else [naive_root(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*naive_proof(m, leaves[:k], whole), naive_root(leaves[k:])]
    return [*naive_proof(m - k, leaves[k:], False), naive_root(leaves[:k])]


def nodes_of(leaves):
    def read(level, index):
        chosen = leaves[index << level : (index + 1) << level]
        assert len(chosen) == 1 << level
        return naive_root(chosen)

    return read


def test_an_empty_tree_has_the_hash_of_nothing():
    assert merkle.Frontier().root().hex() == (
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_certificate_transparency(size):
    frontier = merkle.Frontier()
    for leaf in LEAVES[:size]:
        frontier.add(merkle.leaf_hash(leaf))
    assert frontier.root().hex() == ROOTS[size - 1] == naive_root(LEAVES[:size]).hex()
    assert merkle.Frontier.of(size, nodes_of(LEAVES)) == frontier


@pytest.mark.parametrize(
    ("position", "size", "path"),
    [
        (0, 1, []),
        (
            0,
            8,
            [
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            [
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    ],
)
def test_inclusion_paths_are_the_published_ones(position, size, path):
    made = merkle.inclusion_path(position, size, nodes_of(LEAVES))
    assert [step.hex() for step in made] == path


MANY = [bytes([number, number * 7 % 251]) for number in range(70)]


@pytest.mark.parametrize("size", range(1, 71))
def test_every_proof_equals_the_naive_one_and_holds(size):
    leaves, nodes = MANY[:size], nodes_of(MANY)
    root = naive_root(leaves)
    for position in range(size):
        path = merkle.inclusion_path(position, size, nodes)
        assert path == naive_path(position, leaves)
        leaf = merkle.leaf_hash(leaves[position])
        assert merkle.root_from_inclusion(leaf, position, size, path) == root
    for old in range(1, size + 1):
        proof = merkle.consistency_path(old, size, nodes)
        assert proof == naive_proof(old, leaves)
        merkle.check_consistency(old, naive_root(leaves[:old]), size, root, proof)


@pytest.mark.parametrize("size", [2, 3, 7, 8, 33, 64, 70])
def test_a_false_proof_does_not_hold(size):
    nodes, root = nodes_of(MANY), naive_root(MANY[:size])
    for position in range(size):
        path = merkle.inclusion_path(position, size, nodes)
        leaf = merkle.leaf_hash(MANY[position])
        other = merkle.leaf_hash(b"another")
        assert merkle.root_from_inclusion(other, position, size, path) != root
        for wrong in (path[:-1], [*path, other]):
            with pytest.raises(merkle.BadProof):
                merkle.root_from_inclusion(leaf, position, size, wrong)
        for step in range(len(path)):
            bent = [*path[:step], other, *path[step + 1 :]]
            assert merkle.root_from_inclusion(leaf, position, size, bent) != root


def test_a_rewritten_history_is_not_consistent():
    nodes = nodes_of(MANY)
    for old in range(1, 70):
        proof = merkle.consistency_path(old, 70, nodes)
        forked = naive_root([b"fork", *MANY[1:old]])
        with pytest.raises(merkle.BadProof):
            merkle.check_consistency(old, forked, 70, naive_root(MANY), proof)
        with pytest.raises(merkle.BadProof):
            merkle.check_consistency(old, naive_root(MANY[:old]), 70, forked, proof)
        with pytest.raises(merkle.BadProof):
            merkle.check_consistency(
                old, naive_root(MANY[:old]), 70, naive_root(MANY), [*proof, b"x" * 32]
            )


@pytest.mark.parametrize(("position", "size"), [(0, 0), (-1, 3), (3, 3)])
def test_no_proof_is_made_for_a_leaf_that_is_not_there(position, size):
    with pytest.raises(ValueError, match="no leaf"):
        merkle.inclusion_path(position, size, nodes_of(MANY))


@pytest.mark.parametrize(("old", "size"), [(0, 3), (4, 3)])
def test_no_consistency_is_claimed_with_a_tree_that_never_was(old, size):
    with pytest.raises(ValueError, match="no tree"):
        merkle.consistency_path(old, size, nodes_of(MANY))
    with pytest.raises(merkle.BadProof):
        merkle.check_consistency(old, b"", size, b"", [])
