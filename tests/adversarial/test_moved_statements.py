"""A12: statements moved to where nobody reads them. RDF reads the same, so the signature alone would hold."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from passport.documents import DocumentCache
from passport.json import JsonObject, dump, parse_object
from passport.verification import Context, verify_credential
from tests.simulators.exchange import CREDENTIAL_ID, NOW, Signatory

WORKER = Signatory.key(2)
EVIDENCE = {"id": "urn:uuid:e1", "type": ["Evidence"], "name": "Werkbon", "genre": "self-report"}
BOUND = {"id": "urn:uuid:e1", "digestMultibase": "uEiDx"}


def signed() -> JsonObject:
    """Issuer and subject are one, and the file stands there as evidence and with its digest."""
    return WORKER.issue(
        WORKER,
        suite="eddsa-rdfc-2022",
        role="lasser",
        evidence=[EVIDENCE],
        related_resources=[BOUND],
        valid_until=NOW - timedelta(days=1),
        source={"id": CREDENTIAL_ID, "type": ["Profile"], "name": "x"},
    )


def role_to_issuer(document: JsonObject) -> None:
    document["issuer"] |= {"type": ["Profile", "AchievementSubject"], "role": "lasser"}
    del document["credentialSubject"]["role"]


def end_to_source(document: JsonObject) -> None:
    """`source` bears the identifier of the credential itself."""
    document["credentialSubject"]["source"] |= {
        "type": ["Profile", "VerifiableCredential", "OpenBadgeCredential"],
        "validUntil": document.pop("validUntil"),
    }


def everything_to_source(document: JsonObject) -> None:
    copy = {name: value for name, value in document.items() if name not in {"@context", "proof"}}
    end_to_source(document)
    document["credentialSubject"]["source"] |= parse_object(dump(copy)) | {
        "type": ["Profile", "VerifiableCredential", "OpenBadgeCredential"]
    }


def genre_to_resource(document: JsonObject) -> None:
    document["relatedResource"][0] |= {"type": ["Evidence"], "name": "Werkbon", "genre": "self-report"}
    del document["evidence"][0]["genre"]


def digest_to_evidence(document: JsonObject) -> None:
    document["evidence"][0]["digestMultibase"] = document["relatedResource"][0].pop("digestMultibase")


def type_to_resource(document: JsonObject) -> None:
    document["relatedResource"][0] |= document["evidence"][0]
    document["evidence"] = [{"id": EVIDENCE["id"]}]


def second_evidence(document: JsonObject) -> None:
    document["evidence"].append({**EVIDENCE})
    del document["evidence"][0]["genre"]


def end_by_address(document: JsonObject) -> None:
    document["https://www.w3.org/2018/credentials#validUntil"] = document.pop("validUntil")


def end_by_reverse(document: JsonObject) -> None:
    document["@included"] = [{"id": CREDENTIAL_ID, "validUntil": document.pop("validUntil")}]


def end_in_graph(document: JsonObject) -> None:
    document["verifiableCredential"] = [{"id": CREDENTIAL_ID, "validUntil": document.pop("validUntil")}]


def end_of_version_1(document: JsonObject) -> None:
    document["expirationDate"] = document.pop("validUntil")


def end_as_typed_value(document: JsonObject) -> None:
    document["validUntil"] = {
        "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
        "@value": document["validUntil"],
    }


MOVES = [
    role_to_issuer,
    end_to_source,
    everything_to_source,
    genre_to_resource,
    digest_to_evidence,
    type_to_resource,
    second_evidence,
    end_by_address,
    end_by_reverse,
    end_in_graph,
    end_of_version_1,
    end_as_typed_value,
]


def test_before_the_move_it_is_genuine() -> None:
    assert verify_credential(signed(), Context(DocumentCache(), NOW)).credential is not None


@pytest.mark.parametrize("move", MOVES)
def test_a12_moved_statements_are_refused(move: Callable[[JsonObject], Any]) -> None:
    document = parse_object(dump(signed()))
    move(document)
    assert verify_credential(document, Context(DocumentCache(), NOW)).credential is None
