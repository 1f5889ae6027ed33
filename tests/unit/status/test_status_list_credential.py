"""A status list as a credential: what is built is read again."""

from datetime import timedelta

from passport.status import build_status_list, decode, empty, encode, parse_status_list
from tests.simulators.exchange import LIST_URL, NOW


def test_what_is_built_is_read() -> None:
    built = build_status_list(
        url=LIST_URL,
        issuer="did:web:school.example",
        purpose="suspension",
        encoded_list=encode(bytes(empty())),
        valid_from=NOW,
        valid_until=NOW + timedelta(days=1),
        ttl=timedelta(minutes=5),
    )
    assert built["credentialSubject"]["ttl"] == 300_000
    found = parse_status_list(built)
    assert (found.id, found.issuer.id, found.purposes) == (
        LIST_URL,
        "did:web:school.example",
        ("suspension",),
    )
    assert found.ttl == timedelta(minutes=5)
    assert (found.valid_from, found.valid_until) == (NOW, NOW + timedelta(days=1))
    assert decode(found.encoded_list) == bytes(empty())
