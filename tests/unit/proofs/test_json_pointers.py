"""Which part of a document JSON pointers select (RFC 6901; ECDSA Cryptosuites 1.0, sections 3.4.11 to 3.4.14)."""

import pytest

from passport import limits
from passport.errors.proofs import MalformedPointer, PointerToNothing, TooManyPointers
from passport.proofs.ecdsa_sd.pointers import parse_pointer, select

DOCUMENT = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    "id": "urn:uuid:1",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "Welding",
    "a/b": 1,
    "m~n": 2,
    "~1": 3,
    "7": "seven",
    "list": [{"id": "urn:a", "x": 1, "y": 2}, {"x": 3, "y": 4}, ["p", "q"]],
    "inner": {
        "@context": "urn:context",
        "type": "Inner",
        "id": "urn:inner",
        "x": {"y": {"z": 1}, "w": 2},
        "v": None,
    },
}
ROOT = {name: DOCUMENT[name] for name in ("@context", "id", "type")}
INNER = {"@context": "urn:context", "type": "Inner", "id": "urn:inner"}


@pytest.mark.parametrize(
    ("pointers", "selected"),
    [
        (["/name"], {"name": "Welding"}),
        (["/id"], {}),
        (["/type"], {}),
        (["/type/1"], {}),
        (["/a~1b", "/m~0n", "/~01"], {"a/b": 1, "m~n": 2, "~1": 3}),
        (["/7"], {"7": "seven"}),
        (["/list"], {"list": DOCUMENT["list"]}),
        (["/list/0"], {"list": [DOCUMENT["list"][0]]}),
        (["/list/1/x"], {"list": [{"x": 3}]}),
        (["/list/0/x"], {"list": [{"id": "urn:a", "x": 1}]}),
        (["/list/1/y", "/list/0/y"], {"list": [{"id": "urn:a", "y": 2}, {"y": 4}]}),
        (["/list/2/1", "/list/2/0"], {"list": [["p", "q"]]}),
        (["/inner/x/y"], {"inner": {**INNER, "x": {"y": {"z": 1}}}}),
        (["/inner/x/y/z", "/inner/x"], {"inner": {**INNER, "x": DOCUMENT["inner"]["x"]}}),
        (["/inner/x", "/inner/x/y/z"], {"inner": {**INNER, "x": DOCUMENT["inner"]["x"]}}),
        (["/inner", "/inner"], {"inner": DOCUMENT["inner"]}),
        (["/inner/v"], {"inner": {**INNER, "v": None}}),
        (["/inner/id"], {"inner": INNER}),
    ],
)
def test_what_is_selected(pointers, selected):
    assert select(DOCUMENT, pointers) == {**ROOT, **selected}


def test_the_order_of_members_and_items_is_the_documents():
    assert list(select(DOCUMENT, ["/name", "/a~1b"])) == ["@context", "id", "type", "name", "a/b"]
    long = {"list": list(range(12))}
    assert select(long, [f"/list/{index}" for index in (11, 2, 10)]) == {"list": [2, 10, 11]}


@pytest.mark.parametrize(
    "pointer",
    [
        "",
        "name",
        "#/name",
        " /name",
        "/na~me",
        "/name~",
        "/~2",
        "/@context",
        "/@context/0",
        "/inner/@context",
    ],
)
def test_no_pointer_to_a_part(pointer):
    with pytest.raises(MalformedPointer):
        select(DOCUMENT, [pointer])


@pytest.mark.parametrize(
    "pointer",
    [
        "/",
        "/gone",
        "/Name",
        "/name/",
        "/name/0",
        "/proof",
        "/proof/0/proofValue",
        "/list/3",
        "/list/-1",
        "/list/-",
        "/list/01",
        "/list/+1",
        "/list/1.0",
        "/list/٣",
        "/list/1_0",
        "/list/ 1",
        "/list/99999999999999999999",
        "/list/x",
        "/list/length",
        "/inner/x/gone",
        "/inner/__class__",
        "/%6eame",
        "/a/b",
        "/a~01b",
    ],
)
def test_a_pointer_to_nothing(pointer):
    with pytest.raises(PointerToNothing):
        select(DOCUMENT, [pointer])


def test_limits():
    most = limits.SELECTIVE.pointers
    assert select(DOCUMENT, ["/name"] * most)
    with pytest.raises(TooManyPointers):
        select(DOCUMENT, ["/name"] * (most + 1))
    longest = limits.SELECTIVE.pointer
    assert len(parse_pointer("/" + "a" * (longest - 1))) == 1
    with pytest.raises(MalformedPointer):
        parse_pointer("/" + "a" * longest)
